package org.pipeorgan.engine.cost;

import java.util.List;

import org.pipeorgan.engine.cost.SegmentPlan.BoundaryInput;
import org.pipeorgan.engine.cost.SegmentPlan.BoundaryOutput;

/**
 * What decides over a plan's cost in any residence, in cycles and bytes: exact for a plan, bounds from below for a point that is not
 * planned.
 *
 * @param recurrence   cycles
 * @param leastBody    cycles that buffer and memory take at least beside the recurrence, in any residence
 * @param weights      bytes of weights from memory
 * @param firstWeights those that come first
 * @param lateWeights  those that come later
 * @param bufferReads  bytes read from the buffer in any residence
 * @param bufferWrites bytes of hand-overs written to it
 * @param bankCycles   cycles over the banks of what takes space in any residence
 * @param hopBits      bits times hops
 * @param space        bytes that are taken in any residence
 * @param inputs       tensors that enter
 * @param outputs      tensors that leave
 */
public record SegmentNeeds(double recurrence, double leastBody, double weights, double firstWeights, double lateWeights, double bufferReads, double bufferWrites, double bankCycles,
		double hopBits, double space, List<BoundaryInput> inputs, List<BoundaryOutput> outputs) {

	/**
	 * Whether a plan of these needs is at least as good as one of others, wherever their boundary tensors wait.
	 *
	 * <p>What is not fetched first cannot be fetched ahead either: with room before it, a segment with fewer first bytes of weights but as
	 * many in all may be the slower one. First and late bytes count by themselves, so that no rounding to cycles turns it round.
	 *
	 * @param time   whether cycles count
	 * @param energy whether energy counts
	 * @param live   bytes of all tensors that may be held when the segment begins
	 */
	public boolean covers(SegmentNeeds other, CostModel model, boolean time, boolean energy, double live) {
		if (weights > other.weights) {
			return false;
		}
		if (time && !coversTime(other, model)) {
			return false;
		}
		if (energy && energy(model) > other.energy(model)) {
			return false;
		}
		boolean roomy = fitsAlways(model, time, live);
		if (!roomy && space > other.space) {
			return false;
		}
		for (int i = 0; i < inputs.size(); i++) {
			BoundaryInput mine = inputs.get(i);
			BoundaryInput theirs = other.inputs.get(i);
			if (mine.memoryBytes() > theirs.memoryBytes() || !roomy && mine.stagingBytes() > theirs.stagingBytes() || time && (mine.firstBytes() > theirs.firstBytes()
					|| mine.heldCycles() > theirs.heldCycles() || mine.stagedCycles() > theirs.stagedCycles())) {
				return false;
			}
		}
		for (int i = 0; i < outputs.size(); i++) {
			BoundaryOutput mine = outputs.get(i);
			BoundaryOutput theirs = other.outputs.get(i);
			if (!roomy && mine.stagingBytes() > theirs.stagingBytes() || time && (mine.lastBytes() > theirs.lastBytes() || mine.keptCycles() > theirs.keptCycles()
					|| mine.stagedCycles() > theirs.stagedCycles())) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Without room before it a segment takes the larger of its body with what moves before and after it and of all its memory time; with
	 * room, what is fetched ahead less. So its body must not be longer, and with the first weights before it neither.
	 */
	private boolean coversTime(SegmentNeeds other, CostModel model) {
		double first = model.memoryCycles((long) firstWeights);
		double otherFirst = model.memoryCycles((long) other.firstWeights);
		if (first < otherFirst && lateWeights + model.memoryBytesPerCycle() > other.lateWeights) {
			return false;
		}
		double later = Math.max(0, first - otherFirst);
		double body = Math.ceil(Math.max(other.recurrence, other.leastBody)) - later;
		if (Math.ceil(recurrence) > body || bankCycles > Math.max(body, other.bankCycles - later)) {
			return false;
		}
		return (later == 0 && movesLess(other, model) || Math.ceil(mostBuffer(model)) <= body)
				&& (later == 0 && writesEarlier(other) || Math.ceil(mostWritten(model)) <= body);
	}

	/** Whether as much is written to memory during the body, no later and at no slower pace. */
	private boolean writesEarlier(SegmentNeeds other) {
		for (int i = 0; i < outputs.size(); i++) {
			if (outputs.get(i).lastBytes() < other.outputs.get(i).lastBytes() || outputs.get(i).firstUnits() > other.outputs.get(i).firstUnits()
					|| outputs.get(i).pacedUnits() > other.outputs.get(i).pacedUnits()) {
				return false;
			}
		}
		return true;
	}

	/** Cycles until everything is written at most, in any residence. */
	private double mostWritten(CostModel model) {
		double first = 0;
		double paced = 0;
		double bytes = 0;
		for (BoundaryOutput output : outputs) {
			first = Math.max(first, output.firstUnits());
			paced = Math.max(paced, output.pacedUnits());
			bytes += output.bytes();
		}
		return Math.max(paced / model.unitsPerCycle(), first / model.unitsPerCycle() + bytes / model.memoryBandwidth() * (1 + 1e-12));
	}

	/** Whether the buffer moves no more during the body: neither first bytes to it nor last ones from it count. */
	private boolean movesLess(SegmentNeeds other, CostModel model) {
		boolean shared = model.accelerator().buffer().writeBandwidth().isEmpty();
		double writes = bufferWrites + lateWeights;
		double others = other.bufferWrites + other.lateWeights;
		if (shared ? bufferReads + writes > other.bufferReads + others : bufferReads > other.bufferReads || writes > others) {
			return false;
		}
		for (int i = 0; i < inputs.size(); i++) {
			if (inputs.get(i).memoryBytes() - inputs.get(i).firstBytes() > other.inputs.get(i).memoryBytes() - other.inputs.get(i).firstBytes()) {
				return false;
			}
		}
		for (int i = 0; i < outputs.size(); i++) {
			if (outputs.get(i).lastBytes() < other.outputs.get(i).lastBytes()) {
				return false;
			}
		}
		return true;
	}

	/** Cycles that the buffer takes at most, in any residence. */
	private double mostBuffer(CostModel model) {
		double reads = bufferReads;
		double writes = bufferWrites + weights;
		for (BoundaryInput input : inputs) {
			writes += input.memoryBytes();
		}
		for (BoundaryOutput output : outputs) {
			reads += output.bytes();
			writes += output.bytes();
		}
		return model.bufferCycles(reads, writes) * (1 + 1e-12);
	}

	private double energy(CostModel model) {
		return (bufferReads + bufferWrites + weights) * model.accelerator().energies().buffer()
				+ weights * model.accelerator().energies().memory() + hopBits / 8 * model.accelerator().energies().link();
	}

	/** Whether there is space enough in any residence, and, if cycles count, for whatever could be fetched ahead besides. */
	private boolean fitsAlways(CostModel model, boolean time, double live) {
		double most = space + live;
		double moved = weights;
		for (BoundaryInput input : inputs) {
			most += input.stagingBytes();
			moved += input.memoryBytes();
		}
		for (BoundaryOutput output : outputs) {
			most += Math.max(output.bytes(), output.stagingBytes());
			moved += output.bytes();
		}
		double left = model.accelerator().bufferBytes() - most;
		if (left < 0 || !time) {
			return left >= 0;
		}
		double body = Math.max(Math.max(recurrence, mostWritten(model)), Math.max(mostBuffer(model), moved / model.memoryBandwidth()));
		return left / model.memoryBytesPerCycle() >= body + 2;
	}
}
