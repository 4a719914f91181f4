package org.pipeorgan.dsl.parsing;

import java.math.BigDecimal;

import org.eclipse.xtext.common.services.DefaultTerminalConverters;
import org.eclipse.xtext.conversion.IValueConverter;
import org.eclipse.xtext.conversion.ValueConverter;
import org.eclipse.xtext.conversion.ValueConverterException;
import org.eclipse.xtext.conversion.impl.AbstractValueConverter;
import org.eclipse.xtext.nodemodel.INode;

/** Numbers: refused with their place when they are too large. A quantity keeps its digits as written. */
public class PipeOrganValueConverters extends DefaultTerminalConverters {
	/** Most characters of a number with a unit: 999 Tera has 15. */
	private static final int LONGEST_NUMBER = 40;

	/** Decimal numbers. */
	@ValueConverter(rule = "Number")
	public IValueConverter<BigDecimal> numberConverter() {
		return new AbstractValueConverter<>() {
			@Override
			public BigDecimal toValue(String text, INode node) {
				if (text.length() > LONGEST_NUMBER) {
					throw new ValueConverterException("the number " + abbreviated(text) + " has too many digits; use a larger or smaller unit", node, null);
				}
				try {
					return new BigDecimal(text);
				} catch (NumberFormatException e) {
					throw new ValueConverterException("'" + abbreviated(text) + "' is not a number", node, null);
				}
			}

			@Override
			public String toString(BigDecimal value) {
				return value.toPlainString();
			}
		};
	}

	private static String abbreviated(String text) {
		return text.length() > 24 ? text.substring(0, 24) + "..." : text;
	}
}
