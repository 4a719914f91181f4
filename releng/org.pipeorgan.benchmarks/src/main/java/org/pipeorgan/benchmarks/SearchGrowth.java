package org.pipeorgan.benchmarks;

import java.util.List;
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
import org.pipeorgan.engine.search.Objective;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.search.PolicyKind;
import org.pipeorgan.engine.search.Progress;
import org.pipeorgan.engine.search.Study;
import org.pipeorgan.engine.search.StudyRunner;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/** How the time of a search by {@code pipeorgan} grows with operators, at most eight in a segment, and with the array. One thread. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 2)
@Fork(value = 1, jvmArgs = { "-Xmx1g", "-XX:+UseSerialGC" })
public class SearchGrowth {
	private static final int DEPTH = 8;

	/** A chain of inverted residual blocks, ever fewer pixels and more channels. */
	@State(Scope.Benchmark)
	public static class Operators {
		/** About how many. */
		@Param({ "100", "1000", "10000" })
		public int operators;
		private Study study;

		/** Builds the network. */
		@Setup
		public void build() {
			Study.Target edge = Studies.of(List.of("KD_res8_narrow"), 32, "{ strategy pipeorgan }").targets().get(0);
			Policy policy = new Policy("pipeorgan", PolicyKind.PIPEORGAN, DEPTH);
			study = new Study("growth", List.of(new Study.Target(blocks(operators), edge.accelerator(), edge.interconnect())), List.of(policy), null, null,
					Objective.LATENCY);
		}
	}

	/** A network of the suite. */
	@State(Scope.Benchmark)
	public static class Arrays {
		/** Rows and columns. */
		@Param({ "8", "16", "32", "64", "128", "256" })
		public int side;
		private Study study;

		/** Reads the network. */
		@Setup
		public void read() {
			study = Studies.of(List.of("ES_RITNet"), side, "{ strategy pipeorgan depth " + DEPTH + " }");
		}
	}

	private static Workload blocks(int operators) {
		WorkloadBuilder builder = new WorkloadBuilder("blocks", "", 8).input("x", TensorShape.of(24, 112, 112), 0);
		String last = "x";
		long channels = 24;
		for (int i = 0; i + 4 <= operators; i += 4) {
			boolean narrows = i > 0 && i % (operators / 4) < 4;
			channels = narrows ? 2 * channels : channels;
			Window window = narrows ? Window.of(3, 3).stride(2, 2).pad(1, 1, 1, 1) : Window.of(3, 3).pad(1, 1, 1, 1);
			builder.convolution("e" + i, last, 4 * channels, Window.of(1, 1), 1, 0).depthwise("d" + i, "e" + i, window, 0)
					.convolution("p" + i, "d" + i, channels, Window.of(1, 1), 1, 0);
			builder.elementwise("s" + i, narrows || i == 0 ? List.of("p" + i) : List.of("p" + i, last), 0);
			last = "s" + i;
		}
		return builder.build();
	}

	/** By operators. */
	@Benchmark
	public StudyResult operators(Operators of) {
		return StudyRunner.run(of.study, 1, Progress.NONE);
	}

	/** By the array. */
	@Benchmark
	public StudyResult arrays(Arrays of) {
		return StudyRunner.run(of.study, 1, Progress.NONE);
	}
}
