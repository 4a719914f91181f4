package org.pipeorgan.engine.search;

import java.util.ArrayList;
import java.util.List;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.result.Simulation;
import org.pipeorgan.engine.simulation.SegmentSimulator;
import org.pipeorgan.engine.simulation.SimulationOptions;

/** Simulates the segments of a mapping one after the other. */
final class MappingSimulation {
	private MappingSimulation() {
	}

	/** @throws java.util.concurrent.CancellationException if the progress asked to stop */
	static Simulation of(CostModel model, Mapping mapping, StudyProgress.Run progress) {
		String unable = SegmentSimulator.unable(model);
		if (unable != null) {
			return new Simulation(List.of(), unable);
		}
		progress.begin("simulation");
		List<Long> cycles = new ArrayList<>();
		Held held = Held.NONE;
		long room = 0;
		for (Mapping.Step step : mapping.steps()) {
			cycles.add(SegmentSimulator.simulate(model, step.plan(), held, step.held(), room, SimulationOptions.DEFAULT, progress::isCancelled).latencyCycles());
			progress.step((double) cycles.size() / mapping.steps().size());
			held = step.held();
			room = step.cost().prefetchRoom();
		}
		return new Simulation(cycles, "");
	}
}
