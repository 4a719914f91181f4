package org.pipeorgan.tests.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.tests.exploration.Commands.run;
import static org.pipeorgan.tests.exploration.Commands.study;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.engine.exploration.Optimizer;

class SweepCommandTest {
	private static final String SPACE = """
			  vary array.rows in 2, 4, 8
			  vary buffer.size in 1 KiB .. 16 KiB times 2
			  vary memory.bandwidth in 1 GB/s, 4 GB/s
			  where buffer.size / array.pes >= 64 B
			""";
	@TempDir
	private Path folder;

	private List<String> points() throws IOException {
		List<String> lines = Files.readAllLines(folder.resolve("out/points.csv"));
		return lines.subList(1, lines.size());
	}

	@Test
	void whatIsStoredIsTheSameWithAnyNumberOfThreads() throws IOException {
		Path file = study(folder, SPACE);
		assertEquals(0, run("sweep", file, "-o", folder.resolve("one"), "--threads", 1).code());
		assertEquals(0, run("sweep", file, "-o", folder.resolve("three"), "--threads", 3).code());
		assertEquals(Files.readString(folder.resolve("one/points.csv")), Files.readString(folder.resolve("three/points.csv")));
		// rows of 2, 4 and 8 PEs of 4 columns: buffers of 512 B, 1 KiB and 2 KiB at least
		assertEquals(1 + (5 + 5 + 4) * 2, Files.readAllLines(folder.resolve("one/points.csv")).size());
	}

	@Test
	void aSweepIsContinuedOnlyWhereItIsTheSame() throws IOException {
		Path file = study(folder, SPACE);
		Path out = folder.resolve("out");
		assertEquals(0, run("sweep", file, "-o", out).code());
		byte[] points = Files.readAllBytes(out.resolve("points.csv"));
		assertTrue(run("sweep", file, "-o", out).err().contains("continue it with --resume"));
		assertEquals(0, run("sweep", file, "-o", out, "--resume").code());
		study(folder, "  // a comment\n" + SPACE + "  minimize latency, array.pes");
		assertEquals(0, run("sweep", file, "-o", out, "--resume").code());
		assertFalse(java.util.Arrays.equals(points, Files.readAllBytes(out.resolve("points.csv"))), "other goals, another front");
		study(folder, SPACE.replace("16 KiB", "8 KiB"));
		Commands.Result refused = run("sweep", file, "-o", out, "--resume");
		assertEquals(2, refused.code());
		assertTrue(refused.err().contains("holds results of another study"), refused.err());
	}

	@Test
	void aRandomSampleIsExtended() throws IOException {
		Path out = folder.resolve("out");
		run("sweep", study(folder, SPACE + "  sample random 7 seed 3"), "-o", out);
		List<String> few = points();
		run("sweep", study(folder, SPACE + "  sample random 20 seed 3"), "-o", out, "--resume");
		List<String> more = points();
		run("sweep", study(folder, SPACE + "  sample random 20 seed 3"), "-o", folder.resolve("fresh"));
		assertEquals(7, few.size());
		assertEquals(20, more.size());
		assertEquals(Files.readString(folder.resolve("fresh/points.csv")), Files.readString(out.resolve("points.csv")));
	}

	@Test
	void aSampleThatFindsNoMoreSaysSo() throws IOException {
		for (String method : List.of("random", "nsga2")) {
			Commands.Result swept = run("sweep", study(folder, SPACE + "  sample " + method + " 29 seed 3"), "-o", folder.resolve(method));
			assertEquals(0, swept.code());
			assertTrue(swept.err().contains("the sample has 28 points, not 29: no others were found for which the conditions hold"), swept.err());
		}
	}

	/** A third of the points of a space, chosen by the search, against all of them. */
	@Test
	void aSearchComesNearTheExactFront() throws IOException {
		String space = "  vary array.rows in 1 .. 8\n  vary array.columns in 1 .. 8\n  vary buffer.size in 1 KiB .. 16 KiB times 2\n  minimize latency, energy, array.pes\n";
		run("sweep", study(folder, space), "-o", folder.resolve("all"));
		assertEquals(0, run("sweep", study(folder, space + "  sample nsga2 107 seed 2"), "-o", folder.resolve("found")).code());
		List<double[]> all = goals(folder.resolve("all"));
		List<double[]> found = goals(folder.resolve("found"));
		assertEquals(320, all.size());
		assertEquals(107, found.size());
		double[] best = { Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE };
		double[] worst = new double[3];
		all.forEach(goal -> {
			for (int i = 0; i < 3; i++) {
				best[i] = Math.min(best[i], goal[i]);
				worst[i] = Math.max(worst[i], goal[i]);
			}
		});
		double exact = Optimizer.service().hypervolume(all, best, worst);
		double reached = Optimizer.service().hypervolume(found, best, worst);
		assertTrue(reached <= exact && reached > 0.97 * exact, reached + " of " + exact);
	}

	private static List<double[]> goals(Path store) {
		return StreamSupport.stream(JsonParser.parseString(run("query", store, "--format", "json").out()).getAsJsonArray().spliterator(), false).map(JsonElement::getAsJsonObject)
				.map(row -> new double[] { row.get("latency_cycles").getAsDouble(), row.get("energy_picojoules").getAsDouble(), row.get("array.pes").getAsDouble() }).toList();
	}

	@Test
	void theStoreIsReadByOtherTools() throws IOException, SQLException {
		run("sweep", study(folder, SPACE), "-o", folder.resolve("out"));
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("out/points.sqlite"));
				ResultSet best = connection.createStatement().executeQuery("SELECT point, \"array.rows\", \"buffer.size\", min(latency_cycles) FROM points WHERE \"buffer.size\" <= 4096")) {
			assertTrue(best.next());
			assertEquals(8, best.getInt(2));
			assertTrue(points().stream().anyMatch(line -> line.startsWith(number(best, 1) + ",ok")));
		}
	}

	private static String number(ResultSet row, int column) {
		try {
			return row.getString(column);
		} catch (SQLException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void aQueryFiltersAndRanks() throws IOException {
		Path out = folder.resolve("out");
		run("sweep", study(folder, SPACE), "-o", out);
		Commands.Result json = run("query", out, "--where", "buffer.size <= 4 KiB and memory.bandwidth == 4 GB/s", "--sort", "maximize latency", "--format", "json");
		JsonArray rows = JsonParser.parseString(json.out()).getAsJsonArray();
		List<Long> latencies = new ArrayList<>();
		for (JsonElement row : rows) {
			assertTrue(row.getAsJsonObject().get("buffer.size [B]").getAsLong() <= 4096);
			assertEquals(4e9, row.getAsJsonObject().get("memory.bandwidth [B/s]").getAsDouble());
			latencies.add(row.getAsJsonObject().get("latency_cycles").getAsLong());
		}
		assertEquals(3 + 3 + 2, rows.size());
		assertEquals(latencies.stream().sorted(java.util.Comparator.reverseOrder()).toList(), latencies);
		// the front, against all pairs
		List<long[]> all = StreamSupport.stream(JsonParser.parseString(run("query", out, "--format", "json").out()).getAsJsonArray().spliterator(), false).map(JsonElement::getAsJsonObject)
				.map(row -> new long[] { row.get("latency_cycles").getAsLong(), row.get("array.pes").getAsLong() }).toList();
		long expected = all.stream().filter(a -> all.stream().noneMatch(b -> b[0] <= a[0] && b[1] <= a[1] && (b[0] < a[0] || b[1] < a[1]))).count();
		assertEquals(expected, JsonParser.parseString(run("query", out, "--front", "--goals", "latency, array.pes", "--format", "json").out()).getAsJsonArray().size());
		assertTrue(run("query", out, "--top", 3).out().contains("28 of 28 points, the first 3 shown"));
		Commands.Result wrong = run("query", out, "--where", "latency < 4 KiB");
		assertEquals(2, wrong.code());
		assertTrue(wrong.err().contains("is a number of cycles"), wrong.err());
		assertTrue(run("query", out, "--where", "latency < 3 us").err().contains("'3 us' is a time; compare it with, for example, '1 cycle', or compare 'time', which is a time"));
		assertEquals(0, run("query", out, "--where", "time < 3 us").code());
		assertTrue(run("query", out, "--where", "latency <").err().contains("cannot be read as a condition: something is missing at its end"));
		assertTrue(run("query", out, "--goals", "latency energy").err().contains("stops making sense at 'energy'"));
		assertTrue(run("query", out, "--where", "latency < 4 cycle minimize energy").err().contains("there is more in it"));
		assertTrue(run("query", out, "--where", "policy == tangra").err().contains("may be tangram"));
		assertTrue(run("query", out, "--sort", "latenzy").err().contains("did you mean 'latency'?"));
	}

	/** A buffer that is larger than needed changes neither goal: both designs are on the front, and it is said that they tie. */
	@Test
	void designsThatTieAreNamed() throws IOException {
		Path out = folder.resolve("out");
		Path file = study(folder, "  vary array.rows in 2, 4\n  vary buffer.size in 16 KiB, 32 KiB\n  minimize latency, array.pes");
		String swept = run("sweep", file, "-o", out).out();
		assertTrue(swept.startsWith("sweep s: 4 points, 4 on the front with 2 different results; 0 infeasible"), swept);
		assertTrue(swept.contains("\nequal in every goal: points 2, 3\nequal in every goal: points 0, 1\nwritten to "), swept);
		assertTrue(run("query", out, "--front").out().endsWith("\nequal in every goal: points 2, 3\nequal in every goal: points 0, 1\n4 of 4 points\n"));
		assertFalse(run("query", out, "--front", "--goals", "latency, buffer.size").out().contains("equal"));
	}

	@Test
	void aPointOpensItsMapping() throws IOException {
		Path out = folder.resolve("out");
		run("sweep", study(folder, SPACE), "-o", out);
		String row = points().get(9);
		String point = row.substring(0, row.indexOf(','));
		Commands.Result opened = run("query", out, "--point", point, "-o", folder.resolve("point"));
		assertEquals(0, opened.code(), opened.err());
		assertEquals("", opened.err().replaceAll("s: 1/1 .*\n", ""));
		long cycles = JsonParser.parseString(Files.readString(folder.resolve("point/result.json"))).getAsJsonObject().getAsJsonArray("runs").get(0).getAsJsonObject().get("latency_cycles").getAsLong();
		assertTrue(row.contains("," + cycles + ","), row);
		assertTrue(Files.size(folder.resolve("point/report.html")) > 100_000);
		assertTrue(run("query", out, "--point", 1000).err().contains("0 to 29"));
	}

	@Test
	void pointsThatCannotBeMappedAreResults() throws IOException {
		Path out = folder.resolve("out");
		Commands.Result swept = run("sweep", study(folder, "  vary buffer.size in 1 B, 16 KiB\n  vary array.rows in 4, 4000000"), "-o", out);
		assertEquals(0, swept.code());
		assertTrue(swept.out().contains("3 infeasible, 0 failed"), swept.out());
		Commands.Result why = run("query", out, "--where", "status == infeasible");
		assertTrue(why.out().contains("enlarge the buffer") && why.out().contains("PEs; at most"), why.out());
		assertEquals(1, run("query", out, "--point", 0, "-o", folder.resolve("p")).code());
	}

	@Test
	void conditionsThatNoPointSatisfiesAreTold() throws IOException {
		Commands.Result none = run("sweep", study(folder, SPACE + "  where array.pes > 1000"), "-o", folder.resolve("out"));
		assertEquals(1, none.code());
		assertTrue(none.err().contains("no point of the space was found that satisfies the conditions"), none.err());
	}

	/** Other commands start as fast as without sweeps: neither database nor optimizer nor cluster is loaded. */
	@Test
	void whatIsNotUsedIsNotLoaded() throws Exception {
		Path file = study(folder, SPACE);
		assertEquals(0, Commands.start(folder, List.of("-Xlog:class+load:file=" + folder.resolve("classes.txt")), Commands.classPath(), "validate", file).waitFor());
		String classes = Files.readString(folder.resolve("classes.txt"));
		assertTrue(classes.contains("org.pipeorgan.dsl.cli.ValidateCommand"));
		for (String unused : List.of("org.sqlite.", "org.moeaframework.", "org.apache.spark.", "org.pipeorgan.exploration.")) {
			assertFalse(classes.contains("] " + unused), unused);
		}
	}

	@Test
	void aStudyThatVariesIsSweptNotRun() throws IOException {
		Path file = study(folder, SPACE);
		assertTrue(run("run", file, "-o", folder.resolve("out")).err().contains("use 'sweep'"));
		assertTrue(run("sweep", study(folder, ""), "-o", folder.resolve("out")).err().contains("use 'run'"));
	}
}
