package org.pipeorgan.dsl.validation;

import java.util.Optional;
import java.util.stream.Collectors;

import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.translation.Quantities;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.QuantityRole;
import org.pipeorgan.dsl.units.Unit;
import org.pipeorgan.dsl.units.Units;

/** Quantities have a unit of the right dimension and a sensible value. */
public class QuantityValidator extends AreaValidator {
	/** A quantity has a known unit of a dimension that its place accepts. */
	@Check(CheckType.FAST)
	public void checkUnit(Quantity quantity) {
		Optional<QuantityRole> found = QuantityRole.of(quantity.eContainingFeature());
		if (found.isEmpty() || quantity.getValue() == null) {
			return;
		}
		QuantityRole role = found.get();
		if (quantity.getUnit() == null) {
			report(IssueCode.MISSING_UNIT, role.label() + " is " + Quantities.text(quantity) + " without a unit; write, for example, '" + role.example() + "'",
					quantity, Literals.QUANTITY__VALUE, Units.names(role.dimensions().get(0)).toArray(String[]::new));
			return;
		}
		Optional<Unit> unit = Units.find(quantity.getUnit());
		if (unit.isEmpty()) {
			String hint = Units.similar(quantity.getUnit()).map(name -> "did you mean '" + name + "'?")
					.orElse("units of a " + role.dimensions().get(0).label() + " are " + String.join(", ", Units.names(role.dimensions().get(0))));
			report(IssueCode.UNKNOWN_UNIT, "there is no unit '" + quantity.getUnit() + "'; " + hint, quantity, Literals.QUANTITY__UNIT,
					Units.names(role.dimensions().get(0)).toArray(String[]::new));
		} else if (!role.dimensions().contains(unit.get().dimension())) {
			String wanted = role.dimensions().stream().map(Dimension::label).collect(Collectors.joining(" or a "));
			report(IssueCode.WRONG_DIMENSION, role.label() + " is a " + wanted + ", but " + Quantities.text(quantity) + " is a "
					+ unit.get().dimension().label() + "; write, for example, '" + role.example() + "'", quantity, Literals.QUANTITY__UNIT,
					Units.names(role.dimensions().get(0)).toArray(String[]::new));
		}
	}

	/** A quantity is above zero, or at least zero where nothing is a sensible amount. */
	@Check(CheckType.FAST)
	public void checkValue(Quantity quantity) {
		Optional<QuantityRole> role = QuantityRole.of(quantity.eContainingFeature());
		if (role.isEmpty() || quantity.getValue() == null) {
			return;
		}
		int sign = quantity.getValue().signum();
		if (sign < 0 || sign == 0 && !role.get().zero()) {
			report(IssueCode.NON_POSITIVE_VALUE, role.get().label() + " is " + Quantities.text(quantity) + "; it must be "
					+ (role.get().zero() ? "0 or more" : "above zero") + ", for example '" + role.get().example() + "'", quantity, Literals.QUANTITY__VALUE);
		}
	}

	/** A precision is between 1 and 64 whole bits. */
	@Check(CheckType.FAST)
	public void checkPrecision(Quantity quantity) {
		Optional<QuantityRole> role = QuantityRole.of(quantity.eContainingFeature());
		if (role.isEmpty() || !"the precision".equals(role.get().label()) || quantity.getValue() == null || quantity.getValue().signum() <= 0
				|| Quantities.dimension(quantity) != Dimension.SIZE) {
			return;
		}
		boolean good;
		try {
			good = Quantities.bits(quantity) <= 64;
		} catch (IllegalArgumentException | ArithmeticException e) {
			good = false;
		}
		if (!good) {
			report(IssueCode.VALUE_OUT_OF_RANGE, "the precision is " + Quantities.text(quantity) + "; it must be a whole number of bits between 1 and 64",
					quantity, Literals.QUANTITY__VALUE);
		}
	}
}
