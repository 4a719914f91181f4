package org.pipeorgan.dsl.expressions;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.eclipse.emf.ecore.EObject;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Policy;

/** What a declaration has from those that it refines: whatever it does not write itself. */
public final class Refinement {
	/** Most declarations of a chain, each refining the next. */
	public static final int LONGEST = 100;

	private Refinement() {
	}

	/** The accelerator and those that it refines, nearest first; ends where it would repeat or gets too long. */
	public static List<Accelerator> lineage(Accelerator accelerator) {
		return lineage(accelerator, Accelerator::getBase);
	}

	/** The interconnect and those that it refines, nearest first; ends where it would repeat or gets too long. */
	public static List<Interconnect> lineage(Interconnect interconnect) {
		return lineage(interconnect, Interconnect::getBase);
	}

	/** The policy and those that it refines, nearest first; ends where it would repeat or gets too long. */
	public static List<Policy> lineage(Policy policy) {
		return lineage(policy, Policy::getBase);
	}

	/** What the element refines; {@code null} if nothing, or if it cannot be refined. */
	public static EObject base(EObject element) {
		return switch (element) {
		case Accelerator accelerator -> accelerator.getBase();
		case Interconnect interconnect -> interconnect.getBase();
		case Policy policy -> policy.getBase();
		default -> null;
		};
	}

	/** Whether the element ends up refining itself. */
	public static boolean isCyclic(EObject element) {
		List<EObject> lineage = lineage(element, Refinement::base);
		return lineage.contains(base(lineage.get(lineage.size() - 1)));
	}

	/** Whether the element refines more declarations, one through the other, than are looked at. */
	public static boolean isTooLong(EObject element) {
		return lineage(element, Refinement::base).size() > LONGEST;
	}

	private static <T extends EObject> List<T> lineage(T first, UnaryOperator<T> base) {
		Set<T> lineage = new LinkedHashSet<>();
		for (T next = first; next != null && !next.eIsProxy() && lineage.size() <= LONGEST && lineage.add(next);) {
			next = base.apply(next);
		}
		return new ArrayList<>(lineage);
	}

	/** The nearest value that is there. */
	public static <T, V> Optional<V> nearest(List<T> lineage, Function<T, V> value) {
		return lineage.stream().map(value).filter(Objects::nonNull).findFirst();
	}

	/** The nearest element that says something. */
	public static <T> Optional<T> nearestThat(List<T> lineage, Predicate<T> says) {
		return lineage.stream().filter(says).findFirst();
	}
}
