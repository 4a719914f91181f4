package org.pipeorgan.benchmarks;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.Study;
import org.pipeorgan.engine.search.StudyRunner;

/** Time to map the whole suite, eleven networks on one topology, with two threads. Nothing is remembered from one time to the next. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 3)
@Fork(value = 1, jvmArgs = { "-Xmx1g", "-XX:+UseSerialGC" })
public class SuiteSearch {
	/** Policy of the library. */
	@Param({ "layer_by_layer", "tangram", "pipeorgan" })
	public String strategy;
	private Study study;

	/** Reads the networks. */
	@Setup
	public void read() {
		study = Studies.of(Studies.SUITE, 32, "{ strategy " + strategy + " }");
	}

	/** Maps them. */
	@Benchmark
	public StudyResult map() {
		return StudyRunner.run(study, 2, Progress.NONE);
	}
}
