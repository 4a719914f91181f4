package org.pipeorgan.engine.pipelining;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much of an intermediate tensor a producer hands over at once, read off the loop orders of producer and consumer.
 *
 * <p>Loops of trip count 1 and spatial loops are dropped. Both orders are walked from the outermost loop inwards,
 * N with N, P with H, Q with W and K with C matching by rank and position. The walk stops at the first mismatch, at a
 * contracted rank of the producer, or at a rank of the consumer that the intermediate tensor lacks (its K, R, S). The
 * chunk is the product of the extents of the tensor's ranks that were not matched, times the tile extents of the ranks
 * that were. (A reconstruction from first principles.)
 */
public final class Granularity {
	private Granularity() {
	}

	/**
	 * Elements of one chunk.
	 *
	 * @param producer        temporal order of the producer
	 * @param consumer        temporal order of the consumer
	 * @param tensor          extents of the intermediate tensor along N, K, P, Q
	 * @param tile            extents of the producer's innermost tile along N, K, P, Q: 1 where a rank is walked element by element
	 * @param producerDropped the producer's ranks whose loop is spatial or has trip count 1
	 * @param consumerDropped the consumer's ranks whose loop is spatial or has trip count 1
	 */
	public static long chunkElements(LoopOrder producer, LoopOrder consumer, Map<Rank, Long> tensor, Map<Rank, Long> tile,
			Set<Rank> producerDropped, Set<Rank> consumerDropped) {
		EnumMap<Rank, Long> chunk = new EnumMap<>(tensor);
		for (Rank rank : matched(producer, consumer, producerDropped, consumerDropped)) {
			chunk.put(rank, Math.min(tensor.get(rank), tile.getOrDefault(rank, 1L)));
		}
		long elements = 1;
		for (long extent : chunk.values()) {
			elements = Math.multiplyExact(elements, extent);
		}
		return elements;
	}

	/** The producer's output ranks along which production and consumption run in step. */
	public static Set<Rank> matched(LoopOrder producer, LoopOrder consumer, Set<Rank> producerDropped, Set<Rank> consumerDropped) {
		List<Rank> outer = producer.ranks().stream().filter(r -> !producerDropped.contains(r)).toList();
		List<Rank> inner = consumer.ranks().stream().filter(r -> !consumerDropped.contains(r)).toList();
		Set<Rank> matched = EnumSet.noneOf(Rank.class);
		for (int i = 0; i < Math.min(outer.size(), inner.size()); i++) {
			Rank rank = outer.get(i);
			if (rank.contracted() || inner.get(i) != rank.inConsumer()) {
				break;
			}
			matched.add(rank);
		}
		return matched;
	}
}
