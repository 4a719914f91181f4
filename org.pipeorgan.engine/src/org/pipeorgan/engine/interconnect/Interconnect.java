package org.pipeorgan.engine.interconnect;

import java.util.List;
import java.util.Optional;

import org.pipeorgan.engine.hardware.HardwareException;
import org.pipeorgan.engine.hardware.Rational;

/**
 * A network-on-chip between the PEs of an array; its size is the array's.
 *
 * @param name             as declared
 * @param topology         how the routers are joined
 * @param express          patterns of long links of a mesh, in both dimensions; with the pattern {@link ExpressLinks#every} a mesh is
 *                         the augmented mesh (AMP); empty for none
 * @param linkBandwidth    one directed link, bytes a cycle
 * @param localBandwidth   the port between a PE and its router, each way, bytes a cycle
 * @param hopCycles        latency of one hop, cycles
 * @param multicast        whether a link carries an element once for all its destinations
 * @param bufferPorts      where the global buffer is attached, if weights, inputs and results travel over these links too; empty if
 *                         they have a network of their own
 */
public record Interconnect(String name, Topology topology, List<ExpressLinks> express, Rational linkBandwidth, Rational localBandwidth,
		long hopCycles, boolean multicast, Optional<BufferPorts> bufferPorts) {

	/** @throws HardwareException if a parameter is out of its range */
	public Interconnect {
		if (!linkBandwidth.isPositive()) {
			throw new HardwareException("link", "the link bandwidth is " + linkBandwidth + " B/cycle; it must be above zero");
		}
		if (!localBandwidth.isPositive()) {
			throw new HardwareException("local", "the local port's bandwidth is " + localBandwidth + " B/cycle; it must be above zero");
		}
		if (hopCycles < 0 || hopCycles > 1_000_000) {
			throw new HardwareException("hop", "the hop latency is " + hopCycles + " cycles; it must be between 0 and 1000000");
		}
		if (!express.isEmpty() && topology != Topology.MESH) {
			throw new HardwareException("express", "long links belong to a mesh, not to a " + topology.keyword());
		}
		express = List.copyOf(express);
	}

	/** With a network of its own for weights, inputs and results. */
	public Interconnect(String name, Topology topology, List<ExpressLinks> express, Rational linkBandwidth, Rational localBandwidth, long hopCycles,
			boolean multicast) {
		this(name, topology, express, linkBandwidth, localBandwidth, hopCycles, multicast, Optional.empty());
	}

	/** The same, with a copy of each element for every destination. */
	public Interconnect withoutMulticast() {
		return new Interconnect(name, topology, express, linkBandwidth, localBandwidth, hopCycles, false, bufferPorts);
	}
}
