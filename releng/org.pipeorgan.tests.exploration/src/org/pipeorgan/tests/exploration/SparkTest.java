package org.pipeorgan.tests.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.tests.exploration.Commands.run;
import static org.pipeorgan.tests.exploration.Commands.stored;
import static org.pipeorgan.tests.exploration.Commands.study;
import static org.pipeorgan.tests.exploration.Commands.text;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
	private static final Path RELENG = Path.of(System.getProperty("pipeorgan.root"), "releng").toAbsolutePath().normalize();
	private static final Path SPARK = RELENG.resolve("org.pipeorgan.spark/target/spark");
	private static final String COMMAND_LINE = RELENG.resolve("org.pipeorgan.cli/target/pipeorgan.jar").toString();
	private static final String MODULE = RELENG.resolve("org.pipeorgan.spark/target/pipeorgan-spark.jar").toString();
	private static final String CLASSES = SPARK.resolve("jars") + "/*";
	private static final List<String> LOOPBACK = List.of("spark.executor.memory=480m", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1");
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

	private static ProcessBuilder process(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().putAll(Map.of("SPARK_HOME", SPARK.toString(), "SPARK_LOCAL_IP", "127.0.0.1", "SPARK_SCALA_VERSION", "2.13", "SPARK_DAEMON_MEMORY", "192m",
				"SPARK_MASTER_OPTS", "-Dspark.master.rest.enabled=false", "JAVA_HOME", System.getProperty("java.home")));
		return builder;
	}

	/** What Spark's scripts {@code spark-class} and {@code spark-submit} run, who are not among its jars: they ask its launcher. */
	private static List<String> command(String main, List<String> arguments) throws IOException, InterruptedException {
		List<String> ask = new ArrayList<>(List.of(Commands.JAVA, "-Xmx128m", "-cp", CLASSES, "org.apache.spark.launcher.Main", main));
		ask.addAll(arguments);
		Process launcher = process(ask).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		String answer = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, launcher.waitFor(), answer);
		return List.of(answer.substring(answer.indexOf("\0\n") + 2).split("\0"));
	}

	private void daemon(String name, String main, String... arguments) throws IOException, InterruptedException {
		cluster.add(process(command(main, Stream.concat(Stream.of("--host", "127.0.0.1", "--webui-port", "0"), Stream.of(arguments)).toList())).redirectErrorStream(true)
				.redirectOutput(folder.resolve(name + ".log").toFile()).start());
	}

	private void await(Path log, String text) throws IOException, InterruptedException {
		while (!Files.exists(log) || !Files.readString(log).contains(text)) {
			assertTrue(cluster.stream().allMatch(Process::isAlive), () -> "a daemon has ended: " + text(log));
			Thread.sleep(50);
		}
	}

	private Process worker(int number) throws IOException, InterruptedException {
		daemon("worker" + number, "org.apache.spark.deploy.worker.Worker", "--cores", "1", "--memory", "512m", "--work-dir", folder.resolve("work" + number).toString(), master());
		await(folder.resolve("worker" + number + ".log"), "Successfully registered with master");
		return cluster.getLast();
	}

	private void startMaster() throws IOException, InterruptedException {
		findPort();
		daemon("master", "org.apache.spark.deploy.master.Master", "--port", Integer.toString(port));
		await(folder.resolve("master.log"), "New state: ALIVE");
	}

	private void findPort() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
	}

	private String master() {
		return "spark://127.0.0.1:" + port;
	}

	/** As {@code spark-submit}. */
	private Process submit(Path file, Path out) throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(List.of("--master", master(), "--driver-memory", "512m", "--class", "org.pipeorgan.spark.SubmittedSweep", "--jars", COMMAND_LINE));
		LOOPBACK.forEach(each -> arguments.addAll(List.of("--conf", each)));
		arguments.addAll(List.of(MODULE, file.toString(), "-o", out.toString()));
		return driver(process(command("org.apache.spark.deploy.SparkSubmit", arguments)).redirectError(folder.resolve("err.txt").toFile()).redirectOutput(folder.resolve("out.txt").toFile()).start());
	}

	/** As {@code releng/pipeorgan sweep --spark}. */
	private Process sweep(Path file, Path out, String master) throws IOException, InterruptedException {
		List<String> options = new ArrayList<>(command("org.apache.spark.deploy.SparkSubmit", List.of(MODULE)).stream().filter(each -> each.startsWith("--add-opens")).toList());
		options.add("-Xmx512m");
		LOOPBACK.forEach(each -> options.add("-D" + each));
		return driver(Commands.start(folder, options, List.of(COMMAND_LINE, MODULE, CLASSES), "sweep", file, "-o", out, "--spark", master));
	}

	private Process driver(Process driver) {
		cluster.add(driver);
		return driver;
	}

	private String errors() {
		return text(folder.resolve("err.txt"));
	}

	/** One of two workers is killed with what it runs; its tasks are done by the other, and the results are those of this machine, bit for bit. */
	@Test
	void aSubmittedSweepThatLosesAWorkerGivesTheSameBits() throws Exception {
		Path file = study(folder, "  vary array.rows in 1 .. 40\n  vary array.columns in 1 .. 10\n  vary buffer.size in 1 B, 8 KiB, 64 KiB\n  vary array.macs in 1, 2\n");
		startMaster();
		worker(1);
		Process second = worker(2);
		Path out = folder.resolve("out");
		Process driver = submit(file, out);
		while (driver.isAlive() && stored(out) < 400) {
			Thread.sleep(20);
		}
		assertTrue(driver.isAlive(), this::errors);
		second.descendants().forEach(ProcessHandle::destroyForcibly);
		second.destroyForcibly().waitFor();
		long before = stored(out);
		assertEquals(0, driver.waitFor(), this::errors);
		assertTrue(before < 2400, before + " points were there when the worker died");
		Commands.assertAsUndisturbed(file, out, "on a cluster");
		assertTrue(Files.readString(out.resolve("points.csv")).contains(",infeasible,"));
	}

	/** Points that an executor has no memory for fail; the others are unharmed, and these are evaluated where there is more. */
	@Test
	void aPointWithoutMemoryOnAWorkerFailsAlone() throws Exception {
		Path file = study(folder, "  vary interconnect.topology in mesh, flattened_butterfly\n  vary array in 2 x 2, 4 x 4, 8 x 8, 512 x 512\n");
		startMaster();
		worker(1);
		Path out = folder.resolve("out");
		Process driver = sweep(file, out, master());
		assertEquals(3, driver.waitFor(), this::errors);
		Commands.Result failed = run("query", out, "--where", "status == failed");
		assertTrue(failed.out().contains("out of memory with a heap of") || failed.out().contains("the cluster gave up"), failed.out());
		assertTrue(run("query", out, "--where", "status == ok and array.rows <= 8").out().contains("6 of 8 points"));
	}

	/** As by Ctrl-C: the last line says what is stored. */
	@Test
	void aSweepOnAClusterIsStopped() throws Exception {
		Path file = study(folder, "  vary array.rows in 1 .. 40\n  vary array.columns in 1 .. 40\n  vary buffer.size in 8 KiB, 64 KiB");
		Path out = folder.resolve("out");
		Process driver = sweep(file, out, "local[1]");
		while (driver.isAlive() && stored(out) < 100) {
			Thread.sleep(20);
		}
		driver.destroy();
		assertEquals(143, driver.waitFor(), this::errors);
		assertTrue(errors().strip().endsWith("points are stored; continue with --resume"), this::errors);
		assertFalse(Files.exists(out.resolve("points.sqlite-wal")), "closed cleanly");
	}

	@Test
	void aClusterThatIsNotThereIsTold() throws Exception {
		Path file = study(folder, "  vary array.rows in 1, 2");
		findPort();
		Process driver = sweep(file, folder.resolve("out"), master());
		assertEquals(2, driver.waitFor());
		assertTrue(errors().contains("no cluster of Spark at " + master()), errors());
		assertFalse(Files.exists(folder.resolve("out/points.sqlite")), "nothing was begun");
	}
}
