package org.pipeorgan.engine.exploration;

import java.io.Serializable;
import java.util.Collections;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a point. Two evaluations of the same point give equal results.
 *
 * @param point      number in the space
 * @param status     whether it could be mapped
 * @param message    why not; empty if it could
 * @param properties of the design, in the order of the sweep's columns, each a {@link Long}, a {@link Double}, a {@link String}, or {@code null} where
 *                   there is no such design
 * @param totals     sums over the workloads; {@code null} if it could not be mapped
 * @param workloads  each workload by itself, in the order of the study; empty if it could not be mapped
 */
public record PointResult(long point, Status status, String message, List<Object> properties, Totals totals, List<Totals> workloads) implements Serializable {
	/** What became of it. */
	public enum Status {
		/** It is mapped. */
		OK("ok"),
		/** There is no such design, or it fits no mapping: a result like another. */
		INFEASIBLE("infeasible"),
		/** Its evaluation broke off, by a fault of the program or for want of memory. */
		FAILED("failed");

		private final String keyword;

		Status(String keyword) {
			this.keyword = keyword;
		}

		/** Name in stores. */
		public String keyword() {
			return keyword;
		}

		/** The status of this name. @throws IllegalArgumentException if there is none */
		public static Status of(String keyword) {
			for (Status status : values()) {
				if (status.keyword.equals(keyword)) {
					return status;
				}
			}
			throw new IllegalArgumentException("there is no status '" + keyword + "'");
		}
	}

	/** Copies its lists. */
	public PointResult {
		properties = Collections.unmodifiableList(new ArrayList<>(properties));
		workloads = List.copyOf(workloads);
	}

	/** Whether it is mapped. */
	public boolean isOk() {
		return status == Status.OK;
	}
}
