package org.pipeorgan.dsl.validation;

import java.util.List;

import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.expressions.Refinement;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Side;
import org.pipeorgan.dsl.translation.HardwareTranslator;

/** Interconnects are complete and possible. */
public class InterconnectValidator extends AreaValidator {
	/** Each section once. */
	@Check(CheckType.FAST)
	public void checkSectionsOnce(Interconnect interconnect) {
		checkOnce(interconnect, Literals.INTERCONNECT__TOPOLOGY, "topology");
		checkOnce(interconnect, Literals.INTERCONNECT__LINK, "link");
		checkOnce(interconnect, Literals.INTERCONNECT__LOCAL, "local");
		checkOnce(interconnect, Literals.INTERCONNECT__HOP, "hop");
		checkOnce(interconnect, Literals.INTERCONNECT__ROUTING, "routing");
		checkOnce(interconnect, Literals.INTERCONNECT__DELIVERY, "multicast or unicast");
		checkOnce(interconnect, Literals.INTERCONNECT__SHARED_DISTRIBUTION, "shared distribution");
	}

	/** The bandwidth of a link. */
	@Check(CheckType.NORMAL)
	public void checkComplete(Interconnect interconnect) {
		checkPresent(Refinement.nearest(Refinement.lineage(interconnect), Interconnect::getLink).orElse(null), interconnect, Literals.NAMED_ELEMENT__NAME, "the bandwidth of a link", "link 8 B/cycle");
	}

	/** Ports of the buffer at a side once, and at least one router apart. */
	@Check(CheckType.FAST)
	public void checkPorts(Interconnect interconnect) {
		List<Side> sides = interconnect.getPortSides();
		for (int i = 0; i < sides.size(); i++) {
			if (sides.indexOf(sides.get(i)) < i) {
				report(IssueCode.DUPLICATE_OPTION, "the side '" + sides.get(i) + "' is written twice; keep one of them", interconnect,
						Literals.INTERCONNECT__PORT_SIDES, i, sides.get(i).getLiteral());
			}
		}
	}

	/** The engine accepts it. */
	@Check(CheckType.NORMAL)
	public void checkPossible(Interconnect interconnect) {
		List<Side> sides = interconnect.getPortSides();
		if (sides.stream().distinct().count() == sides.size()) {
			HardwareTranslator.check(interconnect, this::report);
		}
	}
}
