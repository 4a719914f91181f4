package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.Workload;

/** Which results of a segment may stay in the buffer for later segments, by a policy's restrictions and constraints. */
final class KeptChoices {
	private final boolean residence;
	private final int mostSubsets;
	private final List<Integer> kept;
	private final List<Integer> spilled;
	private boolean exhaustive = true;

	/** @param mostSubsets results of one segment of which any subset may be kept; of more, all or none */
	KeptChoices(Workload workload, Policy policy, int mostSubsets) {
		this.mostSubsets = mostSubsets;
		residence = !policy.restrictions().contains(Restriction.NO_RESIDENCE);
		kept = named(workload, policy.constraints().kept());
		spilled = named(workload, policy.constraints().spilled());
	}

	private static List<Integer> named(Workload workload, List<String> names) {
		return workload.tensors().stream().filter(tensor -> names.contains(tensor.name())).map(Tensor::index).toList();
	}

	/** Whether a tensor may stay or not, as the search likes. */
	boolean open(int tensor) {
		return residence && !kept.contains(tensor) && !spilled.contains(tensor);
	}

	/** The choices among results that later segments read. */
	List<Held> of(List<Integer> results) {
		if (!residence) {
			return List.of(Held.NONE);
		}
		Held fixed = Held.of(results.stream().filter(kept::contains).toList());
		List<Integer> open = results.stream().filter(this::open).toList();
		if (open.size() > mostSubsets) {
			exhaustive = false;
			return List.of(fixed, fixed.and(Held.of(open)));
		}
		List<Held> choices = new ArrayList<>();
		for (int subset = 0; subset < 1 << open.size(); subset++) {
			int chosen = subset;
			choices.add(fixed.and(Held.of(IntStream.range(0, open.size()).filter(i -> (chosen >> i & 1) == 1).mapToObj(open::get).toList())));
		}
		return choices;
	}

	/** Whether no choice was left out so far. */
	boolean exhaustive() {
		return exhaustive;
	}
}
