package org.pipeorgan.tests.engine;

import java.util.List;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.Energies;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.ExpressLinks;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Window;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadBuilder;

/** Hardware and workloads that several tests use. */
final class Inputs {
	private Inputs() {
	}

	static Interconnect interconnect(Topology topology, int express) {
		return new Interconnect(express == 0 ? topology.keyword() : "amp", topology, express == 0 ? List.of() : List.of(ExpressLinks.every(express)), Rational.of(8), Rational.of(8), 1, true);
	}

	static Interconnect unicast() {
		return new Interconnect("unicast", Topology.MESH, List.of(), Rational.of(8), Rational.of(8), 1, false);
	}

	/** 8 lanes and 512 B a PE, 1 MiB of buffer at 256 B/cycle, memory at 64 B/cycle, 1 GHz. */
	static Accelerator accelerator(int rows, int columns) {
		return new Accelerator("test", Rational.of(1_000_000_000L), rows, columns, 8, 512, 8, 4, 1 << 20, Rational.of(256), Rational.of(64),
				Energies.DEFAULT);
	}

	/** A residual block with a pool before and a classifier behind. */
	static Workload residual() {
		Window same = Window.of(3, 3).pad(1, 1, 1, 1);
		return new WorkloadBuilder("residual", "", 0).input("x", TensorShape.of(8, 24, 20), 0).pool("pool", "x", Window.of(2, 2).stride(2, 2), 0)
				.convolution("a", "pool", 16, same, 1, 0).convolution("b", "a", 8, same, 1, 0)
				.elementwise("sum", List.of("b", "pool"), 0).depthwise("dw", "sum", same.stride(2, 2), 0).globalPool("mean", "dw", 0)
				.linear("fc", "mean", 10, 0).build();
	}
}
