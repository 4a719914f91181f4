package org.pipeorgan.engine.pipelining;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/**
 * Temporal loop order of an operator, outermost first: a permutation of the seven ranks.
 *
 * @param ranks all ranks, each once
 */
public record LoopOrder(List<Rank> ranks) {

	/** @throws IllegalArgumentException if a rank is missing or stands there twice */
	public LoopOrder {
		ranks = List.copyOf(ranks);
		if (ranks.size() != Rank.values().length || EnumSet.copyOf(ranks).size() != ranks.size()) {
			throw new IllegalArgumentException("a loop order names each of N K C P Q R S once, not " + ranks);
		}
	}

	/** Reads an order such as {@code N P Q K C R S}. */
	public static LoopOrder parse(String text) {
		return new LoopOrder(Arrays.stream(text.trim().split("\\s+")).map(Rank::valueOf).toList());
	}

	@Override
	public String toString() {
		return String.join(" ", ranks.stream().map(Rank::name).toList());
	}
}
