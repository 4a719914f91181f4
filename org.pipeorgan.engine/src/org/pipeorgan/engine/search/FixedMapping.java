package org.pipeorgan.engine.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.workload.Workload;

/**
 * A mapping that the user wrote. It belongs to no workload: operators and tensors are names, which {@link #faults} looks
 * up. Tiles, shares and splits follow from it as from every other point of the mapping space, unless they are stated.
 *
 * @param segments in order of execution, at least one
 */
public record FixedMapping(List<Segment> segments) {

	/** @throws IllegalArgumentException if there is no segment */
	public FixedMapping {
		segments = List.copyOf(segments);
		if (segments.isEmpty()) {
			throw new IllegalArgumentException("a fixed mapping needs at least one segment");
		}
	}

	/**
	 * Operators that are on the array together.
	 *
	 * @param first        name of its first operator
	 * @param last         name of its last operator, the same for an operator alone
	 * @param orderClass   class of the loop orders
	 * @param chunks       parts into which each operator's output is cut, an image, at least 1
	 * @param organization how its operators are laid out; an operator alone has the whole array, whatever stands here
	 * @param weightLevel  where weights wait between intervals
	 * @param kept         names of its results that stay in the buffer for later segments
	 * @param operators    what is stated about single operators of it
	 */
	public record Segment(String first, String last, OrderClass orderClass, long chunks, Organization organization, WeightLevel weightLevel,
			List<String> kept, List<NamedChoice> operators) {

		/** @throws IllegalArgumentException if there is less than one chunk */
		public Segment {
			kept = List.copyOf(kept);
			operators = List.copyOf(operators);
			if (chunks < 1) {
				throw new IllegalArgumentException("chunks is " + chunks + "; it must be at least 1");
			}
		}
	}

	/**
	 * What is stated about one operator.
	 *
	 * @param operator its name
	 * @param choice   its tile, share and split, as far as they are stated
	 */
	public record NamedChoice(String operator, OperatorChoice choice) {
	}

	/** What a fault is about. */
	public enum Topic {
		/** A name that the workload does not have. */
		NAME,
		/** The segments do not cover all operators once, in file order. */
		COVERAGE,
		/** Operators that cannot be on the array together. */
		TOGETHER,
		/** A tensor that cannot be kept in the buffer. */
		RESIDENCE,
		/** A number that is out of its range. */
		VALUE,
		/** Statements that exclude each other. */
		CONFLICT
	}

	/** The part of a segment that is at fault. */
	public enum Part {
		/** Its first operator. */
		FIRST,
		/** Its last operator. */
		LAST,
		/** One of the tensors that it keeps. */
		KEPT,
		/** The name of an operator that it says something about. */
		OPERATOR,
		/** The tile of an operator. */
		TILE,
		/** The share of an operator. */
		SHARE,
		/** The split of an operator. */
		SPLIT
	}

	/**
	 * Why the mapping is none of a workload.
	 *
	 * @param segment position of the segment
	 * @param part    what of it is at fault
	 * @param index   position in the kept tensors, or in the operators that it says something about; 0 for another part
	 * @param topic   what it is about
	 * @param message what is wrong and what would mend it
	 */
	public record Fault(int segment, Part part, int index, Topic topic, String message) {
	}

	/** Everything that keeps it from being a mapping of this workload, in order; whether it fits on an accelerator, only an evaluation tells. */
	public List<Fault> faults(Workload workload) {
		return new FixedMappingCheck(workload, this).faults();
	}

	/**
	 * The mapping of a run; under the run's restrictions it evaluates to the same numbers.
	 *
	 * @param full whether to state tile, share and split of each operator, and not only those that the run's mapping stated
	 */
	public static FixedMapping of(RunResult run, boolean full) {
		return new FixedMapping(run.segments().stream().map(segment -> segment(segment, full)).toList());
	}

	/** What was stated; where some shares were, those of all, for a fixed mapping states them together. */
	private static List<OperatorChoice> withAllShares(SegmentResult result) {
		List<OperatorChoice> stated = result.stated();
		if (result.depth() == 1 || stated.stream().noneMatch(choice -> choice.share() > 0)) {
			return stated;
		}
		return IntStream.range(0, stated.size()).mapToObj(i -> new OperatorChoice(stated.get(i).tile(), result.choices().get(i).share(), stated.get(i).parts())).toList();
	}

	private static Segment segment(SegmentResult result, boolean full) {
		Organization organization = Arrays.stream(Organization.values()).filter(o -> o.label().equals(result.organization())).findFirst()
				.orElse(Organization.BLOCKED_ROWS);
		OrderClass orderClass = Arrays.stream(OrderClass.values()).filter(o -> o.keyword().equals(result.orderClass())).findFirst().orElseThrow();
		WeightLevel level = Arrays.stream(WeightLevel.values()).filter(l -> l.keyword().equals(result.weightLevel())).findFirst().orElseThrow();
		// a result has the name of its operator; what earlier segments made, they keep
		List<String> kept = result.heldTensors().stream().filter(result.operators()::contains).toList();
		List<OperatorChoice> choices = full ? result.choices() : withAllShares(result);
		List<NamedChoice> operators = IntStream.range(0, choices.size()).mapToObj(i -> new NamedChoice(result.operators().get(i), choices.get(i)))
				.filter(named -> !named.choice().equals(OperatorChoice.NONE)).toList();
		return new Segment(result.operators().get(0), result.operators().get(result.depth() - 1), orderClass, result.chunks(), organization, level, kept, operators);
	}
}
