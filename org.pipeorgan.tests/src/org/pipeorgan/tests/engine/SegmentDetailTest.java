package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.report.JsonReport;
import org.pipeorgan.engine.report.ResultReader;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentDetail;
import org.pipeorgan.engine.result.SegmentDetail.LinkGrid;
import org.pipeorgan.engine.result.SegmentDetail.TensorTraffic;
import org.pipeorgan.engine.result.SegmentDetail.Use;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Objective;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.PolicyKind;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.Study;
import org.pipeorgan.engine.search.StudyRunner;
import org.pipeorgan.engine.workload.Workload;

/** What a result says of the inside of its segments agrees with what it says of them as wholes. */
class SegmentDetailTest {

	@RepeatedTest(20)
	void partsAddUp(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		Workload workload = RandomWorkloads.graph(random, 2 + random.nextInt(6));
		Accelerator accelerator = Inputs.accelerator(4, 3 + random.nextInt(3));
		Topology topology = List.of(Topology.MESH, Topology.TORUS, Topology.RING).get(random.nextInt(3));
		StudyResult result = StudyRunner.run(new Study("detail", List.of(new Study.Target(workload, accelerator, Inputs.interconnect(topology, topology == Topology.MESH ? 2 : 0))),
				List.of(Policy.of(PolicyKind.PIPEORGAN), Policy.of(PolicyKind.TANGRAM)), null, null, Objective.LATENCY), 1, Progress.NONE);
		for (RunResult run : result.runs()) {
			assertEquals(run.memoryReadBytes(), traffic(run).mapToLong(TensorTraffic::readBytes).sum());
			assertEquals(run.memoryWriteBytes(), traffic(run).mapToLong(TensorTraffic::writeBytes).sum());
			List<String> held = List.of();
			for (SegmentResult segment : run.segments()) {
				check(segment, accelerator);
				List<String> inBuffer = segment.detail().buffer().stream().filter(part -> part.use() == Use.HELD).map(part -> part.tensor()).toList();
				assertTrue(inBuffer.containsAll(held) && inBuffer.containsAll(segment.heldTensors()), "what is held before or after is held meanwhile");
				held = segment.heldTensors();
			}
		}
		String text = JsonReport.write(result);
		assertEquals(text, JsonReport.write(ResultReader.read(text)));
	}

	private static java.util.stream.Stream<TensorTraffic> traffic(RunResult run) {
		return run.segments().stream().flatMap(segment -> segment.detail().traffic().stream());
	}

	private static void check(SegmentResult segment, Accelerator accelerator) {
		SegmentDetail detail = segment.detail();
		assertEquals(segment.memoryBytes(), detail.traffic().stream().mapToLong(each -> each.readBytes() + each.writeBytes()).sum());
		assertTrue(detail.buffer().stream().mapToLong(part -> part.bytes()).sum() <= accelerator.bufferBytes());
		double last = 0;
		for (int i = 0; i < segment.depth(); i++) {
			assertTrue(detail.beginCycles().get(i) >= 0 && detail.beginCycles().get(i) < detail.endCycles().get(i));
			last = Math.max(last, detail.endCycles().get(i));
		}
		assertTrue(last <= segment.latencyCycles(), "the intervals end within the segment");
		assertEquals(segment.intervals(), detail.intervals().stream().mapToLong(Long::longValue).max().orElseThrow());
		if (!segment.organization().equals("turn-taking")) {
			assertEquals(segment.maxLinkLoadCycles(), detail.links().maxCycles(), 1e-9);
		}
		boolean moves = segment.maxLinkLoadCycles() > 0;
		assertEquals(moves, detail.links().grids().stream().anyMatch(grid -> String.join("", grid.tenths()).contains("9")));
		for (LinkGrid grid : detail.links().grids()) {
			assertEquals(accelerator.rows(), grid.tenths().size());
			for (int row = 0; row < accelerator.rows(); row++) {
				for (int column = 0; column < accelerator.columns(); column++) {
					boolean loaded = grid.tenths().get(row).charAt(column) != '.';
					boolean inside = row + grid.rows() >= 0 && row + grid.rows() < accelerator.rows() && column + grid.columns() >= 0 && column + grid.columns() < accelerator.columns();
					assertTrue(!loaded || inside, "a link leads to a PE of the array");
				}
			}
		}
	}
}
