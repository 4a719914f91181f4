package org.pipeorgan.tests.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.tests.exploration.Commands.run;
import static org.pipeorgan.tests.exploration.Commands.study;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on a standalone cluster of Spark: a master and two workers, processes of their own on the loopback interface. */
@Tag("slow")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SparkTest {
	private static final Path ROOT = Path.of(System.getProperty("pipeorgan.root")).toAbsolutePath().normalize();
	private static final Path SPARK = ROOT.resolve("releng/org.pipeorgan.spark/target/spark");
	private static final List<String> OPENED = Stream.of("lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "util", "util.concurrent")
			.map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED").toList();
	@TempDir
	private Path folder;
	private final List<Process> cluster = new ArrayList<>();
	private int port;

	@BeforeAll
	static void findSpark() {
		assertTrue(Files.isDirectory(SPARK.resolve("jars")), "the module org.pipeorgan.spark comes first: " + SPARK);
	}

	@AfterEach
	void stop() throws InterruptedException {
		for (Process process : cluster) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().waitFor();
		}
	}

	private List<String> opened() {
		List<String> options = new ArrayList<>(OPENED);
		options.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
		return options;
	}

	private Process daemon(String name, String main, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m", "-Dspark.master.rest.enabled=false"));
		command.addAll(opened());
		command.addAll(List.of("-cp", SPARK.resolve("jars") + "/*", main, "--host", "127.0.0.1", "--webui-port", "0"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile());
		builder.environment().putAll(java.util.Map.of("SPARK_HOME", SPARK.toString(), "SPARK_LOCAL_IP", "127.0.0.1", "SPARK_SCALA_VERSION", "2.13", "JAVA_HOME", System.getProperty("java.home")));
		Process process = builder.start();
		cluster.add(process);
		return process;
	}

	private void await(Path log, String text) throws IOException, InterruptedException {
		while (!Files.exists(log) || !Files.readString(log).contains(text)) {
			assertTrue(cluster.stream().allMatch(Process::isAlive), () -> "a daemon has ended: " + text(log));
			Thread.sleep(50);
		}
	}

	private static String text(Path file) {
		try {
			return Files.exists(file) ? Files.readString(file) : "";
		} catch (IOException e) {
			return e.toString();
		}
	}

	private Process worker(int number) throws IOException, InterruptedException {
		Process worker = daemon("worker" + number, "org.apache.spark.deploy.worker.Worker", "--cores", "1", "--memory", "512m", "--work-dir", folder.resolve("work" + number).toString(),
				"spark://127.0.0.1:" + port);
		await(folder.resolve("worker" + number + ".log"), "Successfully registered with master");
		return worker;
	}

	private void startMaster() throws IOException, InterruptedException {
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		daemon("master", "org.apache.spark.deploy.master.Master", "--port", Integer.toString(port));
		await(folder.resolve("master.log"), "New state: ALIVE");
	}

	private Process sweep(Path file, Path out) throws IOException {
		List<String> options = new ArrayList<>(opened());
		options.addAll(List.of("-Xmx512m", "-Dspark.executor.memory=480m", "-Dspark.driver.host=127.0.0.1", "-Dspark.driver.bindAddress=127.0.0.1"));
		List<String> path = List.of(ROOT.resolve("releng/org.pipeorgan.cli/target/pipeorgan.jar").toString(), ROOT.resolve("releng/org.pipeorgan.spark/target/pipeorgan-spark.jar").toString(),
				SPARK.resolve("jars") + "/*");
		Process driver = Commands.start(folder, options, path, "sweep", file, "-o", out, "--spark", "spark://127.0.0.1:" + port);
		cluster.add(driver);
		return driver;
	}

	private static int stored(Path out) {
		if (!Files.exists(out.resolve("points.sqlite"))) {
			return 0;
		}
		try (var connection = DriverManager.getConnection("jdbc:sqlite:" + out.resolve("points.sqlite")); var rows = connection.createStatement().executeQuery("SELECT count(*) FROM points")) {
			return rows.next() ? rows.getInt(1) : 0;
		} catch (SQLException e) {
			return 0; // just being made
		}
	}

	/** One of two workers is killed with what it runs; its tasks are done by the other, and the results are those of this machine, bit for bit. */
	@Test
	void aClusterThatLosesAWorkerGivesTheSameBits() throws Exception {
		Path file = study(folder, "  vary array.rows in 1 .. 40\n  vary array.columns in 1 .. 10\n  vary buffer.size in 1 B, 8 KiB, 64 KiB\n  vary array.macs in 1, 2\n");
		startMaster();
		worker(1);
		Process second = worker(2);
		Path out = folder.resolve("out");
		Process driver = sweep(file, out);
		while (driver.isAlive() && stored(out) < 400) {
			Thread.sleep(20);
		}
		assertTrue(driver.isAlive(), () -> text(folder.resolve("err.txt")));
		second.descendants().forEach(ProcessHandle::destroyForcibly);
		second.destroyForcibly().waitFor();
		int before = stored(out);
		assertEquals(0, driver.waitFor(), () -> text(folder.resolve("err.txt")));
		assertTrue(before < 2400, before + " points were there when the worker died");
		assertEquals(0, run("sweep", file, "-o", folder.resolve("local")).code());
		assertEquals(Files.readString(folder.resolve("local/points.csv")), Files.readString(out.resolve("points.csv")));
		assertTrue(Files.readString(out.resolve("points.csv")).contains(",infeasible,"));
	}

	/** Points that an executor has no memory for fail; the others are unharmed, and these are evaluated where there is more. */
	@Test
	void aPointWithoutMemoryOnAWorkerFailsAlone() throws Exception {
		Path file = study(folder, "  vary interconnect.topology in mesh, flattened_butterfly\n  vary array in 2 x 2, 4 x 4, 8 x 8, 512 x 512\n");
		startMaster();
		worker(1);
		Path out = folder.resolve("out");
		Process driver = sweep(file, out);
		assertEquals(3, driver.waitFor(), () -> text(folder.resolve("err.txt")));
		Commands.Result failed = run("query", out, "--where", "status == failed");
		assertTrue(failed.out().contains("out of memory with a heap of") || failed.out().contains("the cluster gave up"), failed.out());
		assertTrue(run("query", out, "--where", "status == ok and array.rows <= 8").out().contains("6 of 8 points"));
	}

	@Test
	void aClusterThatIsNotThereIsTold() throws Exception {
		Path file = study(folder, "  vary array.rows in 1, 2");
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		Process driver = sweep(file, folder.resolve("out"));
		assertEquals(2, driver.waitFor());
		assertTrue(text(folder.resolve("err.txt")).contains("no cluster of Spark at spark://127.0.0.1:" + port), text(folder.resolve("err.txt")));
		assertFalse(Files.exists(folder.resolve("out/points.sqlite")), "nothing was begun");
	}
}
