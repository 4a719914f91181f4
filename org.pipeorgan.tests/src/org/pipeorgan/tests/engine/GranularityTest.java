package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

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
}
