package org.pipeorgan.dsl.units;

/** What a quantity measures. Each dimension has one base unit, in which {@link Unit#factor()} is stated. */
public enum Dimension {
	/** Amount of data; base unit bit. */
	SIZE("size", "1 KiB"),
	/** Data in a second; base unit bit/s. */
	BANDWIDTH("bandwidth per second", "64 GB/s"),
	/** Data in a clock cycle; base unit bit/cycle. */
	BANDWIDTH_PER_CYCLE("bandwidth per cycle", "16 B/cycle"),
	/** Events in a second; base unit Hz. */
	FREQUENCY("frequency", "1 GHz"),
	/** Duration; base unit s. */
	TIME("time", "5 ns"),
	/** Duration in clock cycles; base unit cycle. */
	CYCLES("number of cycles", "1 cycle"),
	/** Energy; base unit pJ. */
	ENERGY("energy", "0.2 pJ"),
	/** Energy of moving data; base unit pJ/bit. */
	ENERGY_PER_SIZE("energy per size", "0.8 pJ/B");

	private final String label;
	private final String example;

	Dimension(String label, String example) {
		this.label = label;
		this.example = example;
	}

	/** Name in messages. */
	public String label() {
		return label;
	}

	/** A quantity of this dimension as an architect would write it. */
	public String example() {
		return example;
	}
}
