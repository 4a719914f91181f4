package org.pipeorgan.engine.exploration;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a store says about its points.
 *
 * @param study     name of the study
 * @param file      path of the file of the study among {@code sources}
 * @param hash      of everything that the results depend on, but for the program
 * @param program   version of the program that evaluates
 * @param space     all designs
 * @param columns   the properties of every point
 * @param workloads names, in the order of the study
 * @param sources   texts of the study's file and of those that it imports, by path; what is needed to evaluate a point again
 */
public record StoreHeader(String study, String file, String hash, String program, DesignSpace space, List<Column> columns, List<String> workloads,
		Map<String, String> sources) implements Serializable {
	/** Copies its lists. */
	public StoreHeader {
		columns = List.copyOf(columns);
		workloads = List.copyOf(workloads);
		sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
	}
}
