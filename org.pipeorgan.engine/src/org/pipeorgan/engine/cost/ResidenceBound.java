package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.cost.SegmentCost.Residence;
import org.pipeorgan.engine.cost.SegmentPlan.BoundaryInput;
import org.pipeorgan.engine.cost.SegmentPlan.BoundaryOutput;
import org.pipeorgan.engine.hardware.Energies;

/**
 * What a segment costs in one residence of its boundary tensors: exactly, by a plan, or at least, by what points need that are not costed.
 *
 * @param cost  cycles, energy and memory traffic; its room is what memory is idle, whatever space is left
 * @param space bytes of the buffer, beside those of held tensors
 */
public record ResidenceBound(RelaxedCost cost, double space) {
	/**
	 * What a plan costs, at least where tensors are free; the parameters are those of {@link ResidenceCost#of}.
	 *
	 * @param free tensors that may be held or not, which are held and kept here: bounds take the less of either, and no space for them
	 */
	public static ResidenceBound of(CostModel model, SegmentPlan plan, Residence held, Residence kept, Residence free) {
		ResidenceCost cost = ResidenceCost.of(model, plan, held, kept, free);
		return new ResidenceBound(new RelaxedCost(false, cost.outsideCycles() + cost.bodyCycles() - cost.fetchableCycles(), 0, cost.fetchableCycles(), cost.idleCycles(),
				cost.energyPicojoules(), cost.memoryBytes()), cost.spaceBytes());
	}

	/**
	 * What points cost at least. Mirrors {@link ResidenceCost#of}.
	 *
	 * @param needs  what they need
	 * @param anyway what they cost in any residence
	 * @param free   as for a plan
	 */
	public static ResidenceBound of(CostModel model, SegmentNeeds needs, RelaxedCost anyway, Residence held, Residence kept, Residence free) {
		double bandwidth = model.memoryBandwidth();
		double firstWeights = anyway.streaming() ? anyway.fetchable() * bandwidth : needs.firstWeights();
		double space = needs.space();
		double read = needs.weights();
		double first = 0;
		double banks = needs.bankCycles();
		for (BoundaryInput input : needs.inputs()) {
			if (held.holds(input.tensor())) {
				banks = Math.max(banks, free.holds(input.tensor()) ? Math.min(input.heldCycles(), input.stagedCycles()) : input.heldCycles());
			} else {
				banks = Math.max(banks, input.stagedCycles());
				read += input.memoryBytes();
				first += input.firstBytes();
				space += input.stagingBytes();
			}
		}
		double write = 0;
		double last = 0;
		double stored = needs.bufferWrites();
		for (BoundaryOutput output : needs.outputs()) {
			boolean keep = kept.holds(output.tensor());
			stored += output.bytes();
			boolean least = free.holds(output.tensor());
			banks = Math.max(banks, least ? Math.min(output.keptCycles(), output.stagedCycles()) : keep ? output.keptCycles() : output.stagedCycles());
			space += least ? Math.min(output.bytes(), output.stagingBytes()) : keep ? output.bytes() : output.stagingBytes();
			if (!keep || model.workload().tensors().get(output.tensor()).output()) {
				write += output.bytes();
				last = Math.max(last, output.lastBytes());
			}
		}
		double fetchable = RelaxedCost.wholeCycles(firstWeights / bandwidth);
		double around = RelaxedCost.wholeCycles(first / bandwidth) + RelaxedCost.wholeCycles(last / bandwidth);
		double transfers = RelaxedCost.wholeCycles((read + write) / bandwidth);
		double meanwhile = Math.max(0, transfers - around - fetchable);
		double buffer = model.bufferCycles(needs.bufferReads() + write - last, stored + read - first - firstWeights);
		double body = Math.max(Math.max(RelaxedCost.wholeCycles(needs.recurrence()), RelaxedCost.wholeCycles(buffer)), Math.max(meanwhile, banks));
		double memory = (read + write) * RelaxedCost.SAFE;
		Energies energies = model.accelerator().energies();
		double energy = anyway.energy() + Math.max(0, memory - anyway.memory()) * (energies.memory() + energies.buffer()) * RelaxedCost.SAFE;
		RelaxedCost cost = new RelaxedCost(anyway.streaming(), around + body, transfers, fetchable, anyway.streaming() ? anyway.room() : body - meanwhile, energy, memory);
		return new ResidenceBound(cost.and(anyway), space);
	}

	/**
	 * Whether a mapping is at least as good with this as with another, whatever else is held.
	 *
	 * @param time   whether cycles count
	 * @param energy whether energy counts
	 * @param memory whether memory traffic counts
	 * @param live   bytes of all tensors that may be held when the segment begins
	 */
	public boolean covers(ResidenceBound other, CostModel model, boolean time, boolean energy, boolean memory, double live) {
		if (time && !cost.isFaster(other.cost, 0) || energy && cost.energy() > other.cost.energy() || memory && cost.memory() > other.cost.memory()) {
			return false;
		}
		return space <= other.space || space + live + (time ? cost.room() * model.memoryBytesPerCycle() : 0) <= model.accelerator().bufferBytes();
	}
}
