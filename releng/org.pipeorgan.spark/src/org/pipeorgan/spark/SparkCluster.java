package org.pipeorgan.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.pipeorgan.dsl.sweep.Cluster;
import org.pipeorgan.dsl.sweep.Sweep;
import org.pipeorgan.engine.exploration.StoreHeader;

/**
 * Clusters of Apache Spark. Properties of the virtual machine that begin with {@code spark.} configure it, as {@code -Dspark.executor.memory=4g}; the
 * executors get the jars from which this class and the language were loaded.
 */
public final class SparkCluster implements Cluster {
	private static final String STANDALONE = "spark://";
	private static final int CONNECT_MILLIS = 5000;

	@Override
	public Session connect(String master, StoreHeader header) {
		checkReachable(master);
		SparkConf configuration = new SparkConf().setMaster(master).setAppName("pipeorgan sweep " + header.study()).set("spark.ui.showConsoleProgress", "false")
				.setIfMissing("spark.ui.enabled", "false");
		List<String> jars = Stream.of(SparkCluster.class, Sweep.class, StoreHeader.class).map(SparkCluster::jar).distinct().map(Path::toString).toList();
		if (!configuration.contains("spark.jars")) {
			configuration.setJars(jars.toArray(String[]::new));
		}
		try {
			return new SparkRunner(new JavaSparkContext(configuration), header);
		} catch (RuntimeException e) {
			throw new IllegalArgumentException("no cluster of Spark at " + master + ": " + reason(e) + "; check the address, and that its version is " + org.apache.spark.package$.MODULE$.SPARK_VERSION(), e);
		}
	}

	/** Spark tries for a minute, and says little; here a closed port is told at once. Of several masters one suffices. */
	private static void checkReachable(String master) {
		if (!master.startsWith(STANDALONE)) {
			return;
		}
		String refusal = "";
		for (String address : master.substring(STANDALONE.length()).split(",")) {
			int colon = address.lastIndexOf(':');
			try (Socket socket = new Socket()) {
				socket.connect(new InetSocketAddress(address.substring(0, Math.max(0, colon)), Integer.parseInt(address.substring(colon + 1))), CONNECT_MILLIS);
				return;
			} catch (IOException e) {
				refusal = e.getMessage();
			} catch (IllegalArgumentException e) {
				refusal = "an address is written as spark://HOST:PORT";
			}
		}
		throw new IllegalArgumentException("no cluster of Spark at " + master + ": " + refusal + "; check the address, and whether the master runs");
	}

	private static Path jar(Class<?> loaded) {
		try {
			Path jar = Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
			if (!Files.isRegularFile(jar)) {
				throw new IllegalArgumentException("executors need jars, but " + loaded.getSimpleName() + " was loaded from the folder " + jar + "; start with releng/pipeorgan");
			}
			return jar;
		} catch (URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The innermost message that says something. */
	static String reason(Throwable e) {
		String reason = null;
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			reason = cause.getMessage() == null ? reason : cause.getMessage();
		}
		return reason == null ? e.getClass().getSimpleName() : reason.lines().findFirst().orElse(reason).replaceAll("\\s*Driver stacktrace:.*", "");
	}

	/** Whether Spark gave up: checked exceptions of Scala code are not declared. */
	static boolean isOfSpark(Throwable e) {
		return e instanceof SparkException || e.getCause() != null && isOfSpark(e.getCause());
	}
}
