package org.pipeorgan.engine.search;

import java.util.Arrays;
import java.util.List;

import org.pipeorgan.engine.cost.SegmentCost;
import org.pipeorgan.engine.workload.Workload;

/** The tensors that are held in the global buffer at a cut; a value. */
final class Held implements SegmentCost.Residence {
	static final Held NONE = new Held(new int[0]);
	private final int[] tensors;
	private final int hash;

	private Held(int[] sorted) {
		tensors = sorted;
		hash = Arrays.hashCode(sorted);
	}

	@Override
	public boolean holds(int tensor) {
		return Arrays.binarySearch(tensors, tensor) >= 0;
	}

	/** These and others, which must not be among these. */
	Held and(Held others) {
		if (others.tensors.length == 0) {
			return this;
		}
		int[] all = Arrays.copyOf(tensors, tensors.length + others.tensors.length);
		System.arraycopy(others.tensors, 0, all, tensors.length, others.tensors.length);
		Arrays.sort(all);
		return new Held(all);
	}

	/** The given tensors. */
	static Held of(List<Integer> tensors) {
		return tensors.isEmpty() ? NONE : new Held(tensors.stream().mapToInt(Integer::intValue).sorted().toArray());
	}

	/** Space that they take, bytes. */
	long bytes(Workload workload) {
		long bytes = 0;
		for (int tensor : tensors) {
			bytes += workload.tensors().get(tensor).bytes();
		}
		return bytes;
	}

	/** Those of them that are among others. */
	Held among(Held others) {
		int[] shared = Arrays.stream(tensors).filter(others::holds).toArray();
		return shared.length == tensors.length ? this : new Held(shared);
	}

	/** Those of them that operator {@code end} or a later one reads. */
	Held readFrom(Workload workload, int end) {
		int[] read = new int[tensors.length];
		int count = 0;
		for (int tensor : tensors) {
			if (workload.tensors().get(tensor).lastConsumer() >= end) {
				read[count++] = tensor;
			}
		}
		return count == tensors.length ? this : new Held(Arrays.copyOf(read, count));
	}

	/** The tensors, ascending. */
	List<Integer> tensors() {
		return Arrays.stream(tensors).boxed().toList();
	}

	int size() {
		return tensors.length;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Held held && Arrays.equals(tensors, held.tensors);
	}

	@Override
	public int hashCode() {
		return hash;
	}
}
