package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipeorgan.dsl.expressions.Evaluator;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.sweep.PointEvaluator;
import org.pipeorgan.dsl.sweep.Sweep;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.PointResult.Status;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.StudyRunner;

class SweepTest {
	private static final String DESIGN = """
			param width = 8
			workload T { input i [C 3, H 16, W 16]  a = conv(i) K width R 3 S 3 pad 1  b = conv(a) K 8 R 3 S 3 pad 1 }
			workload U { input i [C 8, H 8, W 8]  a = conv(i) K 8 R 1 S 1 }
			accelerator A {
			  param lanes = 2
			  clock 1 GHz
			  array 4 x 8 { macs lanes  registers 64 * lanes * 1 B  precision 8 bit }
			  buffer 16 KiB at 32 B/cycle
			  memory 4 GB/s
			  energy { memory 30 pJ/B }
			}
			interconnect n refines amp { express every 2 }
			policy p refines tangram { depth 2 }
			""";

	private static Model model(String sections) {
		var resource = Pog.parse(DESIGN + "study s { map T, U on A with n policies p " + sections + " }");
		assertEquals(List.of(), Pog.problems(resource));
		return Pog.model(resource);
	}

	private static Sweep sweep(String sections) {
		return new Sweep((Study) model(sections).getDeclarations().getLast());
	}

	private static PointResult evaluate(Sweep sweep, long point) {
		return new PointEvaluator(sweep, 1, Progress.NONE).evaluate(point);
	}

	/** A varied property gives what the file gives in which it is written. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "array in 2 x 4 | 4 x 8 | 2 x 4", "array.columns in 5 | 4 x 8 | 4 x 5", "param A.lanes in 4 | lanes = 2 | lanes = 4", "array.registers in 48 B | 64 * lanes * 1 B | 48 B",
			"array.precision in 16 bit | precision 8 bit | precision 16 bit", "buffer.size in 5 KiB | 16 KiB | 5 KiB", "buffer.bandwidth in 3 GB/s | 32 B/cycle | 3 GB/s",
			"buffer.banks in 4 | 32 B/cycle | 32 B/cycle banks 4", "memory.bandwidth in 1.5 B/cycle | 4 GB/s | 1.5 B/cycle", "clock in 0.7 GHz | 1 GHz | 0.7 GHz",
			"energy.memory in 7 pJ/B | 30 pJ/B | 7 pJ/B", "energy.mac in 3 pJ | energy { | energy { mac 3 pJ", "interconnect.express in none | every 2 | none",
			"interconnect.express in 3 | every 2 | every 3", "interconnect.link in 1 B/cycle | every 2 | every 2 link 1 B/cycle", "interconnect.delivery in unicast | every 2 | every 2 unicast",
			"policy.depth in 1 | depth 2 | depth 1", "policy.restrict in no_residence | depth 2 | depth 2 restrict no_residence", "param width in 24 | width = 8 | width = 24" })
	void aPointIsTheFileWithItsValues(String variation, String written, String value) {
		assertTrue(DESIGN.contains(written), written);
		PointResult point = evaluate(sweep("vary " + variation), 0);
		var study = (Study) Pog.model(Pog.parse(DESIGN.replace(written, value) + "study s { map T, U on A with n policies p }")).getDeclarations().getLast();
		List<RunResult> runs = StudyRunner.run(StudyTranslator.translate(study, Problem.IGNORE).orElseThrow(), 1, Progress.NONE).runs();
		assertEquals(runs.stream().map(RunResult::latencyCycles).toList(), point.workloads().stream().map(totals -> totals.latencyCycles()).toList());
		assertEquals(runs.stream().map(RunResult::energyPicojoules).toList(), point.workloads().stream().map(totals -> totals.energyPicojoules()).toList());
		assertEquals(runs.stream().map(RunResult::memoryBytes).toList(), point.workloads().stream().map(totals -> totals.memoryBytes()).toList());
		assertEquals(runs.stream().mapToLong(RunResult::latencyCycles).sum(), point.totals().latencyCycles());
		assertEquals(runs.stream().mapToLong(RunResult::bufferReadBytes).sum(), point.totals().bufferReadBytes());
	}

	@Test
	void valuesAreListsRangesAndPowers() {
		Sweep sweep = sweep("vary array.rows in 1, 4 .. 12 step 4, 20 vary buffer.size in 1 KiB .. 9 KiB times 2, 10 KiB vary memory.bandwidth in 1.5 GB/s .. 2.5 GB/s step 0.5 GB/s "
				+ "vary interconnect.express in none, 2 .. 3, auto vary array.precision in 4 bit .. 16 bit times 2");
		assertEquals(List.of("1", "4", "8", "12", "20"), sweep.space().axes().get(0).choices());
		assertEquals(List.of("1 KiB", "2 KiB", "4 KiB", "8 KiB", "10 KiB"), sweep.space().axes().get(1).choices());
		assertEquals(List.of("1.5 GB/s", "2 GB/s", "2.5 GB/s"), sweep.space().axes().get(2).choices());
		assertEquals(List.of("none", "2", "3", "auto"), sweep.space().axes().get(3).choices());
		assertEquals(List.of("4 bit", "8 bit", "16 bit"), sweep.space().axes().get(4).choices());
		assertEquals(5 * 5 * 3 * 4 * 3, sweep.space().size());
	}

	/** Against conditions in Java. */
	@Test
	void conditionsChoosePoints() {
		Sweep sweep = sweep("vary array.rows in 1 .. 6 vary buffer.size in 1 KiB .. 8 KiB times 2 vary interconnect.topology in mesh, torus vary interconnect.express in none, 2 "
				+ "where array.pes * 2 <= 64 and buffer.size / array.pes >= 64 B or buffer.size == 8 KiB where interconnect.topology == mesh or interconnect.express == 0");
		long admitted = 0;
		for (int rows = 1; rows <= 6; rows++) {
			for (int kib = 1; kib <= 8; kib *= 2) {
				for (int topology = 0; topology < 2; topology++) {
					for (int express = 0; express < 2; express++) {
						int pes = rows * 8;
						boolean first = pes * 2 <= 64 && kib * 1024.0 / pes >= 64 || kib == 8;
						admitted += first && (topology == 0 || express == 0) ? 1 : 0;
					}
				}
			}
		}
		assertEquals(admitted, LongStream.range(0, sweep.space().size()).filter(sweep::admits).count());
	}

	/** Whoever shares what with whom. */
	@Test
	void resultsDependNeitherOnOrderNorOnThreads() {
		Sweep sweep = sweep("vary param width in 4, 8 vary buffer.size in 2 KiB, 16 KiB vary array.rows in 2, 4 vary policy.depth in 1, 2");
		List<PointResult> alone = LongStream.range(0, 16).mapToObj(point -> evaluate(sweep, point)).toList();
		List<Long> order = new ArrayList<>(LongStream.range(0, 16).boxed().toList());
		Collections.shuffle(order, new Random(2));
		PointEvaluator shared = new PointEvaluator(sweep, 2, Progress.NONE);
		Map<Long, PointResult> results = new ConcurrentHashMap<>();
		order.parallelStream().forEach(point -> results.put(point, shared.evaluate(point)));
		assertEquals(alone, LongStream.range(0, 16).mapToObj(results::get).toList());
		assertEquals(16, alone.stream().filter(PointResult::isOk).map(PointResult::properties).distinct().count());
	}

	@Test
	void parametersAreAsWrittenAfterwards() {
		Model model = model("vary param width in 4, 12");
		evaluate(new Sweep((Study) model.getDeclarations().getLast()), 1);
		assertEquals("8", Evaluator.text(((Parameter) model.getDeclarations().getFirst()).getValue()));
	}

	@Test
	void whatDoesNotFitIsAResult() {
		Sweep sweep = sweep("vary buffer.size in 1 B, 16 KiB vary array.rows in 4, 1048576");
		assertEquals(List.of(Status.INFEASIBLE, Status.INFEASIBLE, Status.OK, Status.INFEASIBLE), LongStream.range(0, 4).mapToObj(point -> evaluate(sweep, point).status()).toList());
		assertTrue(evaluate(sweep, 0).message().contains("enlarge the buffer"), evaluate(sweep, 0).message());
		assertTrue(evaluate(sweep, 3).message().contains("at most 1048576 are supported"), evaluate(sweep, 3).message());
	}

	/** What the checks of a file would tell where the number is written. */
	@Test
	void aPointWithoutADesignSaysWhichNumberIsAtFault() {
		assertEquals("K is width = 0; it must be at least 1, for example '8'", evaluate(sweep("vary param width in 0"), 0).message());
		assertTrue(evaluate(sweep("vary memory.bandwidth in 0 GB/s"), 0).message().startsWith("the memory's bandwidth is 0"));
	}

	@Test
	void theHashKnowsWhatResultsDependOn() {
		String sections = "vary array.rows in 2, 4 sample random 2 seed 1";
		String hash = sweep(sections).hash();
		assertEquals(hash, sweep("  vary array.rows in 2, 4 // comment\n sample random 3 seed 1 minimize latency write csv").hash());
		for (String other : List.of("vary array.rows in 2, 5 sample random 2 seed 1", "vary array.rows in 2, 4 sample random 2 seed 2", "vary array.rows in 2, 4 sample random 2 seed 1 objective energy",
				"vary array.rows in 2, 4 where array.rows > 1 sample random 2 seed 1")) {
			assertNotEquals(hash, sweep(other).hash());
		}
		Study changed = (Study) Pog.model(Pog.parse(DESIGN.replace("K width", "K 9") + "study s { map T, U on A with n policies p " + sections + " }")).getDeclarations().getLast();
		assertNotEquals(hash, new Sweep(changed).hash());
	}
}
