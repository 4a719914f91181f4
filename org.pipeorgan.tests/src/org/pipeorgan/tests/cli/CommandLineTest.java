package org.pipeorgan.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.engine.report.ResultReader;
import org.pipeorgan.dsl.cli.Console;
import org.pipeorgan.dsl.cli.Main;

class CommandLineTest {
	private static final String GOOD = """
			accelerator A {
			  clock 1 GHz
			  array 8 x 8 {
			    registers 256 B
			  }
			  buffer 64 KiB at 64 B/cycle
			  memory 8 GB/s
			}

			workload T {
			  input i [C 8, H 16, W 16]
			  a = conv(i) K 8 R 3 S 3 pad 1
			  b = conv(a) K 8 R 3 S 3 pad 1
			}

			study s {
			  map T on A with mesh
			  policies pipeorgan, tangram as baseline
			  write json, csv
			}
			""";
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();
	@TempDir
	private Path folder;

	private int run(String... arguments) {
		return Main.run(arguments, new Console(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), 0));
	}

	private String file(String text) throws IOException {
		return Files.writeString(folder.resolve("f.pog"), text).toString();
	}

	@Test
	void runWritesWhatTheStudyAsksFor() throws IOException {
		Path results = folder.resolve("results");
		assertEquals(0, run("run", file(GOOD), "-o", results.toString(), "--threads", "1"), err::toString);
		assertTrue(Files.readString(results.resolve("result.json")).contains("\"pipeorgan-result/1\""));
		assertTrue(Files.isRegularFile(results.resolve("result.csv")));
		try (var files = Files.list(results)) {
			assertEquals(2, files.count());
		}
		assertTrue(out.toString().contains("written to " + results), out::toString);
		assertTrue(out.toString().contains("speedup"), out::toString);
	}

	@Test
	void wrongInputTouchesNoFolder() throws IOException {
		Path results = folder.resolve("results");
		String file = file(GOOD.replace("K 8 R 3 S 3 pad 1\n}", "K 8 R 3 S 3 pad !\n}").replace("1 GHz", "1 GB"));
		assertEquals(1, run("run", file, "-o", results.toString()));
		assertFalse(Files.exists(results));
		assertTrue(err.toString().startsWith(file + ":2:11: error: the clock is a frequency, but 1 GB is a size; write, for example, '1 GHz' [wrong-dimension]\n"),
				err::toString);
		assertTrue(err.toString().contains(file + ":13:27: error: unexpected '!' behind 'pad'; here must stand a number [syntax-error]"), err::toString);
	}

	@Test
	void aFolderThatCannotBeIsRefusedBeforeTheSearch() throws IOException {
		String file = file(GOOD);
		assertEquals(2, run("run", file, "-o", folder.resolve("f.pog/results").toString()));
		assertTrue(err.toString().contains("f.pog is a file; choose another folder with -o"), err::toString);
		assertFalse(err.toString().contains("s: 1/"), "nothing was searched: " + err);
		assertEquals(GOOD, Files.readString(Path.of(file)));
	}

	@Test
	void whatDoesNotFitIsARunWithTheReason() throws IOException {
		Path results = folder.resolve("results");
		String file = file(GOOD.replace("64 KiB", "8 B").replace("256 B", "1 B"));
		assertEquals(4, run("run", file, "-o", results.toString()), () -> out + "" + err);
		assertEquals(2, ResultReader.read(Files.readString(results.resolve("result.json"))).infeasible().size());
		assertTrue(out.toString().contains("\ninfeasible: operator 'a' of workload 'T' does not fit on accelerator 'A'"), out::toString);
		assertTrue(err.toString().contains("[infeasible-mapping]"), err::toString);
	}

	@Test
	void explainSaysWhyForWhatIsChosen() throws IOException {
		assertEquals(0, run("explain", file(GOOD), "--policy", "pipeorgan", "--workload", "T", "--interconnect", "mesh", "--threads", "1"), err::toString);
		assertTrue(out.toString().startsWith("T on A with mesh, policy pipeorgan: "), out::toString);
		assertTrue(out.toString().contains("    bound by      ") && out.toString().contains("    next best     ") && out.toString().contains("    ends here     the workload ends\n"),
				out::toString);
		assertFalse(out.toString().contains("policy tangram"), out::toString);
		assertEquals(2, run("explain", file(GOOD), "--policy", "simba"));
		assertTrue(err.toString().contains("study 's' has no policy 'simba'; it has pipeorgan, tangram"), err::toString);
		assertEquals(2, run("explain", file(GOOD), "--workload", "U"));
		assertEquals(2, run("explain", file(GOOD), "--study", "t"));
		out.reset();
		assertEquals(0, run("explain", file(GOOD + "study t { map T on A with amp policies simba }"), "--policy", "simba", "--threads", "1"), err::toString);
		assertTrue(out.toString().startsWith("T on A with amp, policy simba (restricted): "), out::toString);
		assertEquals(1, run("explain", file(GOOD.replace("1 GHz", "1 GB"))));
	}

	@Test
	void whatExplainPrintsAsFixedGivesTheSameNumbers() throws IOException {
		assertEquals(0, run("run", file(GOOD), "-o", folder.resolve("searched").toString(), "--threads", "1"), err::toString);
		out.reset();
		assertEquals(0, run("explain", file(GOOD), "--as-fixed", "--threads", "1"), err::toString);
		String fixed = GOOD.replace("policies pipeorgan, tangram as baseline", "policies pipeorgan_T_A_mesh, tangram_T_A_mesh as baseline").replace("study s", out + "\nstudy s");
		String file = file(fixed);
		assertEquals(0, run("format", "--check", file), out::toString);
		assertEquals(0, run("run", file, "-o", folder.resolve("fixed").toString(), "--threads", "1"), err::toString);
		assertEquals(numbers("searched"), numbers("fixed"));
	}

	/** Every number of a result that the cost model makes. */
	private String numbers(String results) throws IOException {
		var runs = com.google.gson.JsonParser.parseString(Files.readString(folder.resolve(results).resolve("result.json"))).getAsJsonObject().getAsJsonArray("runs");
		for (var run : runs) {
			run.getAsJsonObject().remove("policy");
			run.getAsJsonObject().remove("search");
			for (var segment : run.getAsJsonObject().getAsJsonArray("segments")) {
				segment.getAsJsonObject().remove("next_best");
				segment.getAsJsonObject().remove("depth_end");
			}
		}
		return runs.toString();
	}

	@Test
	void aFixedMappingThatDoesNotFitIsShownAtItsSegment() throws IOException {
		String mine = "\npolicy mine {\n  strategy fixed\n  segment {\n    operators a\n    chunks 1\n    keep a\n  }\n  segment {\n    operators b\n    chunks 1\n  }\n}\n";
		String file = file(GOOD.replace("tangram as baseline", "mine").replace("64 KiB", "3 KiB") + mine);
		assertEquals(4, run("run", file, "-o", folder.resolve("results").toString(), "--threads", "1"), out::toString);
		assertTrue(err.toString().matches("(?s).*f.pog:24:11: error: segment 'a' of policy 'mine' cannot run workload 'T': it needs \\d+ B of the global buffer, "
				+ "but accelerator 'A' has 3072 B; .* \\[infeasible-mapping\\]\n"), err::toString);
		file = file(GOOD.replace("tangram as baseline", "mine").replace("8 x 8", "1 x 8")
				+ "policy mine { strategy fixed segment { operators a .. b chunks 1 organization striped } }");
		err.reset();
		assertEquals(4, run("explain", file, "--policy", "mine", "--threads", "1"), out::toString);
		assertTrue(err.toString().contains("organization striped cannot give each of 2 operators a part of the 1 x 8 array of 'A', which it hands out in 1 units"), err::toString);
	}

	@Test
	void aFixedPolicyOfAnotherFileIsReportedWhereItIsUsed() throws IOException {
		Files.writeString(folder.resolve("other.pog"), "policy mine { strategy fixed segment { operators a chunks 1 } }");
		assertEquals(1, run("validate", file("import \"other.pog\"\n\n" + GOOD.replace("pipeorgan, tangram", "pipeorgan, mine"))));
		assertTrue(err.toString().contains("f.pog:20:23: error: policy 'mine': operator 'b' of workload 'T' is in no segment"), err::toString);
	}

	@Test
	void validateChecksImportedFilesToo() throws IOException {
		Files.writeString(folder.resolve("other.pog"), "policy p refines tangran { }");
		assertEquals(1, run("validate", file("import \"other.pog\"\npolicy q refines p { }")));
		assertTrue(err.toString().contains("other.pog:1:18: error: there is no policy 'tangran' here; did you mean 'tangram'? [unresolved-name]"), err::toString);
	}

	@Test
	void filesThatImportEachOtherTellEachProblemOnce() throws IOException {
		String a = Files.writeString(folder.resolve("a.pog"), "import \"b.pog\"\n\npolicy p refines q {\n  depth 99\n}\n").toString();
		String b = Files.writeString(folder.resolve("b.pog"), "import \"a.pog\"\n\npolicy q refines optimal {\n}\n\npolicy r refines p {\n  depth 77\n}\n").toString();
		assertEquals(1, run("validate", a, b, folder.resolve("./a.pog").toString()));
		var lines = err.toString().lines().toList();
		assertEquals(2, lines.size(), lines::toString);
		assertTrue(lines.get(0).contains("a.pog:4:9: error: depth 99 is not possible"), lines::toString);
		assertTrue(lines.get(1).startsWith(b + ":7:9: error: depth 77 is not possible"), lines::toString);
	}

	@Test
	void xmiRunsLikeText() throws IOException {
		String text = file(GOOD);
		Path xmi = folder.resolve("f.xmi");
		assertEquals(0, run("convert", text, xmi.toString()), err::toString);
		assertEquals(0, run("run", text, "-o", folder.resolve("a").toString()));
		assertEquals(0, run("run", xmi.toString(), "-o", folder.resolve("b").toString()), err::toString);
		assertEquals(untimed(folder.resolve("a/result.json")), untimed(folder.resolve("b/result.json")));
		assertEquals(0, run("convert", xmi.toString(), folder.resolve("g.pog").toString()), err::toString);
		assertEquals(0, run("format", "--check", folder.resolve("g.pog").toString()), out::toString);
	}

	@Test
	void aConvertedFileImportsWhatItDidWhereverItIs() throws IOException {
		Files.createDirectories(folder.resolve("from/my parts"));
		Files.createDirectories(folder.resolve("to"));
		Files.writeString(folder.resolve("from/my parts/a.pog"), GOOD.substring(0, GOOD.indexOf("study")));
		Path text = Files.writeString(folder.resolve("from/s.pog"), "import \"my parts/a.pog\"\n" + GOOD.substring(GOOD.indexOf("study")));
		Path xmi = folder.resolve("to/s.xmi");
		assertEquals(0, run("convert", text.toString(), xmi.toString()), err::toString);
		assertEquals(0, run("validate", xmi.toString()), err::toString);
		for (String copy : new String[] { "s.pog", "from/t.pog", "to/s.pog" }) {
			assertEquals(0, run("convert", xmi.toString(), folder.resolve(copy).toString()), err::toString);
			assertEquals(0, run("validate", folder.resolve(copy).toString()), err::toString);
		}
		assertTrue(Files.readString(folder.resolve("to/s.pog")).startsWith("import \"../from/my parts/a.pog\"\n"));
		assertTrue(Files.readString(folder.resolve("from/t.pog")).startsWith("import \"my parts/a.pog\"\n"));
	}

	@Test
	void anEmptyNameIsNoFolder() throws IOException {
		String file = file(GOOD);
		assertEquals(2, run("run", file, "-o", ""));
		assertTrue(err.toString().startsWith("pipeorgan: Invalid value for option '--output': an empty name is no file or folder; write '.' for this folder\n"), err::toString);
		assertEquals(2, run("validate", ""));
		assertEquals("", out.toString());
	}

	private static String untimed(Path result) throws IOException {
		return Files.readString(result).replaceAll("\"seconds\": [0-9.E-]+", "");
	}

	@Test
	void problemsOfXmiNameTheElement() throws IOException {
		Path xmi = folder.resolve("f.xmi");
		assertEquals(0, run("convert", file(GOOD), xmi.toString()), err::toString);
		Files.writeString(xmi, Files.readString(xmi).replaceFirst("unit=\"GHz\"", "unit=\"GB\""));
		assertEquals(1, run("validate", xmi.toString()));
		assertTrue(err.toString().matches("(?s).*f\\.xmi:1:1: error: in \\w+: the clock is a frequency, but 1 GB is a size.*"), err::toString);
		Files.writeString(xmi, "<html>");
		assertEquals(1, run("run", xmi.toString()));
		assertTrue(err.toString().contains("f.xmi:1:1: error: "), err::toString);
	}

	@Test
	void severitiesAreSetByOption() throws IOException {
		String file = file(GOOD + "param unused = 1\n");
		assertEquals(0, run("validate", file));
		assertTrue(err.toString().contains("info: nothing in this file uses parameter 'unused' [unused-declaration]"), err::toString);
		assertEquals(1, run("validate", "--severity", "unused-declaration=error", file));
		assertEquals(2, run("validate", "--severity", "missing-unit=info", file));
		assertTrue(err.toString().contains("'missing-unit' is always an error"), err::toString);
	}

	@Test
	void wrongUsageIsExplained() throws IOException {
		assertEquals(2, run("run", folder.resolve("missing.pog").toString()));
		assertTrue(err.toString().contains("there is no file"), err::toString);
		assertEquals(2, run("run", file(GOOD), "--study", "t"));
		assertTrue(err.toString().contains("declares no study 't'; its studies are s"), err::toString);
		assertEquals(2, run("frobnicate"));
		assertEquals(2, run());
		assertEquals(2, run("noc", "--array", "32", "--depth", "2"));
		assertEquals(2, run("noc", "--array", "32x32", "--depth", "1"));
		assertFalse(err.toString().contains("\tat "), err::toString);
	}

	@Test
	void helpAndVersion() {
		assertEquals(0, run("--help"));
		assertEquals(0, run("run", "--help"));
		assertEquals(0, run("--version"));
		assertTrue(out.toString().contains("--threads"), out::toString);
	}

	@Test
	void formatRewritesAndChecks() throws IOException {
		String file = file(GOOD.replace("  map", "map"));
		assertEquals(1, run("format", "--check", file));
		assertEquals(0, run("format", file));
		assertEquals(GOOD, Files.readString(Path.of(file)));
		assertEquals(0, run("format", "--check", file));
	}

	@Test
	void nocPrintsLoadAndHops() {
		assertEquals(0, run("noc", "--array", "32x32", "--topology", "amp", "--express", "4", "--organization", "blocked-1d", "--depth", "2"));
		assertEquals("max_link_load 4\nmean_hops 4\n", out.toString());
		out.reset();
		assertEquals(0, run("noc", "--array", "32x32", "--organization", "blocked-2d", "--depth", "4", "--json"));
		var json = com.google.gson.JsonParser.parseString(out.toString()).getAsJsonObject();
		assertEquals(16, json.get("max_link_load").getAsLong());
		assertEquals(16.0, json.get("mean_hops").getAsDouble());
	}

	@Test
	void exportWritesAFolderForEachSimulatorAndRunAndAStudyDoesTheSame() throws IOException {
		Path exported = folder.resolve("exported");
		assertEquals(0, run("export", file(GOOD), "--format", "timeloop,trace", "--policy", "tangram", "-o", exported.toString(), "--threads", "1"), err::toString);
		assertTrue(out.toString().contains("written to " + exported + ": timeloop/, trace/"), out::toString);
		assertTrue(Files.isRegularFile(exported.resolve("timeloop/T_A_mesh_tangram/hyphens/a.yaml")));
		assertFalse(Files.exists(exported.resolve("trace/T_A_mesh_pipeorgan")), "only what was asked for");
		out.reset();
		Path results = folder.resolve("results");
		assertEquals(0, run("run", file(GOOD.replace("write json, csv", "write json, markdown, timeloop")), "-o", results.toString(), "--threads", "1"), err::toString);
		assertTrue(out.toString().contains("written to " + results + ": result.json, report.md, timeloop/"), out::toString);
		String operator = "timeloop/T_A_mesh_tangram/v0.4/b.yaml";
		assertEquals(Files.readString(exported.resolve(operator)), Files.readString(results.resolve(operator)));
		assertEquals(2, run("export", file(GOOD), "--format", "timelop", "-o", exported.toString()));
		assertTrue(err.toString().contains("there is no format 'timelop'; take timeloop, scalesim, maestro"), err::toString);
	}

	@Test
	void problemsComeAsSarifAndJunitToo() throws IOException {
		String file = file(GOOD.replace("1 GHz", "1 GB"));
		assertEquals(1, run("validate", file, "--format", "sarif"));
		var results = com.google.gson.JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonArray("runs").get(0).getAsJsonObject().getAsJsonArray("results");
		var first = results.get(0).getAsJsonObject();
		assertEquals("wrong-dimension", first.get("ruleId").getAsString());
		assertEquals("error", first.get("level").getAsString());
		var place = first.getAsJsonArray("locations").get(0).getAsJsonObject().getAsJsonObject("physicalLocation");
		assertEquals(Path.of(file).toUri().toString(), place.getAsJsonObject("artifactLocation").get("uri").getAsString());
		assertEquals("{\"startLine\":2,\"startColumn\":11}", place.getAsJsonObject("region").toString());
		Path junit = folder.resolve("junit.xml");
		assertEquals(1, run("validate", file, "--format", "junit", "-o", junit.toString()));
		assertTrue(Files.readString(junit).contains("tests=\"1\" failures=\"1\"") && Files.readString(junit).contains(":2:11: error: the clock is a frequency"), Files.readString(junit));
		assertEquals(0, run("validate", file(GOOD), "--format", "junit", "-o", junit.toString()), err::toString);
		assertTrue(Files.readString(junit).contains("tests=\"1\" failures=\"0\""), Files.readString(junit));
		assertEquals(2, run("validate", file, "--format", "xml"));
	}

	@Test
	void aStoredResultGivesThePageAgainAndIsComparedWithAnother() throws IOException {
		Path results = folder.resolve("results");
		assertEquals(0, run("run", file(GOOD.replace("write json, csv", "write json, html, csv")), "-o", results.toString(), "--threads", "1"), err::toString);
		String page = Files.readString(results.resolve("report.html"));
		String table = Files.readString(results.resolve("result.csv"));
		Path again = folder.resolve("again");
		assertEquals(0, run("report", results.resolve("result.json").toString(), "-o", again.toString()), err::toString);
		assertEquals(page, Files.readString(again.resolve("report.html")));
		assertEquals(table, Files.readString(again.resolve("result.csv")));
		assertTrue(Files.readString(again.resolve("report.md")).contains("| T | A | mesh | pipeorgan |"), Files.readString(again.resolve("report.md")));
		String before = results.resolve("result.json").toString();
		out.reset();
		assertEquals(0, run("diff", before, before, "--fail-above", "0%"));
		assertEquals("no difference\n", out.toString());
		assertEquals(0, run("run", file(GOOD.replace("8 x 8", "4 x 4")), "-o", folder.resolve("slow").toString(), "--threads", "1"), err::toString);
		String after = folder.resolve("slow").resolve("result.json").toString();
		assertEquals(0, run("diff", before, after));
		assertEquals(1, run("diff", before, after, "--fail-above", "2%"));
		assertTrue(err.toString().contains("T on A with mesh: pipeorgan: error: latency_cycles went from "), err::toString);
		assertEquals(0, run("diff", after, before, "--fail-above", "2%"), "faster is no regression");
		assertEquals(2, run("diff", before, after, "--fail-above", "two"));
		Path broken = Files.writeString(folder.resolve("broken.json"), Files.readString(Path.of(before)).replaceFirst("\"latency_cycles\": \\d+", "\"latency_cycles\": \"many\""));
		assertEquals(1, run("diff", before, broken.toString()));
		assertTrue(err.toString().contains(broken + ": error: runs[0].latency_cycles is not a whole number; take a result.json"), err::toString);
	}
}
