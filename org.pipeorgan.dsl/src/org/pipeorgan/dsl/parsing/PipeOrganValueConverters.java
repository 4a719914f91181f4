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

	/** Whole numbers in 64 bits. */
	@ValueConverter(rule = "Natural")
	public IValueConverter<Long> naturalConverter() {
		return new AbstractValueConverter<>() {
			@Override
			public Long toValue(String text, INode node) {
				try {
					return Long.valueOf(text);
				} catch (NumberFormatException e) {
					throw new ValueConverterException("the number " + abbreviated(text) + " is too large; it must be below 2^63", node, null);
				}
			}

			@Override
			public String toString(Long value) {
				return Long.toString(value);
			}
		};
	}

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

	/** Units, without the blanks that may stand around the slash. */
	@ValueConverter(rule = "Unit")
	public IValueConverter<String> unitConverter() {
		return new AbstractValueConverter<>() {
			@Override
			public String toValue(String text, INode node) {
				return text.replaceAll("\\s", "");
			}

			@Override
			public String toString(String value) {
				return value;
			}
		};
	}

	private static String abbreviated(String text) {
		return text.length() > 24 ? text.substring(0, 24) + "..." : text;
	}
}
