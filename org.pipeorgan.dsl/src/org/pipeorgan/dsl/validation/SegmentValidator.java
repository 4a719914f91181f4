package org.pipeorgan.dsl.validation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.LoopExtent;
import org.pipeorgan.dsl.pipeorgan.LoopRank;
import org.pipeorgan.dsl.pipeorgan.OperatorMapping;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.pipeorgan.Restriction;
import org.pipeorgan.dsl.pipeorgan.Segment;
import org.pipeorgan.dsl.translation.FixedMappings;
import org.pipeorgan.dsl.translation.PolicyTranslator;

/** Segments of fixed policies say what they have to; whether a workload has what they name, a study tells. */
public class SegmentValidator extends AreaValidator {
	/** Operators and chunks. */
	@Check(CheckType.FAST)
	public void checkComplete(Segment segment) {
		int index = ((Policy) segment.eContainer()).getSegments().indexOf(segment);
		if (segment.getFirst() == null) {
			report(IssueCode.MISSING_OPTION, "the operators of the segment are missing; add, for example, 'operators conv1 .. conv3'", segment.eContainer(),
					Literals.POLICY__SEGMENTS, index, "operators conv1 .. conv3");
		} else {
			checkPresent(segment.getChunks(), segment, Literals.SEGMENT__FIRST, "the number of chunks", "chunks 16");
		}
	}

	/** Each section once. */
	@Check(CheckType.FAST)
	public void checkSectionsOnce(Segment segment) {
		checkOnce(segment, Literals.SEGMENT__FIRST, "operators");
		checkOnce(segment, Literals.SEGMENT__ORDER, "order");
		checkOnce(segment, Literals.SEGMENT__CHUNKS, "chunks");
		checkOnce(segment, Literals.SEGMENT__ORGANIZATION, "organization");
		checkOnce(segment, Literals.SEGMENT__WEIGHTS, "weights");
	}

	/** What is stated about an operator, each once, and of a tile the loops that it has. */
	@Check(CheckType.FAST)
	public void checkOperator(OperatorMapping operator) {
		checkOnce(operator, Literals.OPERATOR_MAPPING__SHARE, "share");
		checkLoopsOnce(operator.getTile());
		checkLoopsOnce(operator.getSplit());
		for (LoopExtent extent : operator.getTile()) {
			if (extent.getRank() == LoopRank.C) {
				report(IssueCode.UNEXPECTED_OPTION, "a tile is a part of the output, which has the loops K, P and Q; remove 'C', or write it after 'split'", extent,
						Literals.LOOP_EXTENT__RANK);
			}
		}
		if (operator.getTile().isEmpty() && operator.getSplit().isEmpty() && operator.getShare() == null) {
			report(IssueCode.MISSING_OPTION, "nothing is said about operator '" + operator.getName() + "'; add, for example, 'tile P 4', 'share 16' or 'split K 4', or remove it",
					operator, Literals.OPERATOR_MAPPING__NAME, "tile P 4");
		}
	}

	private void checkLoopsOnce(List<LoopExtent> extents) {
		Set<LoopRank> seen = EnumSet.noneOf(LoopRank.class);
		for (LoopExtent extent : extents) {
			if (!seen.add(extent.getRank())) {
				report(IssueCode.DUPLICATE_OPTION, "'" + extent.getRank() + "' is written twice; keep one of them", extent, Literals.LOOP_EXTENT__RANK, extent.getRank().getLiteral());
			}
		}
	}

	/** Only operators that share the array are laid out. */
	@Check(CheckType.FAST)
	public void checkOrganization(Segment segment) {
		boolean alone = segment.getLast() == null || segment.getLast().equals(segment.getFirst());
		if (alone && segment.eIsSet(Literals.SEGMENT__ORGANIZATION)) {
			report(IssueCode.UNEXPECTED_OPTION, "an operator alone has the whole array; remove 'organization'", segment, Literals.SEGMENT__ORGANIZATION);
		}
	}

	/** A policy without residence keeps nothing. */
	@Check(CheckType.NORMAL)
	public void checkResidence(Policy policy) {
		String message = "the policy is restricted to no residence, so its segments keep nothing; remove 'keep' or 'no_residence'";
		int restriction = policy.getRestrictions().indexOf(Restriction.NO_RESIDENCE);
		if (restriction >= 0) {
			if (FixedMappings.segments(policy).stream().anyMatch(segment -> !segment.getKept().isEmpty())) {
				report(IssueCode.CONFLICTING_OPTIONS, message, policy, Literals.POLICY__RESTRICTIONS, restriction);
			}
		} else if (PolicyTranslator.restrictions(policy).contains(org.pipeorgan.engine.search.Restriction.NO_RESIDENCE)) {
			policy.getSegments().stream().filter(segment -> !segment.getKept().isEmpty())
					.forEach(segment -> report(IssueCode.CONFLICTING_OPTIONS, message, segment, Literals.SEGMENT__KEPT, 0));
		}
	}
}
