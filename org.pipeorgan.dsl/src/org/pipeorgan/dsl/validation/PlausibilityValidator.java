package org.pipeorgan.dsl.validation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.emf.ecore.EReference;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.expressions.Amount;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.expressions.NumberRole;
import org.pipeorgan.dsl.expressions.Numbers;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.translation.HardwareTranslator;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Unit;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.engine.hardware.GlobalBuffer;
import org.pipeorgan.engine.hardware.Rational;

/** Values are of a size that somebody may build; what is far from it is mostly a wrong unit. */
public class PlausibilityValidator extends AreaValidator {
	/** What is usual, generously: least and most, in a unit of the dimension. */
	private record Range(long least, long most, String unit) {
		String text() {
			return least + " to " + most + " " + unit;
		}
	}

	private static final Map<EReference, List<Range>> USUAL = new HashMap<>();

	static {
		List<Range> bandwidth = List.of(new Range(10, 1_000_000_000, "MB/s"), new Range(1, 1_000_000, "bit/cycle"));
		USUAL.put(Literals.ACCELERATOR__CLOCK, List.of(new Range(1, 10_000, "MHz")));
		USUAL.put(Literals.PE_ARRAY__REGISTERS, List.of(new Range(1, 16_777_216, "B")));
		USUAL.put(Literals.PE_ARRAY__PARTIAL_SUMS, List.of(new Range(8, 128, "bit")));
		USUAL.put(Literals.GLOBAL_BUFFER__SIZE, List.of(new Range(1, 4_194_304, "KiB")));
		USUAL.put(Literals.GLOBAL_BUFFER__BANDWIDTH, bandwidth);
		USUAL.put(Literals.GLOBAL_BUFFER__READS, bandwidth);
		USUAL.put(Literals.GLOBAL_BUFFER__WRITES, bandwidth);
		USUAL.put(Literals.MEMORY__BANDWIDTH, List.of(new Range(10, 100_000_000, "MB/s"), new Range(1, 1_000_000, "bit/cycle")));
		USUAL.put(Literals.INTERCONNECT__LINK, bandwidth);
		USUAL.put(Literals.INTERCONNECT__LOCAL, bandwidth);
		USUAL.put(Literals.INTERCONNECT__HOP, List.of(new Range(0, 1_000, "cycle")));
		USUAL.put(Literals.ENERGIES__MAC, List.of(new Range(0, 1_000, "pJ")));
		USUAL.put(Literals.ENERGIES__REGISTERS, List.of(new Range(0, 1_000, "pJ/B")));
		USUAL.put(Literals.ENERGIES__LINK, List.of(new Range(0, 1_000, "pJ/B")));
		USUAL.put(Literals.ENERGIES__BUFFER, List.of(new Range(0, 1_000, "pJ/B")));
		USUAL.put(Literals.ENERGIES__MEMORY, List.of(new Range(0, 100_000, "pJ/B")));
	}

	/** A value is within a few orders of magnitude of what is built. */
	@Check(CheckType.FAST)
	public void checkUsual(Expression expression) {
		List<Range> ranges = USUAL.get(expression.eContainingFeature());
		if (ranges == null) {
			return;
		}
		Amount amount;
		try {
			amount = Numbers.of(expression).amount(expression);
		} catch (ExpressionException e) {
			return;
		}
		ranges.stream().filter(range -> unit(range).dimension().equals(amount.dimension())).findFirst()
				.filter(range -> amount.value().compareTo(unit(range).factor().times(Rational.of(range.least()))) < 0
						|| amount.value().compareTo(unit(range).factor().times(Rational.of(range.most()))) > 0)
				.ifPresent(range -> report(IssueCode.SUSPICIOUS_VALUE, NumberRole.of(expression.eContainingFeature()).orElseThrow().name().apply(expression.eContainer()) + " is "
						+ Numbers.shown(expression, amount) + "; usual are " + range.text() + ". Is the unit right?", expression, null));
	}

	private static Unit unit(Range range) {
		return Units.find(range.unit()).orElseThrow();
	}

	/** The buffer keeps up with the memory: everything that comes from there passes it. */
	@Check(CheckType.NORMAL)
	public void checkMemoryBandwidth(Accelerator accelerator) {
		if (accelerator.getMemory() == null || accelerator.getMemory().getBandwidth() == null) {
			return;
		}
		Optional<org.pipeorgan.engine.hardware.Accelerator> translated = HardwareTranslator.accelerator(accelerator, Problem.IGNORE);
		translated.ifPresent(target -> {
			GlobalBuffer buffer = target.buffer();
			Rational writes = buffer.writeBandwidth().orElse(buffer.bandwidth());
			if (target.memoryBandwidth().compareTo(writes) > 0) {
				report(IssueCode.UNUSABLE_BANDWIDTH, "the memory delivers " + perCycle(target.memoryBandwidth()) + ", but the buffer takes in " + perCycle(writes)
						+ "; raise the buffer's bandwidth, or state the memory's as what can be used", accelerator.getMemory(), Literals.MEMORY__BANDWIDTH);
			}
		});
	}

	static String perCycle(Rational bytes) {
		return Units.text(bytes.times(Rational.of(8)), Dimension.BANDWIDTH_PER_CYCLE);
	}
}
