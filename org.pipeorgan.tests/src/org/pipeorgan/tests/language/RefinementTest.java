package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.xtext.validation.Issue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Model;
import org.pipeorgan.dsl.translation.HardwareTranslator;
import org.pipeorgan.engine.hardware.Rational;

class RefinementTest {
	private static final String EDGE = """
			accelerator Edge {
			  param side = 8
			  param size = 256 KiB
			  clock 1 GHz
			  array side x 2 * side { macs 4 registers 512 B precision 16 bit }
			  buffer size at 256 B/cycle
			  memory 64 GB/s
			  energy { mac 3 pJ link 1 pJ/B }
			}
			""";

	private static org.pipeorgan.engine.hardware.Accelerator accelerator(Model model, int index) {
		return HardwareTranslator.accelerator((Accelerator) model.getDeclarations().get(index), problem -> {
			throw new AssertionError(problem);
		}).orElseThrow();
	}

	@Test
	void whatIsNotWrittenIsAsInTheBase() {
		var resource = Pog.parse(EDGE + "accelerator Big refines Edge { array 64 x 32 { macs 8 } energy { mac 1 pJ } }");
		assertEquals(List.of(), Pog.validate(resource));
		var big = accelerator(Pog.model(resource), 1);
		assertEquals(List.of(64, 32, 8L, 512L, 16), List.of(big.rows(), big.columns(), big.macsPerCycle(), big.registerBytes(), big.precisionBits()));
		assertEquals(1 << 18, big.bufferBytes());
		assertEquals(1, big.energies().mac());
		assertEquals(1, big.energies().link());
	}

	@Test
	void parametersReplaceThoseOfTheBase() {
		var resource = Pog.parse(EDGE + "accelerator Wide refines Edge { param side = 16 } accelerator Deep refines Wide { param size = 2 * 1 MiB / side }");
		assertEquals(List.of(), Pog.validate(resource));
		var wide = accelerator(Pog.model(resource), 1);
		assertEquals(List.of(16, 32), List.of(wide.rows(), wide.columns()));
		assertEquals(1 << 18, wide.bufferBytes());
		assertEquals(1 << 17, accelerator(Pog.model(resource), 2).bufferBytes());
		assertEquals(8, accelerator(Pog.model(resource), 0).rows());
	}

	@Test
	void interconnectsAreRefinedToo() {
		var resource = Pog.parse("param w = 4 B/cycle interconnect thick refines amp { link 4 * w unicast } interconnect thicker refines thick { link 64 GB/s }");
		assertEquals(List.of(), Pog.validate(resource));
		var thick = HardwareTranslator.interconnect((Interconnect) Pog.model(resource).getDeclarations().get(1), Rational.of(1_000_000_000), problem -> {
			throw new AssertionError(problem);
		}).orElseThrow();
		assertEquals(Rational.of(16), thick.linkBandwidth());
		assertEquals(1, thick.express().size());
		assertEquals(false, thick.multicast());
		var thicker = HardwareTranslator.interconnect((Interconnect) Pog.model(resource).getDeclarations().get(2), Rational.of(1_000_000_000), problem -> {
			throw new AssertionError(problem);
		}).orElseThrow();
		assertEquals(Rational.of(64), thicker.linkBandwidth());
		assertEquals(false, thicker.multicast());
	}

	@Test
	void basesAndParametersComeFromOtherFiles(@TempDir Path folder) throws Exception {
		Files.writeString(folder.resolve("base.pog"), "package lib\nparam lanes = 2\n" + EDGE.replace("macs 4", "macs lanes"));
		Path file = Files.writeString(folder.resolve("big.pog"), "import \"base.pog\"\naccelerator Big refines lib.Edge { param side = 2 * lib.lanes }");
		var resource = Pog.load(file);
		assertEquals(List.of(), Pog.validate(resource));
		var big = accelerator(Pog.model(resource), 0);
		assertEquals(List.of(4, 8, 2L), List.of(big.rows(), big.columns(), big.macsPerCycle()));
	}

	@Test
	void aChainEndsSomewhere() {
		StringBuilder text = new StringBuilder("policy p0 refines tangram { }\n");
		for (int i = 1; i <= 100; i++) {
			text.append("policy p%d refines p%d { }\n".formatted(i, i - 1));
		}
		assertEquals(List.of("policy 'p99' refines more than 100 others, one through the other; let one of the chain refine a built-in policy",
				"policy 'p100' refines more than 100 others, one through the other; let one of the chain refine a built-in policy"),
				Pog.problems(Pog.parse(text.toString())).stream().map(Issue::getMessage).toList());
	}
}
