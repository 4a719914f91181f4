package org.pipeorgan.engine.exploration;

import java.io.Serializable;

/**
 * A property that every point of a sweep has.
 *
 * @param name as in the language, such as {@code buffer.size}
 * @param unit in which numbers are kept, empty for a count; {@code null} for a column of names
 */
public record Column(String name, String unit) implements Serializable {
}
