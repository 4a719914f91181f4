package org.pipeorgan.dsl.validation;

import java.util.List;
import java.util.Optional;

import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Mapping;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Workload;
import org.pipeorgan.dsl.translation.HardwareTranslator;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.dsl.translation.WorkloadTranslator;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.BufferPorts;
import org.pipeorgan.engine.search.Capacity;
import org.pipeorgan.engine.search.Study.Target;

/** Accelerators and interconnects suit each other, where a study brings them together. */
public class PairingValidator extends AreaValidator {
	/** Long links fit on the array, and ports carry what the buffer delivers. */
	@Check(CheckType.NORMAL)
	public void checkPairs(Mapping mapping) {
		for (int a = 0; a < mapping.getAccelerators().size(); a++) {
			Accelerator accelerator = mapping.getAccelerators().get(a);
			if (accelerator == null || accelerator.eIsProxy()) {
				continue;
			}
			Optional<org.pipeorgan.engine.hardware.Accelerator> target = HardwareTranslator.accelerator(accelerator, Problem.IGNORE);
			List<Interconnect> interconnects = StudyTranslator.interconnects(mapping, accelerator);
			for (int i = 0; target.isPresent() && i < interconnects.size(); i++) {
				Interconnect interconnect = interconnects.get(i);
				if (interconnect != null && !interconnect.eIsProxy()) {
					boolean written = !mapping.getInterconnects().isEmpty();
					EStructuralFeature feature = written ? Literals.MAPPING__INTERCONNECTS : Literals.MAPPING__ACCELERATORS;
					int index = written ? i : a;
					HardwareTranslator.interconnect(interconnect, target.get().clockHertz(), Problem.IGNORE).ifPresent(network -> {
						checkLinks(mapping, feature, index, target.get(), network);
						checkPorts(mapping, feature, index, target.get(), network);
					});
				}
			}
		}
	}

	/** The buffer has room for each operator. */
	@Check(CheckType.NORMAL)
	public void checkCapacity(Mapping mapping) {
		for (int w = 0; w < mapping.getWorkloads().size(); w++) {
			Workload workload = mapping.getWorkloads().get(w);
			Optional<org.pipeorgan.engine.workload.Workload> translated = workload == null || workload.eIsProxy() ? Optional.empty() : WorkloadTranslator.translate(workload, Problem.IGNORE);
			for (int a = 0; translated.isPresent() && a < mapping.getAccelerators().size(); a++) {
				checkCapacity(mapping, w, a, translated.get());
			}
		}
	}

	private void checkCapacity(Mapping mapping, int workloadIndex, int acceleratorIndex, org.pipeorgan.engine.workload.Workload workload) {
		Accelerator accelerator = mapping.getAccelerators().get(acceleratorIndex);
		if (accelerator == null || accelerator.eIsProxy()) {
			return;
		}
		// what waits in the buffer does not depend on the interconnect
		HardwareTranslator.accelerator(accelerator, Problem.IGNORE).ifPresent(target -> StudyTranslator.interconnects(mapping, accelerator).stream()
				.filter(interconnect -> interconnect != null && !interconnect.eIsProxy()).findFirst()
				.flatMap(interconnect -> HardwareTranslator.interconnect(interconnect, target.clockHertz(), Problem.IGNORE))
				.flatMap(interconnect -> Capacity.misfit(new Target(workload, target, interconnect)))
				.ifPresent(misfit -> report(IssueCode.TIGHT_BUFFER, "operator '" + misfit.operator() + "' of workload '" + workload.label() + "' needs at least "
						+ Units.text(Rational.of(8 * misfit.bytes()), Dimension.SIZE) + " of the buffer if it is alone, but '" + target.name() + "' has "
						+ Units.text(Rational.of(8 * target.bufferBytes()), Dimension.SIZE) + "; enlarge the buffer, or only policies that keep it together with its neighbours may find a mapping",
						mapping, Literals.MAPPING__WORKLOADS, workloadIndex)));
	}

	private void checkLinks(Mapping mapping, EStructuralFeature feature, int index, org.pipeorgan.engine.hardware.Accelerator target,
			org.pipeorgan.engine.interconnect.Interconnect network) {
		network.express().stream().filter(links -> links.lengthOn(target.rows()) == 0 && links.lengthOn(target.columns()) == 0).findFirst()
				.ifPresent(links -> report(IssueCode.UNREACHABLE_LINKS, "on the " + target.rows() + " x " + target.columns() + " PEs of '" + target.name()
						+ "' no route takes the long links of '" + network.name() + "' that span " + links.length() + " routers from position " + links.start()
						+ "; shorten them, or enlarge the array", mapping, feature, index));
	}

	private void checkPorts(Mapping mapping, EStructuralFeature feature, int index, org.pipeorgan.engine.hardware.Accelerator target,
			org.pipeorgan.engine.interconnect.Interconnect network) {
		Optional<BufferPorts> ports = network.bufferPorts();
		if (ports.isEmpty()) {
			return;
		}
		int count = ports.get().count(target.rows(), target.columns());
		Rational together = network.localBandwidth().times(Rational.of(count));
		if (together.compareTo(target.buffer().bandwidth()) < 0) {
			report(IssueCode.UNUSABLE_BANDWIDTH, "the buffer of '" + target.name() + "' has " + PlausibilityValidator.perCycle(target.buffer().bandwidth()) + ", but its " + count
					+ " ports on '" + network.name() + "' carry " + PlausibilityValidator.perCycle(together) + " together; add ports, or widen 'local'", mapping, feature, index);
		}
	}
}
