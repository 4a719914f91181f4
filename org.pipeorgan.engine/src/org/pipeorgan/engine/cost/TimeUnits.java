package org.pipeorgan.engine.cost;

import java.math.BigInteger;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.HardwareException;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.Interconnect;

/**
 * Units of time so small that a bit on any link and a byte over any port take a whole number of them; sums are exact.
 *
 * @param perCycle      units in a cycle
 * @param perLinkBit    units that a bit takes over a link between routers
 * @param perLocalBit   units that a bit takes over the port of a PE
 * @param perBufferByte units that a byte takes over the buffer's ports, that a byte read takes where writes have ports of their own
 * @param perBufferWriteByte units that a byte written to the buffer takes over ports of their own; 0 where reads and writes share them
 * @param perMemoryByte units that a byte takes over the memory's pins
 */
public record TimeUnits(long perCycle, long perLinkBit, long perLocalBit, long perBufferByte, long perBufferWriteByte, long perMemoryByte) {
	/** More units in a cycle would leave too little room for long times. */
	private static final int MOST_BITS = 40;
	/** Parts in which what an interval makes leaves the PEs. */
	private static final long PARTS = 8;

	/** @throws HardwareException if the bandwidths have no common measure of a reasonable size */
	public static TimeUnits of(Accelerator accelerator, Interconnect interconnect) {
		Rational link = interconnect.linkBandwidth();
		Rational local = interconnect.localBandwidth();
		Rational buffer = accelerator.buffer().bandwidth();
		Rational bufferWrites = accelerator.buffer().writeBandwidth().orElse(buffer);
		Rational memory = accelerator.memoryBandwidth();
		// a bit takes denominator / (8 numerator) cycles on a link of numerator / denominator bytes a cycle
		BigInteger units = lcm(lcm(eightfold(link), eightfold(local)),
				lcm(lcm(BigInteger.valueOf(buffer.numerator()), BigInteger.valueOf(bufferWrites.numerator())), BigInteger.valueOf(memory.numerator())));
		if (units.bitLength() > MOST_BITS) {
			throw new HardwareException("memory.bandwidth", "the bandwidths of accelerator '" + accelerator.name() + "' (buffer " + buffer + ", memory "
					+ memory + " B/cycle) and interconnect '" + interconnect.name() + "' (link " + link + ", local " + local
					+ " B/cycle) have no common measure of a reasonable size; state them, or the clock, with fewer digits");
		}
		long perCycle = units.longValueExact();
		return new TimeUnits(perCycle, perCycle / (8 * link.numerator()) * link.denominator(), perCycle / (8 * local.numerator()) * local.denominator(),
				perCycle / buffer.numerator() * buffer.denominator(),
				accelerator.buffer().writeBandwidth().isEmpty() ? 0 : perCycle / bufferWrites.numerator() * bufferWrites.denominator(), perCycle / memory.numerator() * memory.denominator());
	}

	/** Units that so many bytes take over the buffer's ports. */
	long buffer(long reads, long writes) {
		return perBufferWriteByte == 0 ? Math.multiplyExact(Math.addExact(reads, writes), perBufferByte)
				: Math.max(Math.multiplyExact(reads, perBufferByte), Math.multiplyExact(writes, perBufferWriteByte));
	}

	/** The last part of what an interval makes: bytes, or units of time, of so many. */
	static long lastPartOf(long interval) {
		return Math.ceilDiv(interval, PARTS);
	}

	/** Units that the last part of a chunk takes to the buffer. */
	long lastPart(long chunkBytes) {
		return buffer(0, lastPartOf(chunkBytes));
	}

	/** @throws ArithmeticException if so many intervals of so many units leave the range of exact sums */
	static void check(long interval, long intervals) {
		if (interval > Long.MAX_VALUE / 4 / Math.max(1, intervals)) {
			throw new ArithmeticException("the time of an interval does not fit into 64 bits");
		}
	}

	private static BigInteger eightfold(Rational bandwidth) {
		return BigInteger.valueOf(bandwidth.numerator()).shiftLeft(3);
	}

	private static BigInteger lcm(BigInteger a, BigInteger b) {
		return a.divide(a.gcd(b)).multiply(b);
	}
}
