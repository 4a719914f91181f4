package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.cost.SegmentPlan.BoundaryInput;
import org.pipeorgan.engine.cost.SegmentPlan.BoundaryOutput;
import org.pipeorgan.engine.hardware.Energies;

/**
 * What a plan costs with a residence of its boundary tensors.
 *
 * @param latencyCycles    cycles: what memory moves before and after, and the body between
 * @param energyPicojoules pJ
 * @param memoryReadBytes  bytes read from memory
 * @param memoryWriteBytes bytes written to memory
 * @param bufferReadBytes  bytes read from the global buffer
 * @param bufferWriteBytes bytes written to the global buffer
 * @param prefetchRoom     whole cycles of memory time in which the next segment's first weights could be fetched meanwhile: as many
 *                         as the memory is idle and the buffer has space for
 * @param limit            what bounds the segment
 */
public record SegmentCost(long latencyCycles, double energyPicojoules, long memoryReadBytes, long memoryWriteBytes, long bufferReadBytes,
		long bufferWriteBytes, long prefetchRoom, String limit) {

	/** Which boundary tensors are in the global buffer. */
	@FunctionalInterface
	public interface Residence {
		/** Whether the tensor of this index is held. */
		boolean holds(int tensor);
	}

	/**
	 * Costs a plan.
	 *
	 * @param held         tensors held in the buffer when the segment begins
	 * @param kept         which of its results stay in the buffer, whole; one that leaves the network goes to memory all the same
	 * @param heldBytes    bytes of all tensors held when the segment begins, read by it or not
	 * @param prefetchable cycles of memory time in which first weights could be fetched during the segment before; as much of
	 *                     this segment's as fits into them is
	 * @return the cost, or {@code null} if the plan does not fit into the buffer
	 */
	public static SegmentCost of(CostModel model, SegmentPlan plan, Residence held, Residence kept, long heldBytes, long prefetchable) {
		long space = spaceBytes(plan, held, kept, heldBytes);
		if (space > model.accelerator().bufferBytes()) {
			return null;
		}
		long read = plan.weightMemoryBytes;
		long write = 0;
		long first = 0;
		long last = 0;
		long firstResult = Long.MAX_VALUE;
		long delivered = plan.weightBufferReadBytes + plan.handOverReadBytes;
		long stored = plan.handOverWriteBytes;
		long banks = plan.bankCycles;
		for (BoundaryInput input : plan.inputs) {
			delivered += input.deliverBytes();
			banks = Math.max(banks, held.holds(input.tensor()) ? input.heldCycles() : input.stagedCycles());
			if (!held.holds(input.tensor())) {
				read += input.memoryBytes();
				first += input.firstBytes();
			}
		}
		for (BoundaryOutput output : plan.outputs) {
			stored += output.bytes();
			boolean keep = kept.holds(output.tensor());
			banks = Math.max(banks, keep ? output.keptCycles() : output.stagedCycles());
			if (!keep || model.workload().tensors().get(output.tensor()).output()) {
				write += output.bytes();
				last = Math.max(last, output.lastBytes());
				firstResult = Math.min(firstResult, output.firstUnits());
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
		// nothing is written before there is a first result
		long written = write == 0 ? 0 : Math.ceilDiv(Math.addExact(firstResult, model.memoryUnits(write - last)), cycle);
		long body = Math.max(Math.max(recurrence, Math.max(overlapped, written)), Math.max(buffer, banks));
		long outside = before + after - Math.min(prefetchable, weightCycles);
		String limit = plan.limit;
		if (outside > body || body > recurrence && body == Math.max(overlapped, written)) {
			limit = "memory";
		} else if (body > recurrence) {
			limit = body == buffer ? "buffer" : "buffer banks";
		}
		long idle = body - overlapped;
		long room = Math.min(idle, (model.accelerator().bufferBytes() - space) / model.memoryBytesPerCycle());
		Energies energies = model.accelerator().energies();
		double energy = plan.macs * energies.mac() + plan.registerBits / 8.0 * energies.registers() + plan.schedule.flows.hopBits / 8.0 * energies.link()
				+ (double) (bufferRead + bufferWrite) * energies.buffer() + (double) (read + write) * energies.memory();
		return new SegmentCost(outside + body, energy, read, write, bufferRead, bufferWrite, room, limit);
	}

	/** Bytes of the global buffer that a plan takes; the parameters are those of {@link #of}. */
	public static long spaceBytes(SegmentPlan plan, Residence held, Residence kept, long heldBytes) {
		long space = Math.addExact(plan.spaceBytes, heldBytes);
		for (BoundaryInput input : plan.inputs) {
			if (!held.holds(input.tensor())) {
				space += input.stagingBytes();
			}
		}
		for (BoundaryOutput output : plan.outputs) {
			space += kept.holds(output.tensor()) ? output.bytes() : output.stagingBytes();
		}
		return space;
	}
}
