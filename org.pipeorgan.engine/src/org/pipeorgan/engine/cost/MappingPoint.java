package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.pipelining.OrderClass;

/**
 * One point of the mapping space of a segment: everything that is chosen about it but for the residence of its boundary tensors.
 *
 * @param first        index of its first operator
 * @param depth        number of operators
 * @param orderClass   class of the loop orders
 * @param chunks       parts into which each operator's output is cut, an image: the chunk size of the segment
 * @param organization how its operators are laid out
 * @param weightLevel  where weights wait between intervals; for weight-outer orders, where each weight is walked once, it
 *                     says instead where the inputs wait: {@code MEMORY} and {@code REGISTERS_OR_MEMORY} stream them anew for each part of K, the others stage
 *                     them whole
 */
public record MappingPoint(int first, int depth, OrderClass orderClass, long chunks, Organization organization,
		WeightLevel weightLevel) {

	/** Where the weights of a segment wait between intervals. */
	public enum WeightLevel {
		/** In register files where they fit there, else in the global buffer. */
		REGISTERS("registers"),
		/** In the global buffer. */
		BUFFER("buffer"),
		/** In register files where they fit there, else in memory. */
		REGISTERS_OR_MEMORY("registers_or_memory"),
		/** In memory; two tiles of them in the buffer. */
		MEMORY("memory");

		private final String keyword;

		WeightLevel(String keyword) {
			this.keyword = keyword;
		}

		/** Name in the language and in results. */
		public String keyword() {
			return keyword;
		}

		boolean registers() {
			return this == REGISTERS || this == REGISTERS_OR_MEMORY;
		}

		boolean memory() {
			return this == MEMORY || this == REGISTERS_OR_MEMORY;
		}
	}
}
