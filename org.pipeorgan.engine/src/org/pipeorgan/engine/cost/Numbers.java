package org.pipeorgan.engine.cost;

import java.util.Arrays;

/** Lists of whole numbers as one value: what follows from them is looked up by it. The arrays must not change. */
final class Numbers {
	private final long[][] lists;
	private final int hash;

	Numbers(long[]... lists) {
		this.lists = lists;
		int sum = 0;
		for (long[] list : lists) {
			sum = 31 * sum + Arrays.hashCode(list);
		}
		hash = sum;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Numbers numbers && hash == numbers.hash && Arrays.deepEquals(lists, numbers.lists);
	}

	@Override
	public int hashCode() {
		return hash;
	}
}
