package org.pipeorgan.engine.simulation;

/**
 * What a simulation assumes beyond the accelerator and the interconnect.
 *
 * @param packetBytes  largest packet on the network, bytes; longer messages travel as several
 * @param queuePackets largest packets that the queue of a virtual channel has room for, at the sending end of its link
 * @param burstCycles  cycles that one burst keeps a port of the buffer or the memory before the next requester has its turn
 */
public record SimulationOptions(int packetBytes, int queuePackets, int burstCycles) {
	/** Packets of 64 B, queues of 8 packets, bursts of one cycle. */
	public static final SimulationOptions DEFAULT = new SimulationOptions(64, 8, 1);

	/** @throws IllegalArgumentException if one is below 1 */
	public SimulationOptions {
		if (packetBytes < 1 || queuePackets < 1 || burstCycles < 1) {
			throw new IllegalArgumentException("packets of " + packetBytes + " B, queues of " + queuePackets + " packets, bursts of " + burstCycles
					+ " cycles: each must be at least 1");
		}
	}
}
