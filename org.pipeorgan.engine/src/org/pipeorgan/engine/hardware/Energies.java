package org.pipeorgan.engine.hardware;

/**
 * Energy of one event, in picojoules. The defaults are round figures of the order published for 8-bit arithmetic and
 * on-chip SRAM in a 28 nm process; they are a reconstruction, not a measurement, and an architect should set their own.
 *
 * @param mac       one multiply-accumulate, pJ
 * @param registers one byte read from or written to a register file, pJ/B
 * @param link      one byte over one hop of the network, pJ/B
 * @param buffer    one byte read from or written to the global buffer, pJ/B
 * @param memory    one byte read from or written to memory, pJ/B
 */
public record Energies(double mac, double registers, double link, double buffer, double memory) {
	/** The documented defaults. */
	public static final Energies DEFAULT = new Energies(0.2, 0.05, 0.06, 1.0, 20.0);

	/** @throws HardwareException if one is negative or not finite */
	public Energies {
		double[] all = { mac, registers, link, buffer, memory };
		String[] names = { "mac", "registers", "link", "buffer", "memory" };
		for (int i = 0; i < all.length; i++) {
			if (!(all[i] >= 0) || Double.isInfinite(all[i])) {
				throw new HardwareException("energy." + names[i], "the energy of " + names[i] + " is " + all[i] + " pJ; it must be 0 or more");
			}
		}
	}
}
