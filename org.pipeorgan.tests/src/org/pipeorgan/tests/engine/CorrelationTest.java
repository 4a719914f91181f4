package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.pipeorgan.engine.correlation.Correlation;
import org.pipeorgan.engine.correlation.Correlation.Row;
import org.pipeorgan.engine.export.SimulatorFormat;

/** The answers of the tools, in the parts that are read of them. */
class CorrelationTest {
	private static final String OPERATORS = "name,operator,segment,repeats,macs,tool_macs,compute_cycles,stall_free\na,\"a, 1\",1,4,1000,1024,32,true\nb,\"b\",2,1,500,500,10,false\n";

	private static List<Row> rows(SimulatorFormat format, Map<String, String> files) {
		return Correlation.of(format, path -> Optional.ofNullable(files.get(path)));
	}

	@Test
	void timeloopIsComparedWhereTheModelIsFreeOfStalls() {
		String stats = "Summary Stats\n-------------\nGFLOPs (@1GHz): 1.00\nUtilization: 1.00\nCycles: 64\nEnergy: 3.75 uJ\n\nComputes = 1024\npJ/Compute\n";
		assertEquals(List.of(new Row("a", "macs", 1024, 1024, true), new Row("a", "cycles", 32, 64, true), new Row("b", "macs", 500, 1024, true), new Row("b", "cycles", 10, 64, false)),
				rows(SimulatorFormat.TIMELOOP, Map.of("operators.csv", OPERATORS, "out/a/timeloop-model.stats.txt", stats, "out/b/timeloop-model.stats.txt", stats)));
		assertEquals(1, new Row("a", "cycles", 32, 64, true).deviation());
	}

	@Test
	void scaleSimsUtilizationGivesItsMacs() {
		String report = "LayerID, Total Cycles (incl. prefetch), Total Cycles, Stall Cycles, Overall Util %, Mapping Efficiency %, Compute Util %,\n0, 20, 16, 0, 50.0, 100.0, 50.0,\n";
		Map<String, String> files = Map.of("operators.csv", OPERATORS, "os_gemm.csv", "Layer,M,N,K,\na,1,1,1,\n", "os_gemm.cfg", "[architecture_presets]\nArrayHeight: 4\nArrayWidth: 8\n",
				"out/os_gemm/COMPUTE_REPORT.csv", report);
		assertEquals(List.of(new Row("a", "macs", 1024, 4 * 256, true), new Row("a", "cycles", 32, 4 * 16, false)), rows(SimulatorFormat.SCALESIM, files));
	}

	@Test
	void ofMaestrosAppendedAnswersTheLastCounts() {
		String table = "Neural Network Name, Layer Number, NumPEs, Runtime (Cycles), Throughput (MACs/Cycle), Num MACs\nN,a,4,7,1.5,100\nN,a,4,9,1.5,256\n";
		assertEquals(List.of(new Row("a", "macs", 1024, 1024, true), new Row("a", "cycles", 32, 36, false)),
				rows(SimulatorFormat.MAESTRO, Map.of("operators.csv", OPERATORS, "network.csv", table)));
	}

	@Test
	void bookSimCountsOneRouterMoreThanHops() {
		List<Row> rows = rows(SimulatorFormat.BOOKSIM, Map.of("expected.csv", "metric,value\nuniform_mean_hops,5.25\n", "out-anynet.txt", "Hops average = 6.25 (1 samples)\n"));
		assertEquals(List.of(new Row("anynet", "mean_hops", 5.25, 5.25, true)), rows);
	}

	@Test
	void whatIsMissingOrForeignIsSaid() {
		assertTrue(rows(SimulatorFormat.TIMELOOP, Map.of("operators.csv", OPERATORS)).isEmpty());
		refused("there is no operators.csv", SimulatorFormat.MAESTRO, Map.of());
		refused("out/a/timeloop-model.stats.txt does not hold", SimulatorFormat.TIMELOOP, Map.of("operators.csv", OPERATORS, "out/a/timeloop-model.stats.txt", "Segmentation fault\n"));
		refused("network.csv has a layer 'z'", SimulatorFormat.MAESTRO, Map.of("operators.csv", OPERATORS, "network.csv", "Layer Number,Num MACs,Runtime (Cycles)\nz,1,1\n"));
		refused("network.csv, line 2: there is no number under 'Num MACs'", SimulatorFormat.MAESTRO,
				Map.of("operators.csv", OPERATORS, "network.csv", "Layer Number,Num MACs,Runtime (Cycles)\na,many,1\n"));
	}

	private static void refused(String message, SimulatorFormat format, Map<String, String> files) {
		String said = assertThrows(IllegalArgumentException.class, () -> rows(format, files)).getMessage();
		assertTrue(said.contains(message), said);
	}
}
