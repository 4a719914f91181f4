package org.pipeorgan.engine.hardware;

import java.util.Optional;

/**
 * The buffer that all PEs share, in banks of equal size and bandwidth. What takes some space in it lies in as few banks
 * as hold it, and is read and written at no more than these banks' bandwidth; tensors may share a bank.
 *
 * @param bytes          size, bytes
 * @param bandwidth      all banks together, bytes a cycle: reads and writes together, or reads where writes have a bandwidth of their own
 * @param writeBandwidth writes of all banks together, bytes a cycle, where the banks have ports of their own for them
 * @param banks          number of banks; 1 limits nothing but the whole
 */
public record GlobalBuffer(long bytes, Rational bandwidth, Optional<Rational> writeBandwidth, int banks) {
	private static final long MAX_BYTES = 1L << 50;
	/** Most banks of a buffer. */
	public static final int MAX_BANKS = 4096;

	/** @throws HardwareException if a parameter is zero, negative or too large, or the banks are not of whole bytes */
	public GlobalBuffer {
		if (bytes < 1 || bytes > MAX_BYTES) {
			throw new HardwareException("buffer", "buffer is " + bytes + " B; it must be at " + (bytes < 1 ? "least 1 B" : "most " + MAX_BYTES + " B"));
		}
		if (!bandwidth.isPositive()) {
			throw new HardwareException("buffer.bandwidth", "buffer.bandwidth is " + bandwidth + " B/cycle; it must be above zero");
		}
		if (writeBandwidth.isPresent() && !writeBandwidth.get().isPositive()) {
			throw new HardwareException("buffer.writes", "buffer.writes is " + writeBandwidth.get() + " B/cycle; it must be above zero");
		}
		if (banks < 1 || banks > MAX_BANKS) {
			throw new HardwareException("buffer.banks", "the buffer has " + banks + " banks; it must have 1 to " + MAX_BANKS);
		}
		if (bytes % banks != 0) {
			throw new HardwareException("buffer.banks", "a buffer of " + bytes + " B has no " + banks + " banks of whole bytes; take a size that "
					+ banks + " divides, such as " + Math.max(1, bytes / banks) * banks + " B");
		}
	}

	/** A buffer of one bank, whose reads and writes share the bandwidth. */
	public static GlobalBuffer of(long bytes, Rational bandwidth) {
		return new GlobalBuffer(bytes, bandwidth, Optional.empty(), 1);
	}

	/** How many banks what takes so many bytes lies in. */
	public int banksOf(long space) {
		return (int) Math.min(banks, Math.ceilDiv(Math.multiplyExact(space, (long) banks), bytes));
	}

	/**
	 * Cycles that so many bytes read and written take over the banks of what they belong to, rounded up; 0 where the whole
	 * bandwidth is the only limit: of one bank, or of what only streams through.
	 *
	 * @param space bytes of the buffer that it takes
	 */
	public long bankCycles(long reads, long writes, long space) {
		int own = banks == 1 ? 0 : banksOf(space);
		if (own == 0 || own == banks) {
			return 0;
		}
		return writeBandwidth.isEmpty() ? cycles(Math.addExact(reads, writes), bandwidth, own)
				: Math.max(cycles(reads, bandwidth, own), cycles(writes, writeBandwidth.get(), own));
	}

	private long cycles(long moved, Rational whole, int own) {
		return Math.ceilDiv(Math.multiplyExact(Math.multiplyExact(moved, (long) banks), whole.denominator()), Math.multiplyExact(own, whole.numerator()));
	}
}
