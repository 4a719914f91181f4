package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.cost.SegmentCost.Residence;
import org.pipeorgan.engine.cost.SegmentPlan.BoundaryInput;
import org.pipeorgan.engine.cost.SegmentPlan.BoundaryOutput;
import org.pipeorgan.engine.hardware.Energies;

/**
 * What a plan costs with a residence of its boundary tensors, whatever else waits in the buffer and whatever was fetched ahead of it.
 *
 * @param outsideCycles    cycles that memory moves before and after the body if nothing was fetched ahead
 * @param bodyCycles       cycles between
 * @param fetchableCycles  cycles of them that may be spent during the segment before
 * @param idleCycles       cycles of the body in which memory is idle
 * @param spaceBytes       of the global buffer
 * @param energyPicojoules pJ
 * @param memoryReadBytes  bytes read from memory
 * @param memoryWriteBytes bytes written to memory
 * @param bufferReadBytes  bytes read from the global buffer
 * @param bufferWriteBytes bytes written to the global buffer
 * @param bodyLimit        what bounds the body
 */
public record ResidenceCost(long outsideCycles, long bodyCycles, long fetchableCycles, long idleCycles, long spaceBytes, double energyPicojoules, long memoryReadBytes,
		long memoryWriteBytes, long bufferReadBytes, long bufferWriteBytes, String bodyLimit) {

	/**
	 * Costs a plan.
	 *
	 * @param held tensors held in the buffer when the segment begins
	 * @param kept which of its results stay in the buffer, whole; one that leaves the network goes to memory all the same
	 */
	public static ResidenceCost of(CostModel model, SegmentPlan plan, Residence held, Residence kept) {
		return of(model, plan, held, kept, tensor -> false);
	}

	/**
	 * What a plan costs at least, wherever some tensors wait: they may all be held, and still take no more space than if they were not. That beats
	 * every other residence of theirs: what more room one leaves, it takes longer itself.
	 *
	 * @param free such tensors, which are held and kept
	 */
	static ResidenceCost of(CostModel model, SegmentPlan plan, Residence held, Residence kept, Residence free) {
		long read = plan.weightMemoryBytes;
		long write = 0;
		long first = 0;
		long last = 0;
		long firstResult = Long.MAX_VALUE;
		long paced = 0;
		long delivered = plan.weightBufferReadBytes + plan.handOverReadBytes;
		long stored = plan.handOverWriteBytes;
		long banks = plan.bankCycles;
		for (BoundaryInput input : plan.inputs) {
			delivered += input.deliverBytes();
			boolean hold = held.holds(input.tensor());
			banks = Math.max(banks, free.holds(input.tensor()) ? Math.min(input.heldCycles(), input.stagedCycles()) : hold ? input.heldCycles() : input.stagedCycles());
			if (!hold) {
				read += input.memoryBytes();
				first += input.firstBytes();
			}
		}
		for (BoundaryOutput output : plan.outputs) {
			stored += output.bytes();
			boolean keep = kept.holds(output.tensor());
			banks = Math.max(banks, free.holds(output.tensor()) ? Math.min(output.keptCycles(), output.stagedCycles()) : keep ? output.keptCycles() : output.stagedCycles());
			if (!keep || model.workload().tensors().get(output.tensor()).output()) {
				write += output.bytes();
				last = Math.max(last, output.lastBytes());
				firstResult = Math.min(firstResult, output.firstUnits());
				paced = Math.max(paced, output.pacedUnits());
			}
		}
		long bufferRead = delivered + write;
		long bufferWrite = stored + read;
		long weightCycles = model.memoryCycles(plan.firstWeightBytes);
		long before = weightCycles + model.memoryCycles(first);
		long after = model.memoryCycles(last);
		long overlapped = Math.max(0, model.memoryCycles(read + write) - before - after);
		long cycle = model.unitsPerCycle();
		long recurrence = Math.ceilDiv(plan.schedule.recurrenceUnits, cycle);
		long buffer = Math.ceilDiv(model.bufferUnits(bufferRead - last, bufferWrite - first - plan.firstWeightBytes), cycle);
		// nothing is written before there is a first result, and two chunks at most wait
		long written = write == 0 ? 0 : Math.ceilDiv(Math.max(paced, written(model, plan, free, firstResult, write, last)), cycle);
		long body = Math.max(Math.max(recurrence, Math.max(overlapped, written)), Math.max(buffer, banks));
		String limit = plan.limit;
		if (body > recurrence) {
			limit = body == Math.max(overlapped, written) ? "memory" : body == buffer ? "buffer" : "buffer banks";
		}
		Energies energies = model.accelerator().energies();
		double energy = plan.macs * energies.mac() + plan.registerBits / 8.0 * energies.registers() + plan.schedule.flows.hopBits / 8.0 * energies.link()
				+ (double) (bufferRead + bufferWrite) * energies.buffer() + (double) (read + write) * energies.memory();
		return new ResidenceCost(before + after, body, weightCycles, body - overlapped, spaceBytes(plan, held, kept, free), energy, read, write, bufferRead, bufferWrite, limit);
	}

	/** When results are written to memory at the earliest, units: a free one that is there before the others may be among them. */
	private static long written(CostModel model, SegmentPlan plan, Residence free, long firstResult, long write, long last) {
		long least = Math.addExact(firstResult, model.memoryUnits(write - last));
		for (BoundaryOutput output : plan.outputs) {
			if (free.holds(output.tensor()) && output.firstUnits() < firstResult) {
				least = Math.min(least, Math.addExact(output.firstUnits(), model.memoryUnits(write + output.bytes() - Math.max(last, output.lastBytes()))));
			}
		}
		return least;
	}

	/** Bytes of the global buffer that a plan takes; the parameters are those of {@link #of}. */
	public static long spaceBytes(SegmentPlan plan, Residence held, Residence kept) {
		return spaceBytes(plan, held, kept, tensor -> false);
	}

	private static long spaceBytes(SegmentPlan plan, Residence held, Residence kept, Residence free) {
		long space = plan.spaceBytes;
		for (BoundaryInput input : plan.inputs) {
			if (!held.holds(input.tensor())) {
				space += input.stagingBytes();
			}
		}
		for (BoundaryOutput output : plan.outputs) {
			space += free.holds(output.tensor()) ? Math.min(output.bytes(), output.stagingBytes()) : kept.holds(output.tensor()) ? output.bytes() : output.stagingBytes();
		}
		return space;
	}

	/** Cycles, if so many were at hand during the segment before to fetch first weights ahead: as much of these as fits into them is. */
	public long latencyCycles(long prefetchable) {
		return outsideCycles + bodyCycles - Math.min(prefetchable, fetchableCycles);
	}

	/** Whether it fits into the buffer. @param heldBytes of all tensors held when the segment begins, read by it or not */
	public boolean fits(CostModel model, long heldBytes) {
		return spaceBytes + heldBytes <= model.accelerator().bufferBytes();
	}

	/** Whole cycles of memory time in which the next segment's first weights could be fetched meanwhile: as many as the memory is idle and the buffer has space for. */
	public long prefetchRoom(CostModel model, long heldBytes) {
		return Math.min(idleCycles, (model.accelerator().bufferBytes() - spaceBytes - heldBytes) / model.memoryBytesPerCycle());
	}

	/** Bytes to and from memory. */
	public long memoryBytes() {
		return memoryReadBytes + memoryWriteBytes;
	}
}
