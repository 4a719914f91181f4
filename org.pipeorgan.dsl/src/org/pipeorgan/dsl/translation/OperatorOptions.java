package org.pipeorgan.dsl.translation;

import java.util.Optional;

import org.pipeorgan.dsl.pipeorgan.ExtentOption;
import org.pipeorgan.dsl.pipeorgan.Operator;
import org.pipeorgan.dsl.pipeorgan.OperatorOption;
import org.pipeorgan.dsl.pipeorgan.Rank;

/** Reads the options of an operator; where one is written twice, the first counts. */
public final class OperatorOptions {
	private OperatorOptions() {
	}

	/** The option of this class. */
	public static <T extends OperatorOption> Optional<T> find(Operator operator, Class<T> type) {
		return operator.getOptions().stream().filter(type::isInstance).map(type::cast).findFirst();
	}

	/** The option {@code K}, {@code R} or {@code S}. */
	public static Optional<ExtentOption> extent(Operator operator, Rank rank) {
		return operator.getOptions().stream().filter(ExtentOption.class::isInstance).map(ExtentOption.class::cast)
				.filter(option -> option.getRank() == rank).findFirst();
	}
}
