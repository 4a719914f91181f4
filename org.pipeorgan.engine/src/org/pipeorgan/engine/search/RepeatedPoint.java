package org.pipeorgan.engine.search;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.SegmentSignature;

/**
 * What points of different segments have in common that have the same plan.
 *
 * @param signature of their segments
 * @param point     of a segment at the begin of a workload
 */
record RepeatedPoint(SegmentSignature signature, MappingPoint point) {
	static RepeatedPoint of(CostModel model, MappingPoint point) {
		return new RepeatedPoint(model.signature(point.first(), point.depth()), point.startingAt(0));
	}
}
