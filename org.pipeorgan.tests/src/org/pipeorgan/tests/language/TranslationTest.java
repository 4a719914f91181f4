package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.translation.HardwareTranslator;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.dsl.translation.WorkloadTranslator;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.cost.OperatorChoice.Parts;
import org.pipeorgan.engine.cost.OperatorChoice.Tile;
import org.pipeorgan.engine.hardware.GlobalBuffer;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.BufferPorts;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.search.FixedMapping;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.interconnect.ExpressLinks;
import org.pipeorgan.engine.search.PolicyKind;
import org.pipeorgan.engine.search.Restriction;

class TranslationTest {
	private final List<Problem> problems = new ArrayList<>();

	private org.pipeorgan.engine.workload.Workload workload(String lines) {
		Workload workload = (Workload) Pog.model(Pog.parse("package p.structured workload T { " + lines + " }")).getDeclarations().get(0);
		return WorkloadTranslator.translate(workload, problems::add).orElseThrow(() -> new AssertionError(problems));
	}

	private String shape(String lines) {
		var workload = workload("input i [C 8, H 9, W 7] " + lines);
		return workload.tensors().get(workload.operators().get(workload.operators().size() - 1).output()).shape().toString();
	}

	@Test
	void shapesOfWindows() {
		assertEquals("[N 1, C 4, H 9, W 7]", shape("y = conv(i) K 4 R 3 S 3 pad 1"));
		assertEquals("[N 1, C 4, H 5, W 4]", shape("y = conv(i) K 4 R 3 S 3 stride 2 pad same"));
		assertEquals("[N 1, C 4, H 8, W 5]", shape("y = conv(i) K 4 R 3 S 3 pad 0 1 x 0"));
		assertEquals("[N 1, C 8, H 5, W 7]", shape("y = depthwise(i) R 3 S 1 stride 2 x 1 pad 1 x 0"));
		assertEquals("[N 1, C 8, H 4, W 3]", shape("y = maxpool(i) R 2 S 2 stride 2"));
	}

	@Test
	void shapesOfTheRest() {
		assertEquals("[N 1, C 8, H 1, W 1]", shape("y = globalpool(i)"));
		assertEquals("[N 1, C 8, H 18, W 7]", shape("y = resize(i) scale 2 x 1"));
		assertEquals("[N 1, C 16, H 9, W 7]", shape("y = concat(i, i)"));
		assertEquals("[N 1, C 63, H 63, W 1]", shape("t = reshape(i) [C 8, H 63] y = matmul(t, t) transposed"));
	}

	@Test
	void precisionIsTheOperatorsElseTheWorkloads() {
		var workload = workload("precision 16 bit input i [C 2] a = relu(i) b = relu(a) precision 4 bit");
		assertEquals(List.of(16, 16, 4), workload.tensors().stream().map(tensor -> tensor.bits()).toList());
	}

	@Test
	void formIsTheEndOfThePackage() {
		assertEquals("structured", workload("input i [C 2] a = relu(i)").form());
	}

	@Test
	void unitsAreNormalisedOnce() {
		Accelerator accelerator = (Accelerator) Pog.model(Pog.parse("accelerator A { clock 500 MHz array 4 x 8 { macs 2 registers 1 kB partial sums 2 B precision 16 bit } "
				+ "buffer 1 MiB at 1 GB/s memory 16 bit/cycle energy { mac 500 fJ memory 2.5 pJ/bit } }")).getDeclarations().get(0);
		var translated = HardwareTranslator.accelerator(accelerator, problems::add).orElseThrow(() -> new AssertionError(problems));
		assertEquals(Rational.of(500_000_000), translated.clockHertz());
		assertEquals(1000, translated.registerBytes());
		assertEquals(1 << 20, translated.bufferBytes());
		assertEquals(Rational.of(2), translated.buffer().bandwidth());
		assertEquals(Rational.of(2), translated.memoryBandwidth());
		assertEquals(2, translated.partialSumBytes());
		assertEquals(16, translated.precisionBits());
		assertEquals(0.5, translated.energies().mac());
		assertEquals(20, translated.energies().memory());
		assertEquals(org.pipeorgan.engine.hardware.Energies.DEFAULT.link(), translated.energies().link());
	}

	@Test
	void portsOfTheBuffer() {
		assertEquals(Optional.empty(), ports("multicast"));
		assertEquals(Optional.of(BufferPorts.WEST), ports("shared distribution"));
		assertEquals(Optional.of(new BufferPorts(List.of(BufferPorts.Side.EAST, BufferPorts.Side.NORTH), 4)), ports("shared distribution ports east, north every 4"));
	}

	private Optional<BufferPorts> ports(String option) {
		Interconnect interconnect = (Interconnect) Pog.model(Pog.parse("interconnect n { link 8 B/cycle " + option + " }")).getDeclarations().get(0);
		return HardwareTranslator.interconnect(interconnect, Rational.ONE, problems::add).orElseThrow(() -> new AssertionError(problems)).bufferPorts();
	}

	@Test
	void banksAndPortsOfTheBuffer() {
		Accelerator accelerator = (Accelerator) Pog.model(Pog.parse("accelerator A { clock 1 GHz array 4 x 8 { registers 1 kB } "
				+ "buffer 1 MiB banks 16 reads 256 B/cycle writes 64 GB/s memory 16 B/cycle }")).getDeclarations().get(0);
		var buffer = HardwareTranslator.accelerator(accelerator, problems::add).orElseThrow(() -> new AssertionError(problems)).buffer();
		assertEquals(new GlobalBuffer(1 << 20, Rational.of(256), Optional.of(Rational.of(64)), 16), buffer);
	}

	@Test
	void studies() {
		var model = Pog.model(Pog.parse("""
				import library.xrbench.*
				import library.accelerators.*
				policy shallow refines pipeorgan { depth 4 }
				policy same refines shallow { }
				study s {
				  map structured.KD_res8_narrow, literal.KD_res8_narrow on EdgeXR
				  map structured.AS_ED_TCN on EdgeXR with mesh, amp
				  policies same, tangram as baseline on amp
				  objective edp
				}
				"""));
		var study = StudyTranslator.translate((Study) model.getDeclarations().get(2), problems::add).orElseThrow(() -> new AssertionError(problems));
		assertEquals(List.of("structured.KD_res8_narrow/amp", "literal.KD_res8_narrow/amp", "structured.AS_ED_TCN/mesh", "structured.AS_ED_TCN/amp"),
				study.targets().stream().map(t -> t.workload().form() + "." + t.workload().name() + "/" + t.interconnect().name()).toList());
		assertEquals(4, study.policies().get(0).maxDepth());
		assertEquals("tangram", study.baseline().name());
		assertEquals("amp", study.baselineInterconnect());
		assertEquals("edp", study.objective().keyword());
	}

	@Test
	void segmentsHaveDefaultsAndAreInherited() {
		var model = Pog.model(Pog.parse("""
				import library.xrbench.*
				import library.accelerators.*
				workload T { input i [C 2] a = relu(i) b = relu(a) c = relu(b) }
				policy mine {
				  strategy fixed
				  segment { operators a chunks 3 keep a }
				  segment { operators b .. c order weight_outer chunks 2 organization turn-taking weights memory operator c { tile P 2 * 2 split K 2 } operator b { tile K 1 Q 3 } }
				}
				policy other refines mine { restrict unicast }
				study s { map T on EdgeXR policies mine, other }
				"""));
		var policies = StudyTranslator.translate((Study) model.getDeclarations().get(3), problems::add).orElseThrow(() -> new AssertionError(problems)).policies();
		var mapping = new FixedMapping(List.of(
				new FixedMapping.Segment("a", "a", OrderClass.ACTIVATION_OUTER, 3, Organization.BLOCKED_ROWS, WeightLevel.REGISTERS, List.of("a"), List.of()),
				new FixedMapping.Segment("b", "c", OrderClass.WEIGHT_OUTER, 2, Organization.TURN_TAKING, WeightLevel.MEMORY, List.of(), List.of(
						new FixedMapping.NamedChoice("c", new OperatorChoice(new Tile(0, 4, 0), 0, new Parts(2, 1, 1, 1))),
						new FixedMapping.NamedChoice("b", new OperatorChoice(new Tile(1, 0, 3), 0, Parts.NONE))))));
		assertEquals(List.of(Policy.fixed("mine", mapping, EnumSet.noneOf(Restriction.class)), Policy.fixed("other", mapping, EnumSet.of(Restriction.UNICAST))), policies);
	}

	@Test
	void restrictionsAddUpAlongTheLineage() {
		var model = Pog.model(Pog.parse("""
				import library.xrbench.*
				import library.accelerators.*
				policy narrow refines tangram_paired { restrict channel_split, unicast }
				policy narrower refines narrow { restrict no_residence, paired }
				study s { map structured.KD_res8_narrow on EdgeXR policies narrower, optimal, simba }
				"""));
		var policies = StudyTranslator.translate((Study) model.getDeclarations().get(2), problems::add).orElseThrow(() -> new AssertionError(problems)).policies();
		assertEquals(EnumSet.allOf(Restriction.class), policies.get(0).restrictions());
		assertEquals(PolicyKind.TANGRAM_PAIRED, policies.get(0).kind());
		assertEquals(List.of(true, false, true), policies.stream().map(policy -> policy.restricted()).toList());
	}

	@Test
	void patternsOfLongLinks() {
		var interconnect = (org.pipeorgan.dsl.pipeorgan.Interconnect) Pog
				.model(Pog.parse("interconnect n { express every 8 from 2 step 4, every 3, auto link 8 B/cycle }")).getDeclarations().get(0);
		var translated = HardwareTranslator.interconnect(interconnect, Rational.ONE, problems::add).orElseThrow(() -> new AssertionError(problems));
		assertEquals(List.of(new ExpressLinks(8, 2, 4), ExpressLinks.every(3), ExpressLinks.every(ExpressLinks.AUTOMATIC)), translated.express());
	}
}
