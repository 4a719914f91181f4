package org.pipeorgan.dsl.validation;

import java.util.Iterator;

import org.eclipse.emf.ecore.EObject;
import org.pipeorgan.dsl.pipeorgan.GlobalBuffer;
import org.pipeorgan.dsl.pipeorgan.PeArray;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.translation.Quantities;
import org.pipeorgan.dsl.units.QuantityRole;

/** Tells whether the fast checks have found every number of an element sound, so that the engine's checks add news only. */
final class QuantityGuard {
	private QuantityGuard() {
	}

	static boolean allSound(EObject element) {
		for (Iterator<EObject> contents = element.eAllContents(); contents.hasNext();) {
			EObject object = contents.next();
			if (object instanceof Quantity quantity && !sound(quantity)) {
				return false;
			}
			if (object instanceof PeArray array
					&& (array.getRows() < 1 || array.getColumns() < 1 || array.eIsSet(Literals.PE_ARRAY__MACS) && array.getMacs() < 1)) {
				return false;
			}
			if (object instanceof GlobalBuffer buffer && buffer.eIsSet(Literals.GLOBAL_BUFFER__BANKS) && buffer.getBanks() < 1) {
				return false;
			}
		}
		return true;
	}

	private static boolean sound(Quantity quantity) {
		if (quantity.getValue() == null) {
			return false;
		}
		return QuantityRole.of(quantity.eContainingFeature()).filter(role -> {
			int sign = quantity.getValue().signum();
			return role.dimensions().contains(Quantities.dimension(quantity)) && (sign > 0 || sign == 0 && role.zero());
		}).isPresent();
	}
}
