package org.pipeorgan.engine.organization;

import java.util.Arrays;

import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;

/**
 * The traffic with which an architect feels out an interconnect: every PE of a stage sends one flit to the PE at the
 * same relative position in the next stage's share, for all pairs of neighbouring stages at once. Stages have equal
 * shares.
 */
public final class CounterpartTraffic {
	private CounterpartTraffic() {
	}

	/**
	 * Loads of all links.
	 *
	 * @param network      network of the array
	 * @param organization how the stages are laid out; must be spatial
	 * @param depth        number of stages, at least 2
	 * @throws IllegalArgumentException if the array cannot be shared equally by so many stages in this organization
	 */
	public static LinkLoads of(Network network, Organization organization, int depth) {
		if (depth < 2) {
			throw new IllegalArgumentException("depth is " + depth + "; traffic between stages needs at least 2");
		}
		if (!organization.forwards()) {
			throw new IllegalArgumentException("in organization " + organization.label() + " nothing goes from PE to PE");
		}
		int all = Placement.units(organization, network.rows(), network.columns());
		if (all / depth < 1) {
			throw new IllegalArgumentException("organization " + organization.label() + " shares out " + all + " units of a "
					+ network.rows() + " x " + network.columns() + " array; that is too few for depth " + depth);
		}
		int[] units = new int[depth];
		Arrays.fill(units, all / depth);
		Placement placement = Placement.of(organization, network.rows(), network.columns(), units);
		if (placement == null) {
			throw new IllegalArgumentException("a " + network.rows() + " x " + network.columns() + " array cannot be laid out in organization "
					+ organization.label() + " with depth " + depth + "; take a smaller depth");
		}
		LinkLoads loads = new LinkLoads(network);
		for (int stage = 0; stage + 1 < depth; stage++) {
			int pairs = Math.min(placement.size(stage), placement.size(stage + 1));
			for (int position = 0; position < pairs; position++) {
				loads.add(placement.pe(stage, position), placement.pe(stage + 1, position), 1);
			}
		}
		return loads;
	}
}
