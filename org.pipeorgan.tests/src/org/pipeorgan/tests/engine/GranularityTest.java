package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipeorgan.engine.pipelining.Granularity;
import org.pipeorgan.engine.pipelining.LoopOrder;
import org.pipeorgan.engine.pipelining.Rank;

/** What a producer hands over at once, for pairs of loop orders whose chunk can be counted on paper. */
class GranularityTest {
	private static final Map<Rank, Long> TENSOR = Map.of(Rank.N, 1L, Rank.K, 16L, Rank.P, 10L, Rank.Q, 12L);
	private static final Set<Rank> BATCH_OF_ONE = EnumSet.of(Rank.N);

	@ParameterizedTest
	@CsvSource({
			"N P Q K C R S, N P Q C K R S, 1", // an element
			"N P Q K C R S, N P Q K C R S, 16", // the channels of a pixel
			"N P K Q C R S, N P Q K C R S, 192", // a row
			"N C K P Q R S, N P Q C K R S, 1920", // the producer sums outside: the whole tensor
			"N P Q C K R S, N P Q C K R S, 16", // it sums inside a pixel
			"N K P Q C R S, N C P Q K R S, 1", // channel by channel
			"N K P Q C R S, N P Q K C R S, 1920", // channel-wise producer, pixel-wise consumer
			"N P Q K C R S, N R P Q K C S, 1920" })
	void chunkFollowsFromTheOrders(String producer, String consumer, long elements) {
		assertEquals(elements, Granularity.chunkElements(LoopOrder.parse(producer), LoopOrder.parse(consumer), TENSOR, Map.of(), BATCH_OF_ONE,
				BATCH_OF_ONE));
	}

	@Test
	void matchedRanksCountWithTheirTile() {
		assertEquals(16 * 3 * 12, Granularity.chunkElements(LoopOrder.parse("N P K Q C R S"), LoopOrder.parse("N P K Q C R S"), TENSOR,
				Map.of(Rank.P, 3L), BATCH_OF_ONE, BATCH_OF_ONE));
	}

	@Test
	void spatialLoopsAreDropped() {
		Set<Rank> dropped = EnumSet.of(Rank.N, Rank.K, Rank.C);
		assertEquals(16, Granularity.chunkElements(LoopOrder.parse("K N P Q C R S"), LoopOrder.parse("C N P Q K R S"), TENSOR, Map.of(), dropped,
				dropped));
	}

	/**
	 * Runs both loop nests and watches when each element is first and last worked on, and first and last needed: chunks are made
	 * one after the other and needed one after the other in the same order, and no finer chunk has this property.
	 */
	@RepeatedTest(200)
	void chunksAreHandedOverInStep(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		Map<Rank, Long> extents = Map.of(Rank.N, 2L, Rank.P, 3L, Rank.Q, 2L, Rank.K, 3L);
		LoopOrder producer = shuffled(random);
		LoopOrder consumer = shuffled(random);
		// filters of 1 x 1 have no loop
		Set<Rank> dropped = EnumSet.of(Rank.R, Rank.S);
		Set<Rank> matched = Granularity.matched(producer, consumer, dropped, dropped);
		assertTrue(inStep(producer, consumer, matched, extents), producer + " into " + consumer + " in step along " + matched);
		for (Rank rank : extents.keySet()) {
			if (!matched.contains(rank)) {
				Set<Rank> finer = EnumSet.of(rank);
				finer.addAll(matched);
				assertFalse(inStep(producer, consumer, finer, extents), producer + " into " + consumer + " not in step along " + finer);
			}
		}
	}

	private static LoopOrder shuffled(Random random) {
		List<Rank> ranks = new ArrayList<>(List.of(Rank.N, Rank.P, Rank.Q, Rank.K, Rank.C));
		// mostly the customary orders with two ranks exchanged, so that longer matches occur
		for (int i = random.nextInt(3); i > 0; i--) {
			Collections.swap(ranks, random.nextInt(ranks.size()), random.nextInt(ranks.size()));
		}
		ranks.addAll(List.of(Rank.R, Rank.S));
		return new LoopOrder(ranks);
	}

	/** Whether chunks along the given ranks are made one by one and needed one by one, in the same order. */
	private static boolean inStep(LoopOrder producer, LoopOrder consumer, Set<Rank> along, Map<Rank, Long> extents) {
		// the consumer's C walks the tensor's K, its own K has two channels
		Map<Rank, Long> own = new HashMap<>(extents);
		own.put(Rank.K, 2L);
		List<List<Long>> made = oneByOne(producer, extents, 2L, along, Rank.K);
		List<List<Long>> needed = oneByOne(consumer, own, extents.get(Rank.K), along, Rank.C);
		return made != null && made.equals(needed);
	}

	/** The chunks in the order in which a nest touches them, or null if it comes back to one after another. */
	private static List<List<Long>> oneByOne(LoopOrder order, Map<Rank, Long> extents, long contracted, Set<Rank> along, Rank channel) {
		List<List<Long>> chunks = new ArrayList<>();
		boolean[] comesBack = { false };
		run(order, extents, contracted, at -> {
			List<Long> chunk = chunk(at, along, channel);
			if (chunks.isEmpty() || !chunks.get(chunks.size() - 1).equals(chunk)) {
				comesBack[0] |= chunks.contains(chunk);
				chunks.add(chunk);
			}
		});
		return comesBack[0] ? null : chunks;
	}

	private static List<Long> chunk(Map<Rank, Long> at, Set<Rank> along, Rank channel) {
		return Stream.of(Rank.N, Rank.P, Rank.Q, Rank.K).map(r -> along.contains(r) ? at.get(r == Rank.K ? channel : r) : -1L).toList();
	}

	/** Runs a loop nest over N P Q K C and shows each iteration. */
	private static void run(LoopOrder order, Map<Rank, Long> extents, long contracted, Consumer<Map<Rank, Long>> body) {
		List<Rank> ranks = order.ranks().subList(0, 5);
		long total = contracted * extents.values().stream().reduce(1L, (a, b) -> a * b);
		for (long i = 0; i < total; i++) {
			Map<Rank, Long> at = new EnumMap<>(Rank.class);
			long rest = i;
			for (int r = ranks.size() - 1; r >= 0; r--) {
				long extent = ranks.get(r) == Rank.C ? contracted : extents.get(ranks.get(r));
				at.put(ranks.get(r), rest % extent);
				rest /= extent;
			}
			body.accept(at);
		}
	}
}
