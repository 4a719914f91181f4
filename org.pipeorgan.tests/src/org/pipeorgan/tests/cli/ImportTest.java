package org.pipeorgan.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.dsl.cli.Console;
import org.pipeorgan.dsl.cli.Main;
import org.pipeorgan.tests.Fuzzing;

class ImportTest {
	@TempDir
	private Path folder;
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private int run(String... arguments) {
		out.reset();
		err.reset();
		return Main.run(arguments, new Console(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), 0));
	}

	private String file(String name, String text) throws IOException {
		return Files.writeString(folder.resolve(name), text).toString();
	}

	/** The imported file is valid and laid out. */
	private String imported(String format, String file, String... options) throws IOException {
		String target = folder.resolve("net.pog").toString();
		String[] arguments = Stream.concat(Stream.of("import", format, file, "-o", target), Arrays.stream(options)).toArray(String[]::new);
		assertEquals(0, run(arguments), err::toString);
		String notes = err.toString();
		assertEquals(0, run("validate", "--severity", "suspicious-value=error", target), err::toString);
		assertEquals("", err.toString());
		assertEquals(0, run("format", "--check", target), () -> out.toString() + read(target));
		err.reset();
		err.writeBytes(notes.getBytes(StandardCharsets.UTF_8));
		return Files.readString(Path.of(target));
	}

	private static String read(String file) {
		try {
			return Files.readString(Path.of(file));
		} catch (IOException e) {
			return e.toString();
		}
	}

	/** Forms that the tool's own files have. */
	@Test
	void maestroKnowsConstantsGroupsProductsAndTransposedConvolutions() throws IOException {
		String text = imported("maestro", file("all.m", """
				Constant Rows 128;
				Network All {
				  Layer A { Type: NGCONV Dimensions { G: 32, K: 4, C: 128, R: 1, S: 1, Y: 8, X: 8 } }
				  Layer B { Type: TRCONV Dimensions { K 16,C 128,R 2,S 2,Y 8,X 8 } }
				  Layer C { Type: GEMM Dimensions { K: 64, M: Rows, N: 10 } }
				}
				"""));
		assertTrue(text.contains("  A = conv(A_in) K 128 R 1 S 1 groups 32\n  B_phases = linear(A) K 64\n  B = reshape(B_phases) [C 16, H 16, W 16]\n"), text);
		assertTrue(text.contains("  input C_in [C 64, H 128, W 1]\n  C = linear(C_in) K 10\n"), text);
	}

	@Test
	void scaleSimTopologies() throws IOException {
		String file = file("net.csv", """
				Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,
				Conv1, 230, 230, 7, 7, 3, 64, 2,
				ConvDP2, 112, 112, 3, 3, 64, 1, 1,
				1x1, 110, 110, 1, 1, 64, 32, 1,
				odd, 9, 9, 3, 3, 5, 8, 1,
				""");
		assertEquals("""
				// 4 layers, imported from net.csv.
				workload net {
				  input Conv1_in [C 3, H 230, W 230]
				  Conv1 = conv(Conv1_in) K 64 R 7 S 7 stride 2
				  ConvDP2 = depthwise(Conv1) R 3 S 3
				  _1x1 = conv(ConvDP2) K 32 R 1 S 1

				  input odd_in [C 5, H 9, W 9]
				  odd = conv(odd_in) K 8 R 3 S 3
				}
				""", imported("scalesim", file));
		assertTrue(err.toString().contains("1 of 3 pairs of neighbours share no tensor"), err::toString);
	}

	@Test
	void scaleSimProducts() throws IOException {
		String file = file("gemm.csv", "Layer, M, N, K,\nfc1, 128, 64, 32,\nfc2, 128, 10, 64,\n");
		assertTrue(imported("scalesim", file, "--name", "Mlp").endsWith("""
				workload Mlp {
				  input fc1_in [C 32, H 128, W 1]
				  fc1 = linear(fc1_in) K 64
				  fc2 = linear(fc1) K 10
				}
				"""));
	}

	@Test
	void maestroNetworks() throws IOException {
		String file = file("net.m", """
				// a network
				Network small {
				  Layer CONV1 {
				    Type: CONV
				    Stride { X: 2, Y: 2 }
				    Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 32, X: 32 }
				    Dataflow { TemporalMap(1,1) K; SpatialMap(Sz(R),1) Y; Cluster(Sz(R), P); TemporalMap(1,1) C; }
				  }
				  Layer DW2 { Type: DSCONV Stride { X: 1, Y: 1 } Dimensions { K: 1, C: 8, R: 3, S: 3, Y: 16, X: 16 } }
				  Layer FC3 { Type: FC Dimensions: { N: 1, K: 10, C: 8, R: 16, S: 16, Y: 16, X: 16 } }
				}
				Accelerator A { PE { NumPEs: 4; } }
				""");
		String text = imported("maestro", file, "--pad", "same");
		assertTrue(text.contains("CONV1 = conv(CONV1_in) K 8 R 3 S 3 stride 2 pad same\n  DW2 = depthwise(CONV1) R 3 S 3 pad same\n"), text);
		assertTrue(err.toString().contains("note: Dataflow of 1 layer is not imported"), err::toString);
		imported("maestro", file);
		assertTrue(err.toString().contains("2 of 2 pairs of neighbours share no tensor, for their shapes differ; with --pad same 0 would"), err::toString);
	}

	@Test
	void whatCannotBeImportedIsNamed() throws IOException {
		String layer = " { Type: %s Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 8, X: 8 } }\n";
		assertEquals(1, run("import", "maestro", file("l.m", "Network n {\nLayer a" + layer.formatted("CONV") + "Layer b" + layer.formatted("LSTM") + "Layer c" + layer.formatted("RESIDUAL") + "Layer d"
				+ layer.formatted("LSTM") + "}\n")));
		assertTrue(err.toString().contains("l.m:3:1: error: layers of these types cannot be imported: LSTM (2), RESIDUAL (1)"), err::toString);
		assertEquals(1, run("import", "scalesim", file("a.csv", "h\nconv, 8, 8, 3, 3, 1, 4\n")));
		assertTrue(err.toString().contains("a.csv:2:1: error: layer 'conv' has 7 fields; a convolution has 8"), err::toString);
		assertEquals(1, run("import", "scalesim", file("b.csv", "h\nconv, 2, 2, 3, 3, 1, 4, 1,\n")));
		assertTrue(err.toString().contains("filter of 3 x 3 and an input of only 2 x 2; import with --pad same"), err::toString);
		assertEquals(1, run("import", "maestro", file("e.m", "Network n { Layer a { Type: CONV")));
		assertTrue(err.toString().contains("a closing brace is missing"), err::toString);
		assertEquals(2, run("import", "maestro", folder.resolve("none.m").toString()));
	}

	@Test
	void brokenFilesBringNothingDown() throws IOException {
		String maestro = "Network n {\nLayer a { Type: CONV Stride { X: 2, Y: 2 } Dimensions { K: 8, C: 3, R: 3, S: 3, Y: 8, X: 8 } Dataflow { TemporalMap(1,1) K; } } }\n";
		String csv = "Layer, h, w,\na, 8, 8, 3, 3, 1, 4, 1,\n\"b, 8, 8, 3, 3, 1, 4, 1,\nc, 1, 2, 3,\n";
		var random = new Random(Fuzzing.SEED);
		for (int i = 0; i < Fuzzing.count(400); i++) {
			StringBuilder text = new StringBuilder(i % 2 == 0 ? maestro : csv);
			for (int k = random.nextInt(4); k >= 0; k--) {
				int at = random.nextInt(text.length());
				text.replace(at, Math.min(text.length(), at + random.nextInt(6)), List.of("", "{", "}", ",", "\"", "\u0000", "99999999999999999999", "-1", "0").get(random.nextInt(9)));
			}
			int code = run("import", i % 2 == 0 ? "maestro" : "scalesim", file("f.txt", text.toString()));
			assertTrue(code == 0 || code == 1 && err.toString().contains("error: "), () -> text + "\n" + err);
		}
	}
}
