package org.pipeorgan.engine.interconnect;

import org.pipeorgan.engine.hardware.HardwareException;
import org.pipeorgan.engine.hardware.Rational;

/**
 * A network-on-chip between the PEs of an array; its size is the array's.
 *
 * @param name             as declared
 * @param topology         how the routers are joined
 * @param express          length of the long links of a mesh: 0 none, {@link #AUTOMATIC} chosen from the array's side,
 *                         else at least 2; with long links a mesh is the augmented mesh (AMP)
 * @param linkBandwidth    one directed link, bytes a cycle
 * @param localBandwidth   the port between a PE and its router, each way, bytes a cycle
 * @param hopCycles        latency of one hop, cycles
 * @param multicast        whether a link carries an element once for all its destinations
 * @param sharedDistribution whether weights and inputs from the global buffer load these links too
 */
public record Interconnect(String name, Topology topology, int express, Rational linkBandwidth, Rational localBandwidth,
		long hopCycles, boolean multicast, boolean sharedDistribution) {

	/** Value of {@link #express} for a length chosen from the array's side. */
	public static final int AUTOMATIC = -1;

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
		if (express != AUTOMATIC && express != 0 && (express < 2 || express > 1024)) {
			throw new HardwareException("express", "long links have length " + express + "; it must be between 2 and 1024");
		}
		if (express != 0 && topology != Topology.MESH) {
			throw new HardwareException("express", "long links belong to a mesh, not to a " + topology.keyword());
		}
	}

	/**
	 * Length of the long links along a side of so many routers: as declared, or for {@link #AUTOMATIC} the power of two
	 * nearest to the square root of the side (4 at 32; ties go to the shorter). 0 if there are none, or the side is too short for one.
	 */
	public int expressLength(int side) {
		int length = express == AUTOMATIC ? automaticLength(side) : express;
		return length < side ? length : 0;
	}

	/** The same, with a copy of each element for every destination. */
	public Interconnect withoutMulticast() {
		return new Interconnect(name, topology, express, linkBandwidth, localBandwidth, hopCycles, false, sharedDistribution);
	}

	private static int automaticLength(int side) {
		double root = Math.sqrt(side);
		int best = 2;
		for (int length = 4; length < side; length *= 2) {
			if (Math.abs(length - root) < Math.abs(best - root)) {
				best = length;
			}
		}
		return best;
	}
}
