package org.pipeorgan.engine.exploration;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * One parameter that varies.
 *
 * @param name    as in the language, such as {@code buffer.size}
 * @param choices its values as texts with units, in the order in which they are written; all different
 */
public record Axis(String name, List<String> choices) implements Serializable {
	/** @throws IllegalArgumentException if there is no choice, or one twice */
	public Axis {
		choices = List.copyOf(choices);
		if (choices.isEmpty()) {
			throw new IllegalArgumentException(name + " has no value");
		}
		if (new HashSet<>(choices).size() < choices.size()) {
			throw new IllegalArgumentException(name + " has a value twice");
		}
	}
}
