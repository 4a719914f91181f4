package org.pipeorgan.engine.simulation;

import java.util.Arrays;

import org.pipeorgan.engine.interconnect.Network;

/**
 * The union of the dimension-order routes from one PE to its destinations: from the source's injection port over routers
 * to the ejection ports. Branches are numbered from 0, the injection port; each but the first follows another.
 *
 * @param channels    channel (link, virtual channel) of each branch
 * @param followers   branches that follow each branch
 */
record RouteTree(int[] channels, int[][] followers) {

	/**
	 * Builds the tree of a source and its destinations.
	 *
	 * @param parentOf scratch space, an entry for each link, all -1; left as it was found
	 */
	static RouteTree of(Network network, int source, int[] destinations, int[] parentOf) {
		Builder builder = new Builder(network, source, parentOf);
		for (int destination : destinations) {
			builder.at = 0;
			network.route(source, destination, builder::follow);
			builder.follow(network.ejection(destination));
		}
		return builder.build();
	}

	/** Grows a tree link by link. */
	private static final class Builder {
		private final Network network;
		private final int source;
		private final int[] branchOf;
		private int[] links = new int[16];
		private int[] parents = new int[16];
		private int size = 1;
		private int at;

		Builder(Network network, int source, int[] branchOf) {
			this.network = network;
			this.source = source;
			this.branchOf = branchOf;
			links[0] = network.injection(source);
		}

		void follow(int link) {
			if (branchOf[link] < 0) {
				if (size == links.length) {
					links = Arrays.copyOf(links, 2 * size);
					parents = Arrays.copyOf(parents, 2 * size);
				}
				links[size] = link;
				parents[size] = at;
				branchOf[link] = size++;
			}
			at = branchOf[link];
		}

		RouteTree build() {
			int[] count = new int[size];
			int[] channels = new int[size];
			for (int b = 0; b < size; b++) {
				channels[b] = 2 * links[b] + network.virtualChannel(source, links[b]);
				if (b > 0) {
					count[parents[b]]++;
					branchOf[links[b]] = -1;
				}
			}
			int[][] followers = new int[size][];
			for (int b = 0; b < size; b++) {
				followers[b] = new int[count[b]];
			}
			for (int b = size - 1; b > 0; b--) {
				followers[parents[b]][--count[parents[b]]] = b;
			}
			return new RouteTree(channels, followers);
		}
	}
}
