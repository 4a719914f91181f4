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
import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.ExpressLinks;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/** Time to lay out and cost one candidate segment from nothing but remembered splits: a chain of 3 x 3 convolutions of 64 x 56 x 56. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class SegmentCosting {
	/** Side of the array. */
	@Param({ "8", "32", "64" })
	public int side;
	/** Operators of the segment. */
	@Param({ "2", "8" })
	public int depth;
	/** How they are laid out. */
	@Param({ "BLOCKED_ROWS", "STRIPED_ROWS", "TURN_TAKING" })
	public Organization organization;
	/** Bytes a cycle of the buffer. With 256 weights keep its port busy, and operators wait for each other there; with 4096 they do not. */
	@Param({ "256", "4096" })
	public long bandwidth;

	private CostModel model;
	private CostModel.Scratch scratch;
	private long chunks;

	/** Builds the chain. */
	@Setup
	public void setUp() {
		WorkloadBuilder builder = new WorkloadBuilder("chain", "", 8).input("x", TensorShape.of(64, 56, 56), 0);
		String last = "x";
		for (int i = 0; i < depth + 1; i++) {
			builder.convolution("c" + i, last, 64, Window.of(3, 3).pad(1, 1, 1, 1), 1, 0);
			last = "c" + i;
		}
		Accelerator accelerator = new Accelerator("edge", Rational.of(1_000_000_000L), side, side, 8, 512, 8, 4, 1 << 22, Rational.of(bandwidth), Rational.of(64),
				Energies.DEFAULT);
		Interconnect amp = new Interconnect("amp", Topology.MESH, List.of(ExpressLinks.every(ExpressLinks.AUTOMATIC)), Rational.of(8), Rational.of(8), 1, true);
		model = new CostModel(builder.build(), accelerator, new Network(amp, side, side), SplitRule.ALL_RANKS);
		scratch = model.scratch();
	}

	/** Another segment each time, so that no layout is remembered: two neighbouring ones in turn. */
	@Benchmark
	public SegmentPlan plan() {
		chunks++;
		return model.plan(new MappingPoint((int) (chunks % 2), depth, OrderClass.ACTIVATION_OUTER, 56, organization, WeightLevel.BUFFER), scratch);
	}
}
