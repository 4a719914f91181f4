package org.pipeorgan.engine.simulation;

import org.pipeorgan.engine.pipelining.Dependence;

/** What the PEs of a consumer have received over one forwarded hand-over, by the interval in which it is needed first. */
final class Arrivals {
	private final EdgeTraffic traffic;
	private final Dependence dependence;
	private final int pes;
	/** Chunks of the producer that are counted among what is awaited. */
	private int counted;
	/** For each interval and PE the packets that have not come, and those whose head has not; {@code null} before the first comes or is counted, and when all have come. */
	private final int[][] awaited;
	private final int[][] awaitedHeads;
	/** For each PE the intervals for which it has all; for each interval the PEs that have. */
	private final int[] complete;
	private final int[] completePes;

	/**
	 * @param dependence of the consumer's intervals on the producer's
	 * @param pes        of the consumer
	 */
	Arrivals(EdgeTraffic traffic, Dependence dependence, int pes) {
		this.traffic = traffic;
		this.dependence = dependence;
		this.pes = pes;
		// what no interval needs comes all the same
		awaited = new int[dependence.intervals() + 1][];
		awaitedHeads = new int[dependence.intervals() + 1][];
		complete = new int[pes];
		completePes = new int[dependence.intervals()];
	}

	/** The head of a packet has come that is needed in an interval first. */
	void head(int position, int interval) {
		of(awaitedHeads, interval)[position]--;
	}

	/** The tail of a packet has come. */
	void tail(int position, int interval) {
		of(awaited, interval)[position]--;
	}

	/** Whether the head of the last packet that a PE needs in an interval has reached it, and all that it needs before is there. */
	boolean hasHeads(int position, int interval) {
		return hasAll(position, interval) || hasAll(position, interval - 1) && of(awaitedHeads, interval)[position] == 0;
	}

	/** Whether a PE has all that it needs up to an interval. */
	boolean hasAll(int position, int interval) {
		if (interval >= 0) {
			count(dependence.last(interval));
		}
		while (complete[position] <= interval && of(awaited, complete[position])[position] == 0) {
			int done = complete[position]++;
			if (++completePes[done] == pes) {
				awaited[done] = null;
				awaitedHeads[done] = null;
			}
		}
		return complete[position] > interval;
	}

	private int[] of(int[][] packets, int interval) {
		if (packets[interval] == null) {
			packets[interval] = new int[pes];
		}
		return packets[interval];
	}

	/** Counts what is awaited of the chunks up to one: no interval needs anything of a later one than it waits for. */
	private void count(int chunk) {
		for (; counted <= chunk; counted++) {
			int now = counted;
			traffic.of(now).received().forEach((need, packets) -> {
				int interval = traffic.needed(now, need);
				for (int position = 0; position < pes; position++) {
					if (packets[position] > 0) {
						of(awaited, interval)[position] += packets[position];
						of(awaitedHeads, interval)[position] += packets[position];
					}
				}
			});
		}
	}
}
