package org.pipeorgan.tests.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.tests.exploration.Commands.run;
import static org.pipeorgan.tests.exploration.Commands.study;
import static org.pipeorgan.tests.exploration.Commands.text;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.tests.exploration.Commands.Result;

/** What can go wrong with a store, its disk and its points: told in one message, and nothing lost. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FaultTest {
	private static final String SPACE = "  vary array.rows in 1 .. 10\n  vary array.columns in 1 .. 10\n  vary buffer.size in 4 KiB, 16 KiB";
	@TempDir
	private Path folder;
	private Path file;
	private Path out;

	@BeforeEach
	void write() throws IOException {
		file = study(folder, SPACE);
		out = folder.resolve("out");
	}

	private Result sweep(Path output, Object... options) {
		return run(Stream.concat(Stream.of("sweep", file, "-o", output), Stream.of(options)).toArray());
	}

	/** It ended with a message for people behind whatever it printed before. */
	private static void assertTold(Result result, String... texts) {
		assertEquals(2, result.code(), result.err());
		String message = result.err().lines().reduce("", (first, second) -> second);
		assertTrue(message.startsWith("pipeorgan: ") && Stream.of(texts).allMatch(message::contains), result.err());
	}

	private static void execute(Path store, String sql) throws java.sql.SQLException {
		try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + store.resolve("points.sqlite")); var statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Test
	void aFullDiskKeepsWhatIsStored() throws Exception {
		try (Disk disk = Disk.mount(folder, "size=240k")) {
			out = disk.path().resolve("out");
			assertTold(sweep(out), "no room left to write the store", "--resume");
			assertFalse(Files.exists(out.resolve("points.csv")));
			disk.remount("size=4m");
			assertEquals(0, sweep(out, "--resume").code());
			Commands.assertAsUndisturbed(file, out, "");
		}
	}

	/** The store fits, the table of points does not: no half file appears. */
	@Test
	void outputFilesAppearWholeOrNotAtAll() throws Exception {
		try (Disk disk = Disk.mount(folder, "size=4m")) {
			out = disk.path().resolve("out");
			assertEquals(0, sweep(out).code());
			String points = Files.readString(out.resolve("points.csv"));
			try (RandomAccessFile filler = new RandomAccessFile(disk.path().resolve("filler").toFile(), "rw")) {
				long room = Files.getFileStore(disk.path()).getUsableSpace() - 40_000;
				filler.write(new byte[(int) room]);
			}
			study(folder, SPACE + "\n  minimize latency, array.pes");
			assertTold(sweep(out, "--resume"), "cannot write", "room on its disk");
			assertEquals(points, Files.readString(out.resolve("points.csv")));
			try (Stream<Path> files = Files.list(out)) {
				assertTrue(files.noneMatch(each -> each.toString().endsWith(".part")));
			}
		}
	}

	@Test
	void aReadOnlyFolderIsRefusedBeforeAnythingIsComputed() throws Exception {
		try (Disk disk = Disk.mount(folder, "size=1m,ro")) {
			Result refused = sweep(disk.path().resolve("out"));
			assertTold(refused, "is read-only; choose another folder with -o");
			assertEquals(1, refused.err().lines().count(), refused.err());
		}
	}

	/** A finished sweep on a medium that cannot be written. */
	@Test
	void aReadOnlyStoreIsQueried() throws Exception {
		try (Disk disk = Disk.mount(folder, "size=4m")) {
			out = disk.path().resolve("out");
			sweep(out);
			disk.remount("ro");
			Result rows = run("query", out, "--top", 1);
			assertEquals(0, rows.code(), rows.err());
			assertTrue(rows.out().contains("200 of 200 points"), rows.out());
			assertTold(sweep(out, "--resume"), "read-only");
		}
	}

	@Test
	void aDamagedStoreIsTold() throws IOException {
		sweep(out);
		Path store = out.resolve("points.sqlite");
		byte[] whole = Files.readAllBytes(store);
		byte[] torn = whole.clone();
		for (int i = 8192; i < 20_000; i++) {
			torn[i] = (byte) (i * 31);
		}
		for (byte[] damaged : List.of(torn, new byte[whole.length], Arrays.copyOf(whole, whole.length / 2 + 100), "no database at all, but a text".getBytes())) {
			Files.write(store, damaged);
			for (Result told : List.of(sweep(out, "--resume"), run("query", out))) {
				assertTold(told);
				assertTrue(told.err().contains("points.sqlite is damaged") || told.err().contains("no store of a sweep"), told.err());
				assertEquals(1, told.err().lines().count(), told.err());
			}
		}
		assertTrue(Files.exists(store), "what may be saved is left alone");
	}

	@Test
	void aStoreOfALaterFormatIsRefused() throws Exception {
		sweep(out);
		execute(out, "PRAGMA user_version = 99");
		assertTold(run("query", out), "has version 99 of the format");
		assertTold(run("query", folder), "there is no store");
	}

	/** A store whose numbers another model made. */
	@Test
	void numbersOfAnotherModelAreNotMixed() throws Exception {
		sweep(out);
		execute(out, "UPDATE points SET latency_cycles = latency_cycles + 1");
		assertTold(sweep(out, "--resume"), "made by another version of the cost model");
	}

	@Test
	void twoProcessesDoNotWriteOneStore() throws Exception {
		study(folder, SPACE.replace("1 .. 10", "1 .. 200"));
		Process first = Commands.start(folder, List.of(), Commands.classPath(), "sweep", file, "-o", out, "--threads", 1);
		try {
			while (Commands.stored(out) == 0) {
				assertTrue(first.isAlive(), () -> text(folder.resolve("err.txt")));
				Thread.sleep(50);
			}
			assertTold(sweep(out, "--resume"), "is in use by process " + first.pid());
			// a query meanwhile sees what is there
			assertTrue(run("query", out, "--top", 1).out().contains(" points"));
			// as Ctrl-C
			first.destroy();
			assertEquals(143, first.waitFor());
			assertTrue(text(folder.resolve("err.txt")).contains("points are stored; continue with --resume"), text(folder.resolve("err.txt")));
			assertFalse(Files.exists(out.resolve("points.sqlite-wal")), "closed cleanly");
		} finally {
			first.destroyForcibly();
		}
		assertEquals(0, run("query", out).code());
	}

	/** Points that need more memory than there is fail; the others are unharmed, and with more memory these are evaluated too. */
	@Test
	@Tag("slow")
	void aPointWithoutMemoryFailsAlone() throws Exception {
		study(folder, "  vary interconnect.topology in mesh, flattened_butterfly\n  vary array.rows in 2, 4, 512\n  vary array.columns in 2, 256");
		Process small = Commands.start(folder, List.of("-Xmx40m"), Commands.classPath(), "sweep", file, "-o", out, "--threads", 2);
		assertEquals(3, small.waitFor(), () -> text(folder.resolve("err.txt")));
		assertTrue(text(folder.resolve("err.txt")).contains("try them again with --resume"), text(folder.resolve("err.txt")));
		Result failed = run("query", out, "--where", "status == failed");
		assertTrue(failed.out().contains("out of memory with a heap of"), failed.out());
		assertTrue(run("query", out, "--where", "status == ok and array.rows <= 4 and array.columns == 2").out().contains("4 of 12 points"));
		assertEquals(0, sweep(out, "--resume").code());
		Commands.assertAsUndisturbed(file, out, "");
	}
}
