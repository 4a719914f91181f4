package org.pipeorgan.dsl.validation;

import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
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
	}

	/** The bandwidth of a link. */
	@Check(CheckType.FAST)
	public void checkComplete(Interconnect interconnect) {
		checkPresent(interconnect.getLink(), interconnect, Literals.NAMED_ELEMENT__NAME, "the bandwidth of a link", "link 8 B/cycle");
	}

	/** What the cost model leaves out is said, not silently dropped. */
	@Check(CheckType.FAST)
	public void checkCosted(Interconnect interconnect) {
		if (interconnect.isSharedDistribution()) {
			report(IssueCode.NOT_COSTED, "'shared distribution' does not enter the costs yet: weights and inputs are costed on a network of their own; remove it to silence this",
					interconnect, Literals.INTERCONNECT__SHARED_DISTRIBUTION);
		}
	}

	/** The engine accepts it. */
	@Check(CheckType.NORMAL)
	public void checkPossible(Interconnect interconnect) {
		if (QuantityGuard.allSound(interconnect)) {
			HardwareTranslator.check(interconnect, this::report);
		}
	}
}
