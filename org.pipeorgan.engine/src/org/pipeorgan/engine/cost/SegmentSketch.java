package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.organization.Organization;

/**
 * What a point that was laid out, but not scheduled, costs at least, wherever its boundary tensors wait; amounts in bytes.
 *
 * @param organization how its operators are laid out
 * @param level        where its weights wait
 * @param cycles       that its recurrence takes
 * @param weights      that memory delivers
 * @param firstWeights those of them that come first
 * @param weightReads  weights that the buffer delivers
 * @param delivered    what the buffer delivers of hand-overs that do not fit into registers
 * @param stored       and their tensors that are written to it, but for those that leave the segment
 * @param handedOver   what goes from PE to PE
 * @param space        that weights and hand-overs take
 * @param bankCycles   over the banks of what takes space
 */
public record SegmentSketch(Organization organization, WeightLevel level, double cycles, long weights, long firstWeights, long weightReads, double delivered, double stored,
		double handedOver, double space, long bankCycles) {
	/** The same of a point that differs in nothing of this but where its weights wait. */
	public SegmentSketch at(WeightLevel other) {
		return new SegmentSketch(organization, other, cycles, weights, firstWeights, weightReads, delivered, stored, handedOver, space, bankCycles);
	}
}
