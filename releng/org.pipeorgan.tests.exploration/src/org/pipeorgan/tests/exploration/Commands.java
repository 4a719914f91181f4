package org.pipeorgan.tests.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.pipeorgan.dsl.cli.Console;
import org.pipeorgan.dsl.cli.Main;

/** The command line, in this process and in processes of its own. */
final class Commands {
	/** A small network on a small array. */
	static final String DESIGN = """
			workload Tiny {
			  input image [C 3, H 16, W 16]
			  conv1 = conv(image) K 8 R 3 S 3 pad 1
			  conv2 = conv(conv1) K 8 R 3 S 3 pad 1
			}

			accelerator A {
			  clock 1 GHz
			  array 4 x 4 {
			    registers 128 B
			  }
			  buffer 16 KiB at 32 B/cycle
			  memory 4 GB/s
			}

			""";

	static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private Commands() {
	}

	/** What a command ended with and printed. */
	record Result(int code, String out, String err) {
	}

	static Result run(Object... arguments) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		PrintStream results = new PrintStream(out, true, StandardCharsets.UTF_8);
		int code = Main.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new), new Console(results, new PrintStream(err, true, StandardCharsets.UTF_8), 0));
		results.flush();
		return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	/** A file with a study that maps the design by the policy {@code tangram}. */
	static Path study(Path folder, String sections) throws IOException {
		return Files.writeString(folder.resolve("study.pog"), DESIGN + "study s {\n  map Tiny on A with mesh\n  policies tangram\n" + sections + "\n}\n");
	}

	/** A process that runs a command; its streams go into files of the folder. */
	static Process start(Path folder, List<String> options, List<String> classPath, Object... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
		command.addAll(options);
		command.addAll(List.of("-cp", String.join(System.getProperty("path.separator"), classPath), Main.class.getName()));
		Stream.of(arguments).map(Object::toString).forEach(command::add);
		return new ProcessBuilder(command).redirectOutput(folder.resolve("out.txt").toFile()).redirectError(folder.resolve("err.txt").toFile()).start();
	}

	/** Points that a reader sees; none while the store is being made. */
	static long stored(Path out) {
		if (!Files.exists(out.resolve("points.sqlite"))) {
			return 0;
		}
		try (var connection = DriverManager.getConnection("jdbc:sqlite:" + out.resolve("points.sqlite")); var rows = connection.createStatement().executeQuery("SELECT count(*) FROM points")) {
			return rows.next() ? rows.getLong(1) : 0;
		} catch (SQLException e) {
			return 0;
		}
	}

	/** A sweep has the points that it has when nothing disturbs it. @param circumstances for the message */
	static void assertAsUndisturbed(Path file, Path out, String circumstances) throws IOException {
		Path undisturbed = file.resolveSibling("undisturbed");
		Result result = run("sweep", file, "-o", undisturbed);
		assertEquals(0, result.code(), result.err());
		assertEquals(Files.readString(undisturbed.resolve("points.csv")), Files.readString(out.resolve("points.csv")), circumstances);
	}

	/** What a file has by now; empty if it is not there. */
	static String text(Path file) {
		try {
			return Files.exists(file) ? Files.readString(file) : "";
		} catch (IOException e) {
			return e.toString();
		}
	}

	static List<String> classPath() {
		return List.of(System.getProperty("java.class.path"));
	}
}
