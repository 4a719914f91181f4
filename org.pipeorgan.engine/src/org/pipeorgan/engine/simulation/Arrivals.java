package org.pipeorgan.engine.simulation;

import org.pipeorgan.engine.cost.SegmentPlan;

/** What the PEs of a consumer have received over one forwarded hand-over. */
final class Arrivals {
	private final EdgeTraffic traffic;
	private final int intervals;
	private final int ring;
	private final int[] complete;
	private final int[][] received;
	private final int[][] heads;

	/**
	 * @param intervals of the producer
	 * @param pes       of the consumer
	 */
	Arrivals(EdgeTraffic traffic, SegmentPlan.Edge edge, int intervals, int pes) {
		this.traffic = traffic;
		this.intervals = intervals;
		ring = Math.min(intervals, mostUnderWay(edge, intervals));
		complete = new int[pes];
		received = new int[pes][ring];
		heads = new int[pes][ring];
	}

	/** Chunks from the first that a PE may lack to the last that the producer may make meanwhile: those that nobody needs take no room. */
	private static int mostUnderWay(SegmentPlan.Edge edge, int intervals) {
		int most = 1;
		int complete = 0;
		for (int k = 0; k < edge.dependence().intervals(); k++) {
			most = Math.max(most, Math.min(edge.dependence().first(k), intervals) + edge.capacity() - complete);
			complete = edge.dependence().last(k) + 1;
		}
		return Math.max(most, intervals - complete);
	}

	/** The head of a packet has come. */
	void head(int position, int interval) {
		heads[position][interval % ring]++;
	}

	/** The tail of a packet has come. */
	void tail(int position, int interval) {
		received[position][interval % ring]++;
		advance(position);
	}

	/** Whether the head of a chunk's last packet has reached a PE, and all chunks before are there; of a chunk that has nothing for the PE, whether those are. */
	boolean hasHeads(int position, int interval) {
		return hasAll(position, interval) || complete[position] == interval && heads[position][interval % ring] == traffic.of(interval).received()[position];
	}

	/** Whether a PE has all that it needs of the chunks up to an interval of the producer; -1 for none. */
	boolean hasAll(int position, int interval) {
		if (complete[position] == 0) {
			advance(position);
		}
		return complete[position] > interval;
	}

	/** Steps over the chunks that are there, and those of which the PE needs nothing. */
	private void advance(int position) {
		while (complete[position] < intervals) {
			int slot = complete[position] % ring;
			if (received[position][slot] < traffic.of(complete[position]).received()[position]) {
				return;
			}
			received[position][slot] = 0;
			heads[position][slot] = 0;
			complete[position]++;
		}
	}
}
