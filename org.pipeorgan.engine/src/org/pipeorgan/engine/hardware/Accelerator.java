package org.pipeorgan.engine.hardware;

/**
 * A spatial accelerator: an array of processing elements (PEs) with a register file each, a global buffer, a memory.
 *
 * @param name              as declared
 * @param clockHertz        clock frequency in Hz
 * @param rows              rows of PEs
 * @param columns           columns of PEs
 * @param macsPerCycle      multiply-accumulates of one PE in a cycle (its lanes)
 * @param registerBytes     register file of one PE, bytes
 * @param precisionBits     precision of tensors and weights that state none, bits
 * @param partialSumBytes   size of one partial sum, bytes
 * @param buffer            global buffer
 * @param memoryBandwidth   memory, bytes a cycle, reads and writes together
 * @param energies          energy of each event
 */
public record Accelerator(String name, Rational clockHertz, int rows, int columns, long macsPerCycle,
		long registerBytes, int precisionBits, int partialSumBytes, GlobalBuffer buffer, Rational memoryBandwidth,
		Energies energies) {

	/** Most PEs of one array: 1024 x 1024. */
	public static final long MAX_PES = 1L << 20;

	/** @throws HardwareException if a parameter is zero, negative or too large */
	public Accelerator {
		atLeastOne("array.rows", rows, "");
		atLeastOne("array.columns", columns, "");
		if ((long) rows * columns > MAX_PES) {
			throw new HardwareException("array", "the array has " + rows + " x " + columns + " = " + (long) rows * columns
					+ " PEs; at most " + MAX_PES + " are supported");
		}
		atLeastOne("array.macs", macsPerCycle, "");
		atMost("array.macs", macsPerCycle, 1L << 20, "");
		atLeastOne("array.registers", registerBytes, " B");
		atMost("array.registers", registerBytes, 1L << 40, " B");
		atLeastOne("array.precision", precisionBits, " bit");
		atMost("array.precision", precisionBits, 64, " bit");
		atLeastOne("array.partial_sums", partialSumBytes, " B");
		atMost("array.partial_sums", partialSumBytes, 64, " B");
		positive("clock", clockHertz, " Hz");
		positive("memory.bandwidth", memoryBandwidth, " B/cycle");
	}

	/** With a buffer of one bank, whose reads and writes share its bandwidth. */
	public Accelerator(String name, Rational clockHertz, int rows, int columns, long macsPerCycle, long registerBytes, int precisionBits, int partialSumBytes,
			long bufferBytes, Rational bufferBandwidth, Rational memoryBandwidth, Energies energies) {
		this(name, clockHertz, rows, columns, macsPerCycle, registerBytes, precisionBits, partialSumBytes, GlobalBuffer.of(bufferBytes, bufferBandwidth),
				memoryBandwidth, energies);
	}

	/** Size of the global buffer, bytes. */
	public long bufferBytes() {
		return buffer.bytes();
	}

	/** Number of PEs. */
	public int pes() {
		return rows * columns;
	}

	/** Multiply-accumulates of the whole array in a cycle. */
	public long peakMacsPerCycle() {
		return pes() * macsPerCycle;
	}

	/** Duration of so many cycles, in seconds. */
	public double seconds(long cycles) {
		return cycles / clockHertz.toDouble();
	}

	private static void atLeastOne(String parameter, long value, String unit) {
		if (value < 1) {
			throw new HardwareException(parameter, parameter + " is " + value + unit + "; it must be at least 1" + unit);
		}
	}

	private static void atMost(String parameter, long value, long most, String unit) {
		if (value > most) {
			throw new HardwareException(parameter, parameter + " is " + value + unit + "; it must be at most " + most + unit);
		}
	}

	private static void positive(String parameter, Rational value, String unit) {
		if (!value.isPositive()) {
			throw new HardwareException(parameter, parameter + " is " + value + unit + "; it must be above zero");
		}
	}
}
