package org.pipeorgan.tests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipeorgan.engine.export.SimulatorFormat;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.search.MappedRun;
import org.pipeorgan.engine.search.Objective;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.PolicyKind;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.Study;
import org.pipeorgan.engine.search.StudyRunner;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/**
 * What is written for other simulators says the workload that it was written for. That the tools read it was tried with
 * the tools themselves; these tests read the files as the tools' manuals say.
 */
class SimulatorFormatTest {
	private static final Map<String, Long> MACS = new TreeMap<>();

	/** Extents that nothing divides, strides that differ, groups, dilation, heads, and names that tools trip over. */
	private static Workload workload() {
		Workload workload = new WorkloadBuilder("Odd net", "", 8).input("image", new TensorShape(2, 7, 23, 29), 0)
				.convolution("c-1", "image", 13, Window.of(5, 3).stride(2, 3).pad(1, 1, 1, 1), 1, 0)
				.convolution("c.1", "c-1", 26, Window.of(3, 3).pad(1, 1, 1, 1), 13, 0).depthwise("DP", "c.1", Window.of(3, 3).stride(2, 2).pad(1, 1, 1, 1), 0)
				.convolution("dilated", "DP", 10, Window.of(3, 3).dilation(2, 2).pad(2, 2, 2, 2), 1, 0)
				.convolution("1x1", "dilated", 6, Window.of(1, 1), 1, 0).reshape("rows", "1x1", new TensorShape(2, 6, 30, 1)).linear("q", "rows", 12, 0)
				.matmul("qk", "q", "q", true, 3, 0).softmax("p", "qk", WorkloadBuilder.NormalizedAxis.CHANNELS, 3, 0).matmul("o", "p", "q", false, 3, 0).build();
		workload.operators().forEach(operator -> MACS.put(operator.name(), operator.macs()));
		return workload;
	}

	private static Map<String, String> files(SimulatorFormat format, Interconnect interconnect, PolicyKind kind) {
		Accelerator accelerator = new Accelerator("A", Rational.of(1_000_000_000), 4, 5, 3, 300, 8, 4, 60_000, Rational.of(64), new Rational(25, 2), Energies.DEFAULT);
		Study study = new Study("s", List.of(new Study.Target(workload(), accelerator, interconnect)), List.of(Policy.of(kind)), null, null, Objective.LATENCY);
		Map<String, String> files = new TreeMap<>();
		SimulatorFormat.files(List.of(format), MappedRun.all(study, StudyRunner.run(study, 1, Progress.NONE)))
				.forEach((path, text) -> files.put(path.substring(path.indexOf('/', path.indexOf('/') + 1) + 1), text));
		return files;
	}

	private static Map<String, String> files(SimulatorFormat format) {
		return files(format, Inputs.interconnect(Topology.MESH, 0), PolicyKind.PIPEORGAN);
	}

	/** Fields of the rows of operators.csv, by the tool's name. */
	private static Map<String, String[]> operators(Map<String, String> files) {
		Map<String, String[]> rows = new HashMap<>();
		files.get("operators.csv").lines().skip(1).map(line -> line.split(",")).forEach(row -> rows.put(row[0], row));
		assertEquals(MACS.entrySet().stream().filter(e -> e.getValue() > 0).map(Map.Entry::getKey).sorted().toList(),
				rows.values().stream().map(row -> row[1].replace("\"", "")).sorted().toList(), "every operator that multiplies, once");
		return rows;
	}

	@ParameterizedTest
	@EnumSource(SimulatorFormat.class)
	void isWrittenTheSameInEveryLocaleWithoutExponentsAndWithAReadme(SimulatorFormat format) {
		Map<String, String> here = files(format);
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
			assertEquals(here, files(format));
		} finally {
			Locale.setDefault(before);
		}
		assertTrue(here.get("README.md").contains("## Lost in translation\n- "), here.get("README.md"));
		here.forEach((file, text) -> assertTrue(file.endsWith(".md") || text.lines().filter(line -> !line.startsWith("#")).noneMatch(line -> line.matches(".*\\d[eE][-+]?\\d.*")), file));
		here.keySet().forEach(file -> assertTrue(file.matches("[A-Za-z0-9_./-]+"), file));
	}

	@ParameterizedTest
	@EnumSource(value = PolicyKind.class, names = { "PIPEORGAN", "SIMBA", "LAYER_BY_LAYER" })
	void timeloopGetsFactorsThatMakeTheExtentsAndTilesThatFit(PolicyKind kind) {
		Map<String, String> files = files(SimulatorFormat.TIMELOOP, Inputs.interconnect(Topology.MESH, 0), kind);
		operators(files).forEach((name, row) -> {
			for (String style : List.of("hyphens", "underscores", "v0.4")) {
				String text = files.get(style + "/" + name + ".yaml");
				Matcher instance = Pattern.compile("instance: \\{(.*)}").matcher(text);
				assertTrue(instance.find());
				Map<String, Long> extents = new HashMap<>();
				Arrays.stream(instance.group(1).split(", ")).forEach(entry -> extents.put(entry.split(": ")[0], Long.valueOf(entry.split(": ")[1])));
				long macs = Stream.of("N", "G", "K", "C", "P", "Q", "R", "S").mapToLong(extents::get).reduce(1, Math::multiplyExact);
				assertTrue(macs == Long.parseLong(row[4]) || style.equals("v0.4") && macs > Long.parseLong(row[4]), name);
				assertTrue(!style.equals("v0.4") || !text.matches("(?s).*=\\d+,\\d.*"), text);
				for (String rank : List.of("N", "G", "K", "C", "P", "Q", "R", "S")) {
					// outermost level first: the tool's own check of factors with remainders
					long covered = 0;
					Matcher factor = Pattern.compile("\\b" + rank + "=(\\d+)(?:,(\\d+))?").matcher(text);
					while (factor.find()) {
						long bound = Long.parseLong(factor.group(1));
						covered = covered * bound + (factor.group(2) == null ? bound : Long.parseLong(factor.group(2))) - 1;
					}
					assertEquals(extents.get(rank), covered + 1, () -> name + " " + rank + "\n" + text);
				}
			}
			assertTrue(Long.parseLong(row[5]) >= Long.parseLong(row[4]));
		});
		assertTrue(files.get("hyphens/architecture.yaml").contains("word-bits: 8") && files.get("hyphens/architecture.yaml").contains("shared_bandwidth: 12.5\n"));
		assertTrue(files.get("underscores/architecture.yaml").contains("word_bits: 8"));
	}

	@Test
	void scaleSimGetsRowsWithTheirMacsAndACommaAtTheEnd() {
		Map<String, String> files = files(SimulatorFormat.SCALESIM);
		Map<String, String[]> operators = operators(files);
		List<String> seen = new ArrayList<>();
		files.forEach((file, text) -> {
			if (file.matches("\\w+\\.csv") && !file.equals("operators.csv")) {
				text.lines().skip(1).forEach(line -> {
					assertTrue(line.endsWith(",") && !line.contains("DP"), line);
					String[] cells = line.split(",");
					long[] n = Arrays.stream(cells).skip(1).mapToLong(Long::parseLong).toArray();
					long macs = file.endsWith("_gemm.csv") ? n[0] * n[1] * n[2]
							: Math.ceilDiv(n[0] - n[2] + n[6], n[6]) * Math.ceilDiv(n[1] - n[3] + n[6], n[6]) * n[2] * n[3] * n[4] * n[5];
					String[] operator = operators.get(cells[0]);
					assertEquals(Long.parseLong(operator[4]), macs * Long.parseLong(operator[3]), line);
					seen.add(cells[0]);
				});
			}
		});
		assertEquals(operators.keySet().stream().sorted().toList(), seen.stream().sorted().toList());
	}

	@Test
	void maestroGetsLayersWithTheirMacsAndNoMorePesThanThereAre() {
		Map<String, String> files = files(SimulatorFormat.MAESTRO);
		Map<String, String[]> operators = operators(files);
		Matcher layer = Pattern.compile("Layer (\\w+) \\{\nType: (\\w+)\nStride \\{ X: (\\d+), Y: (\\d+) }\nDimensions \\{ K: (\\d+), C: (\\d+), R: (\\d+), S: (\\d+), Y: (\\d+), X: (\\d+) }"
				+ "([^}]*)").matcher(files.get("network.m"));
		int layers = 0;
		for (; layer.find(); layers++) {
			long[] n = new long[11];
			for (int i = 3; i <= 10; i++) {
				n[i] = Long.parseLong(layer.group(i));
			}
			long macs = n[5] * n[6] * n[7] * n[8] * ((n[9] - n[7]) / n[4] + 1) * ((n[10] - n[8]) / n[3] + 1);
			String[] operator = operators.get(layer.group(1));
			assertEquals(Long.parseLong(operator[4]), macs * Long.parseLong(operator[3]), layer.group());
			Matcher cluster = Pattern.compile("Cluster\\((\\d+), P\\)").matcher(layer.group(11));
			assertTrue(!cluster.find() || Long.parseLong(cluster.group(1)) <= 20, layer.group());
		}
		assertEquals(operators.size(), layers);
	}

	@Test
	void stonneGetsFlagsWithTheirMacsAndTilesThatFit() {
		Map<String, String> files = files(SimulatorFormat.STONNE);
		Map<String, String[]> operators = operators(files);
		List<String> commands = files.get("run.sh").lines().filter(line -> line.startsWith("\"$STONNE\"")).toList();
		assertEquals(operators.size(), commands.size());
		for (String command : commands) {
			Map<String, String> flags = new HashMap<>();
			Arrays.stream(command.split(" ")).filter(word -> word.contains("=")).forEach(word -> flags.put(word.substring(1, word.indexOf('=')), word.substring(word.indexOf('=') + 1)));
			long tile = flags.entrySet().stream().filter(e -> e.getKey().startsWith("T_")).mapToLong(e -> Long.parseLong(e.getValue())).reduce(1, Math::multiplyExact);
			assertTrue(tile <= 64 && flags.get("num_ms").equals("64"), command);
			long macs;
			if (command.contains("-CONV")) {
				long stride = Long.parseLong(flags.get("strides"));
				long filter = Long.parseLong(flags.get("R")) * Long.parseLong(flags.get("S"));
				long pixels = ((Long.parseLong(flags.get("X")) - Long.parseLong(flags.get("R"))) / stride + 1) * ((Long.parseLong(flags.get("Y")) - Long.parseLong(flags.get("S"))) / stride + 1);
				macs = Long.parseLong(flags.get("N")) * pixels * filter * Long.parseLong(flags.get("C")) * Long.parseLong(flags.get("K")) / Long.parseLong(flags.get("G"));
			} else {
				macs = Long.parseLong(flags.get("M")) * Long.parseLong(flags.get("N")) * Long.parseLong(flags.get("K"));
			}
			String[] operator = operators.get(flags.get("layer_name"));
			assertEquals(Long.parseLong(operator[4]), macs * Long.parseLong(operator[3]), command);
		}
	}

	@Test
	void shortestPathsOfTheEmittedMeshAreTheHopsThatAreExpected() {
		Map<String, String> files = files(SimulatorFormat.BOOKSIM);
		Map<Integer, List<Integer>> neighbours = new HashMap<>();
		files.get("network.txt").lines().forEach(line -> {
			String[] words = line.split(" ");
			assertEquals(words[1], words[3], "one node a router, of the same number");
			for (int i = 4; i < words.length; i += 3) {
				assertEquals("router", words[i]);
				neighbours.computeIfAbsent(Integer.valueOf(words[1]), n -> new ArrayList<>()).add(Integer.valueOf(words[i + 1]));
			}
		});
		long hops = 0;
		for (int source : neighbours.keySet()) {
			Map<Integer, Integer> distance = new HashMap<>(Map.of(source, 0));
			Deque<Integer> next = new ArrayDeque<>(List.of(source));
			while (!next.isEmpty()) {
				int at = next.poll();
				for (int to : neighbours.get(at)) {
					if (distance.putIfAbsent(to, distance.get(at) + 1) == null) {
						next.add(to);
					}
				}
			}
			hops += distance.values().stream().mapToInt(i -> i).sum();
		}
		double expected = Double.parseDouble(files.get("expected.csv").lines().skip(1).findFirst().orElseThrow().split(",")[1]);
		assertEquals(hops / 400.0, expected, 1e-9);
	}

	@Test
	void theTraceHasTheTrafficThatTheRunReports() {
		Interconnect unicast = Inputs.interconnect(Topology.MESH, 0).withoutMulticast();
		Map<String, String> files = files(SimulatorFormat.TRACE, unicast, PolicyKind.TANGRAM_PAIRED);
		long byteHops = 0;
		long transfers = 0;
		for (Map.Entry<String, String> file : files.entrySet()) {
			if (file.getKey().startsWith("segment-")) {
				for (String line : file.getValue().lines().skip(1).toList()) {
					String[] cells = line.split(",");
					int source = Integer.parseInt(cells[0]);
					for (String run : cells[1].split(" ")) {
						String[] ends = run.split("-");
						for (int to = Integer.parseInt(ends[0]); to <= Integer.parseInt(ends[ends.length - 1]); to++, transfers++) {
							byteHops += Long.parseLong(cells[2]) * (Math.abs(source / 5 - to / 5) + Math.abs(source % 5 - to % 5));
						}
					}
				}
			}
		}
		Study study = new Study("s", List.of(new Study.Target(workload(), new Accelerator("A", Rational.of(1_000_000_000), 4, 5, 3, 300, 8, 4, 60_000, Rational.of(64), new Rational(25, 2),
				Energies.DEFAULT), unicast)), List.of(Policy.of(PolicyKind.TANGRAM_PAIRED)), null, null, Objective.LATENCY);
		long reported = StudyRunner.run(study, 1, Progress.NONE).runs().get(0).nocByteHops();
		assertTrue(transfers > 0, "there is something on the network");
		assertEquals(reported, byteHops);
		assertEquals(2 * (4 * 4 + 5 * 3), files.get("links.csv").lines().count() - 1);
	}

	@Test
	void noximAndGarnetGetTheTrafficMatrixOfTheTrace() {
		Interconnect unicast = Inputs.interconnect(Topology.MESH, 0).withoutMulticast();
		Map<String, String> garnet = files(SimulatorFormat.GARNET, unicast, PolicyKind.TANGRAM_PAIRED);
		Map<String, String> noxim = files(SimulatorFormat.NOXIM, unicast, PolicyKind.TANGRAM_PAIRED);
		List<String[]> matrix = garnet.get("traffic.csv").lines().skip(1).map(line -> line.split(",")).toList();
		long lines = noxim.entrySet().stream().filter(file -> file.getKey().endsWith(".txt")).flatMap(file -> file.getValue().lines()).filter(line -> !line.startsWith("%")).count();
		assertEquals(matrix.size(), lines);
		assertTrue(lines > 0);
		// a packet of Noxim has three flits, one of Garnet has one
		double packets = matrix.stream().mapToDouble(row -> Double.parseDouble(row[4])).sum();
		double rates = noxim.entrySet().stream().filter(file -> file.getKey().endsWith(".txt")).flatMap(file -> file.getValue().lines()).filter(line -> !line.startsWith("%"))
				.mapToDouble(line -> Double.parseDouble(line.split(" ")[2])).sum();
		assertEquals(packets / 3, rates, packets * 1e-6);
	}
}
