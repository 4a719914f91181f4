package org.pipeorgan.engine.search;

import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.SegmentSignature;
import org.pipeorgan.engine.workload.Workload;

/**
 * What points of different segments have in common that have the same plan.
 *
 * @param signature of their segments
 * @param point     of a segment at the begin of a workload
 */
record RepeatedPoint(SegmentSignature signature, MappingPoint point) {
	static RepeatedPoint of(Workload workload, MappingPoint point) {
		return new RepeatedPoint(SegmentSignature.of(workload, point.first(), point.depth()), point.startingAt(0));
	}
}
