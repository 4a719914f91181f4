package org.pipeorgan.spark;

import java.util.stream.Stream;

import org.pipeorgan.dsl.cli.Main;

/** A sweep that {@code spark-submit} starts: it takes the arguments of {@code pipeorgan sweep}, and the cluster from {@code spark-submit}. */
public final class SubmittedSweep {
	private SubmittedSweep() {
	}

	/** Runs the sweep and exits with its code. */
	public static void main(String[] arguments) {
		Main.main(Stream.of(Stream.of("sweep", "--spark", System.getProperty("spark.master", "local[*]")), Stream.of(arguments)).flatMap(part -> part).toArray(String[]::new));
	}
}
