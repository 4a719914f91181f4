package org.pipeorgan.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.dsl.cli.Main;

/** The command line as a process of its own, as on a terminal. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TerminalTest {
	private static final int COLUMNS = 90;
	private static final String LONG = """
			import library.xrbench.*
			accelerator A {
			  clock 1 GHz
			  array 32 x 32 { macs 8 per cycle  registers 512 B }
			  buffer 1 MiB at 256 B/cycle
			  memory 64 GB/s
			}
			study search {
			  map structured.ES_RITNet on A with mesh, amp
			  policies optimal, pipeorgan
			  write json
			}
			""";
	private static final String SHORT = """
			workload T { input i [C 8, H 16, W 16]  a = conv(i) K 8 R 3 S 3 pad 1 }
			accelerator A { clock 1 GHz  array 8 x 8 { registers 256 B }  buffer 64 KiB at 64 B/cycle  memory 8 GB/s }
			study search { map T on A with mesh  policies layer_by_layer  write json }
			""";
	@TempDir
	private Path folder;

	@BeforeAll
	static void assumeAClassPath() {
		assumeTrue(System.getProperty("osgi.framework") == null, "bundles have no class path to start a process with");
	}

	private Process start(String text) throws IOException {
		Path file = Files.writeString(folder.resolve("f.pog"), text);
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		return new ProcessBuilder(java.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dpipeorgan.terminal=" + COLUMNS, "-cp", System.getProperty("java.class.path"), Main.class.getName(), "run",
				file.toString(), "-o", folder.resolve("results").toString(), "--threads", "1").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
	}

	@Test
	void aStoppedRunSaysSoAndLeavesNothing() throws Exception {
		Process process = start(LONG);
		InputStream err = process.getErrorStream();
		StringBuilder text = new StringBuilder();
		for (int c = err.read(); c >= 0 && text.indexOf("search of") < 0; c = err.read()) {
			text.append((char) c);
		}
		// the process itself would close its streams too
		process.toHandle().destroy();
		text.append(new String(err.readAllBytes(), StandardCharsets.UTF_8));
		assertEquals(128 + 15, process.waitFor(), text::toString);
		assertTrue(text.toString().endsWith("\npipeorgan: stopped; nothing was written\n"), text::toString);
		assertTrue(Arrays.stream(text.toString().split("[\r\n]+")).filter(line -> line.startsWith("search ")).allMatch(line -> line.length() < COLUMNS), text::toString);
		assertFalse(Files.exists(folder.resolve("results")));
	}

	@Test
	void theBarIsGoneAtTheEnd() throws Exception {
		Process process = start(SHORT);
		String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), text);
		assertTrue(text.contains("1/1 runs"), text);
		assertTrue(text.endsWith("\r" + " ".repeat(COLUMNS - 1) + "\r"), text);
	}
}
