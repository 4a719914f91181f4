package org.pipeorgan.tests.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.pipeorgan.tests.exploration.Commands.run;
import static org.pipeorgan.tests.exploration.Commands.study;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with a store, its disk and its points: told in one message, and nothing lost. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FaultTest {
	private static final String SPACE = "  vary array.rows in 1 .. 10\n  vary array.columns in 1 .. 10\n  vary buffer.size in 4 KiB, 16 KiB";
	@TempDir
	private Path folder;

	private static boolean command(String... words) throws IOException, InterruptedException {
		return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
	}

	/** A file system of its own; skips the test where this user may not mount one. */
	private Path mount(String options) throws IOException, InterruptedException {
		Path disk = Files.createDirectory(folder.resolve("disk"));
		boolean mounted = false;
		try {
			mounted = command("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString());
		} catch (IOException e) {
			// no such command
		}
		assumeTrue(mounted, "this user may not mount a file system");
		return disk;
	}

	@Test
	void aFullDiskKeepsWhatIsStored() throws Exception {
		Path file = study(folder, SPACE);
		Path disk = mount("size=240k");
		try {
			Commands.Result full = run("sweep", file, "-o", disk.resolve("out"));
			assertEquals(2, full.code());
			assertTrue(full.err().contains("no room left to write the store") && full.err().contains("--resume"), full.err());
			assertFalse(full.err().contains("\tat "), full.err());
			assertFalse(Files.exists(disk.resolve("out/points.csv")));
			assertTrue(command("mount", "-o", "remount,size=4m", disk.toString()));
			Commands.Result more = run("sweep", file, "-o", disk.resolve("out"), "--resume");
			assertEquals(0, more.code(), more.err());
			run("sweep", file, "-o", folder.resolve("undisturbed"));
			assertEquals(Files.readString(folder.resolve("undisturbed/points.csv")), Files.readString(disk.resolve("out/points.csv")));
		} finally {
			command("umount", disk.toString());
		}
	}

	/** The store fits, the table of points does not: no half file appears. */
	@Test
	void outputFilesAppearWholeOrNotAtAll() throws Exception {
		Path file = study(folder, SPACE);
		Path disk = mount("size=4m");
		try {
			assertEquals(0, run("sweep", file, "-o", disk.resolve("out")).code());
			byte[] points = Files.readAllBytes(disk.resolve("out/points.csv"));
			try (RandomAccessFile filler = new RandomAccessFile(disk.resolve("filler").toFile(), "rw")) {
				long room = Files.getFileStore(disk).getUsableSpace() - 40_000;
				filler.write(new byte[(int) room]);
			}
			study(folder, SPACE + "\n  minimize latency, array.pes");
			Commands.Result full = run("sweep", file, "-o", disk.resolve("out"), "--resume");
			assertEquals(2, full.code());
			assertTrue(full.err().contains("cannot write") && full.err().contains("room on its disk"), full.err());
			assertEquals(new String(points), Files.readString(disk.resolve("out/points.csv")));
			try (Stream<Path> files = Files.list(disk.resolve("out"))) {
				assertTrue(files.noneMatch(each -> each.toString().endsWith(".part")));
			}
		} finally {
			command("umount", disk.toString());
		}
	}

	@Test
	void aReadOnlyFolderIsRefusedBeforeAnythingIsComputed() throws Exception {
		Path file = study(folder, SPACE);
		Path disk = mount("size=1m,ro");
		try {
			Commands.Result refused = run("sweep", file, "-o", disk.resolve("out"));
			assertEquals(2, refused.code());
			assertTrue(refused.err().contains("is read-only; choose another folder with -o"), refused.err());
		} finally {
			command("umount", disk.toString());
		}
	}

	/** A finished sweep on a medium that cannot be written. */
	@Test
	void aReadOnlyStoreIsQueried() throws Exception {
		Path file = study(folder, SPACE);
		Path disk = mount("size=4m");
		try {
			run("sweep", file, "-o", disk.resolve("out"));
			assertTrue(command("mount", "-o", "remount,ro", disk.toString()));
			Commands.Result rows = run("query", disk.resolve("out"), "--top", 1);
			assertEquals(0, rows.code(), rows.err());
			assertTrue(rows.out().contains("200 of 200 points"), rows.out());
			Commands.Result refused = run("sweep", file, "-o", disk.resolve("out"), "--resume");
			assertEquals(2, refused.code());
			assertTrue(refused.err().contains("read-only"), refused.err());
		} finally {
			command("umount", disk.toString());
		}
	}

	@Test
	void aDamagedStoreIsTold() throws IOException {
		Path file = study(folder, SPACE);
		Path out = folder.resolve("out");
		run("sweep", file, "-o", out);
		Path store = out.resolve("points.sqlite");
		byte[] whole = Files.readAllBytes(store);
		byte[] torn = whole.clone();
		for (int i = 8192; i < 20_000; i++) {
			torn[i] = (byte) (i * 31);
		}
		for (byte[] damaged : List.of(torn, new byte[whole.length], java.util.Arrays.copyOf(whole, whole.length / 2 + 100), "no database at all, but a text".getBytes())) {
			Files.write(store, damaged);
			for (Commands.Result told : List.of(run("sweep", file, "-o", out, "--resume"), run("query", out))) {
				assertEquals(2, told.code());
				assertTrue(told.err().contains("points.sqlite is damaged") || told.err().contains("no store of a sweep"), told.err());
				assertEquals(1, told.err().lines().count(), told.err());
			}
		}
		assertTrue(Files.exists(store), "what may be saved is left alone");
	}

	@Test
	void aStoreOfALaterFormatIsRefused() throws Exception {
		Path out = folder.resolve("out");
		run("sweep", study(folder, SPACE), "-o", out);
		try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + out.resolve("points.sqlite")); var statement = connection.createStatement()) {
			statement.execute("PRAGMA user_version = 99");
		}
		assertTrue(run("query", out).err().contains("has version 99 of the format"));
		assertTrue(run("query", folder).err().contains("there is no store"));
	}

	/** A store whose numbers another model made. */
	@Test
	void numbersOfAnotherModelAreNotMixed() throws Exception {
		Path out = folder.resolve("out");
		Path file = study(folder, SPACE);
		run("sweep", file, "-o", out);
		try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + out.resolve("points.sqlite")); var statement = connection.createStatement()) {
			statement.execute("UPDATE points SET latency_cycles = latency_cycles + 1");
		}
		assertTrue(run("sweep", file, "-o", out, "--resume").err().contains("made by another version of the cost model"));
	}

	@Test
	void twoProcessesDoNotWriteOneStore() throws Exception {
		Path file = study(folder, SPACE.replace("1 .. 10", "1 .. 200"));
		Path out = folder.resolve("out");
		Process first = Commands.start(folder, List.of(), Commands.classPath(), "sweep", file, "-o", out, "--threads", 1);
		try {
			while (!Files.exists(out.resolve("points.sqlite")) || run("query", out).code() != 0) {
				assertTrue(first.isAlive(), () -> text("err.txt"));
				Thread.sleep(50);
			}
			Commands.Result second = run("sweep", file, "-o", out, "--resume");
			assertEquals(2, second.code());
			assertTrue(second.err().contains("is in use by process " + first.pid()), second.err());
			// a query meanwhile sees what is there
			assertTrue(run("query", out, "--top", 1).out().contains(" points"));
			// as Ctrl-C
			first.destroy();
			assertEquals(143, first.waitFor());
			assertTrue(text("err.txt").contains("points are stored; continue with --resume"), text("err.txt"));
			assertFalse(Files.exists(out.resolve("points.sqlite-wal")), "closed cleanly");
		} finally {
			first.destroyForcibly();
		}
		assertEquals(0, run("query", out).code());
	}

	private String text(String name) {
		try {
			return Files.readString(folder.resolve(name));
		} catch (IOException e) {
			return "";
		}
	}

	/** Points that need more memory than there is fail; the others are unharmed, and with more memory these are evaluated too. */
	@Test
	@Tag("slow")
	void aPointWithoutMemoryFailsAlone() throws Exception {
		Path file = study(folder, "  vary interconnect.topology in mesh, flattened_butterfly\n  vary array.rows in 2, 4, 512\n  vary array.columns in 2, 256");
		Path out = folder.resolve("out");
		Process small = Commands.start(folder, List.of("-Xmx40m"), Commands.classPath(), "sweep", file, "-o", out, "--threads", 2);
		assertEquals(3, small.waitFor(), () -> text("err.txt"));
		assertTrue(text("err.txt").contains("try them again with --resume"), text("err.txt"));
		Commands.Result failed = run("query", out, "--where", "status == failed");
		assertTrue(failed.out().contains("out of memory with a heap of"), failed.out());
		assertTrue(run("query", out, "--where", "status == ok and array.rows <= 4 and array.columns == 2").out().contains("4 of 12 points"));
		Commands.Result more = run("sweep", file, "-o", out, "--resume");
		assertEquals(0, more.code(), more.err());
		run("sweep", file, "-o", folder.resolve("undisturbed"));
		assertEquals(Files.readString(folder.resolve("undisturbed/points.csv")), Files.readString(out.resolve("points.csv")));
	}
}
