package org.pipeorgan.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.dsl.cli.Console;
import org.pipeorgan.dsl.cli.Main;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** Model and simulator side by side, as users see them. */
class SimulationTest {
	private static final String STUDY = """
			import library.xrbench.*
			import library.accelerators.*
			study s {
			  map %s on EdgeXR with mesh, amp
			  policies pipeorgan, tangram, layer_by_layer
			  simulate
			  write json
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
	void theModelOfASmallNetworkIsNearTheSimulator() throws IOException {
		deviations("structured.KD_res8_narrow");
	}

	/** The published aim: half of all segments within 2%. */
	@Test
	@Tag("slow")
	void theModelIsNearTheSimulator() throws IOException {
		List<Double> deviations = deviations("structured.KD_res8_narrow, structured.AS_ED_TCN, library.classic.AlexNet");
		Collections.sort(deviations);
		assertTrue(deviations.get((deviations.size() - 1) / 2) <= 0.02, deviations::toString);
	}

	/** How far the simulator is from the model, for each segment of each run; no run as a whole is off by more than 10%. */
	private List<Double> deviations(String networks) throws IOException {
		assertEquals(0, run("run", file(STUDY.formatted(networks)), "-o", folder.toString()), err::toString);
		assertTrue(out.toString().contains("how far the simulator is from the model"), out::toString);
		List<Double> deviations = new ArrayList<>();
		JsonArray runs = JsonParser.parseString(Files.readString(folder.resolve("result.json"))).getAsJsonObject().getAsJsonArray("runs");
		for (JsonElement run : runs) {
			JsonObject simulation = run.getAsJsonObject().getAsJsonObject("simulation");
			JsonArray segments = run.getAsJsonObject().getAsJsonArray("segments");
			JsonArray simulated = simulation.getAsJsonArray("segment_cycles");
			assertEquals(segments.size(), simulated.size());
			long sum = 0;
			for (int i = 0; i < segments.size(); i++) {
				sum += simulated.get(i).getAsLong();
				deviations.add(Math.abs((double) simulated.get(i).getAsLong() / segments.get(i).getAsJsonObject().get("latency_cycles").getAsLong() - 1));
			}
			assertEquals(sum, simulation.get("latency_cycles").getAsLong());
			assertEquals(1, (double) sum / run.getAsJsonObject().get("latency_cycles").getAsLong(), 0.1, run::toString);
		}
		return deviations;
	}

	@Test
	void theCommandSaysWhatItCannotSimulate() throws IOException {
		String shared = """
				interconnect shared_mesh { topology mesh  link 8 B/cycle  hop 1 cycle  shared distribution }
				accelerator A { clock 1 GHz  array 4 x 4 { registers 256 B }  buffer 64 KiB at 64 B/cycle  memory 8 GB/s }
				workload T { input i [C 8, H 16, W 16]  a = conv(i) K 8 R 3 S 3 pad 1 }
				study s { map T on A with mesh, shared_mesh  policies layer_by_layer }
				""";
		assertEquals(0, run("simulate", file(shared), "--segments"), err::toString);
		assertTrue(out.toString().contains("not simulated: interconnect 'shared_mesh' carries what the buffer delivers"), out::toString);
		assertTrue(out.toString().matches("(?s).*mesh +layer_by_layer +[0-9,]+ +[0-9,]+ +[+-][0-9.]+%\n.*"), out::toString);
		assertTrue(out.toString().matches("(?s).*shared_mesh +layer_by_layer +[0-9,]+ +- +-\n.*"), out::toString);
	}

	@Test
	void theCommandPrintsNoEmptyTables() throws IOException {
		String small = """
				accelerator A { clock 1 GHz  array 4 x 4 { registers 16 B }  buffer 16 B at 64 B/cycle  memory 8 GB/s }
				workload T { input i [C 8, H 16, W 16]  a = conv(i) K 8 R 3 S 3 pad 1 }
				study s { map T on A with library.interconnects.mesh  policies library.policies.layer_by_layer }
				""";
		assertEquals(4, run("simulate", file(small)), err::toString);
		assertTrue(err.toString().contains("enlarge the buffer"), err::toString);
		assertEquals("study s: no run is feasible, there is nothing to simulate\n", out.toString());
	}
}
