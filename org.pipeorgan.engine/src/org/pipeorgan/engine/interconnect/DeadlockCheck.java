package org.pipeorgan.engine.interconnect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for a cycle in the channel dependency graph of a network's routes. A channel is a directed link, or one of its
 * virtual channels; it depends on the next channel of any route. Without a cycle no set of packets can wait for each
 * other (Dally and Seitz, 1987).
 *
 * <p>Dimension-order routes turn from X to Y only, so that a cycle could only lie within one dimension: a mesh with or without
 * long links is free of them, since links of one direction are monotone; a ring needs two virtual channels with a
 * dateline.
 *
 * @param virtualChannels virtual channels that the routes use on a link
 * @param cycle           links of a cycle, in words; empty if there is none
 */
public record DeadlockCheck(int virtualChannels, List<String> cycle) {

	/** Checks a network, with the virtual channels that its topology needs. */
	public static DeadlockCheck of(Network network) {
		return of(network, true);
	}

	/** Checks a network with or without virtual channels. */
	public static DeadlockCheck of(Network network, boolean virtualChannels) {
		int channels = 1;
		for (Line line : List.of(network.alongRow(), network.alongColumn())) {
			List<Set<Integer>> next = new ArrayList<>();
			for (int i = 0; i < 2 * line.links(); i++) {
				next.add(new HashSet<>());
			}
			for (int source = 0; source < line.size(); source++) {
				for (int goal = 0; goal < line.size(); goal++) {
					int after = -1;
					for (int at = goal; at != source;) {
						int link = line.lastLink(source, at);
						int virtual = virtualChannels ? line.virtualChannel(source, link) : 0;
						channels = Math.max(channels, virtual + 1);
						int channel = 2 * link + virtual;
						if (after >= 0) {
							next.get(channel).add(after);
						}
						after = channel;
						at = line.from(link);
					}
				}
			}
			List<Integer> cycle = cycle(next);
			if (!cycle.isEmpty()) {
				return new DeadlockCheck(channels, cycle.stream().map(c -> line.from(c / 2) + "->" + line.to(c / 2)).toList());
			}
		}
		return new DeadlockCheck(channels, List.of());
	}

	/** Whether no cycle was found. */
	public boolean isFree() {
		return cycle.isEmpty();
	}

	private static List<Integer> cycle(List<Set<Integer>> next) {
		int[] state = new int[next.size()];
		for (int start = 0; start < state.length; start++) {
			if (state[start] != 0) {
				continue;
			}
			Deque<Integer> path = new ArrayDeque<>();
			Deque<java.util.Iterator<Integer>> pending = new ArrayDeque<>();
			path.addLast(start);
			pending.addLast(next.get(start).iterator());
			state[start] = 1;
			while (!path.isEmpty()) {
				if (!pending.peekLast().hasNext()) {
					state[path.removeLast()] = 2;
					pending.removeLast();
					continue;
				}
				int follower = pending.peekLast().next();
				if (state[follower] == 1) {
					List<Integer> found = new ArrayList<>(path);
					return found.subList(found.indexOf(follower), found.size());
				}
				if (state[follower] == 0) {
					state[follower] = 1;
					path.addLast(follower);
					pending.addLast(next.get(follower).iterator());
				}
			}
		}
		return List.of();
	}
}
