package org.pipeorgan.engine.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import org.pipeorgan.engine.cost.CostModel;
import org.pipeorgan.engine.cost.SegmentCost.Residence;
import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.cost.TimeUnits;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.Workload;

/**
 * Runs one segment of a mapping cycle by cycle: every PE works off its slice of every interval, every packet takes every
 * link, and links as well as the ports of buffer and memory serve what comes first in the schedule. It knows the mapping and none of the cost
 * model's times. The documentation's page on the simulator says what the simulated machine does.
 *
 * <p>A PE starts an interval when the head of the last packet that it waits for has come, there is room for what it makes,
 * and the buffer has begun to deliver; the interval ends when the slice is computed and all that it reads is there. What it makes
 * sets off as it is made. Sums that are cut along C travel from PE to PE; those of two intervals may be under way.
 */
public final class SegmentSimulator implements PacketNetwork.Receiver {
	// events carry their kind in the upper bits; those below are the network's
	private static final int COMPUTED = 2;
	private static final int SUM = 3;
	private static final int BUFFER_READ = 4;
	private static final int BUFFER_WRITE = 5;
	private static final int MEMORY = 6;
	private static final int STORE = 7;
	private static final int FORWARD = 8;
	private static final int KIND_SHIFT = 60;
	private static final int OPERATOR_BITS = 10;
	/** Bits for a PE's position in an event; a part of what it makes stands above them. */
	private static final int POSITION_BITS = 20;
	/** The place in the schedule of the ports of what a whole operator waits for, and takes but one burst. */
	private static final long BEFORE_ALL = -1;
	private static final Runnable NOTHING = () -> { };
	private static final long CANCEL_INTERVAL = 1 << 12;

	private final Workload workload;
	private final CostModel model;
	private final SegmentPlan plan;
	private final TimeUnits units;
	private final EventQueue events = new EventQueue();
	private final PacketNetwork network;
	private final Port bufferReads;
	private final Port bufferWrites;
	private final Port memory;
	private final List<SegmentPlan.Edge> edges;
	private final EdgeTraffic[] traffic;
	private final Arrivals[] arrivals;
	private final OperatorProcess[] processes;
	private final boolean spatial;
	private boolean begun;
	private int turn = -1;

	private SegmentSimulator(CostModel model, SegmentPlan plan, Residence held, Residence kept, SimulationOptions options) {
		this.model = model;
		this.plan = plan;
		workload = model.workload();
		units = TimeUnits.of(model.accelerator(), model.network().interconnect());
		network = new PacketNetwork(model.network(), events, this, options, units);
		edges = plan.edges();
		spatial = plan.point().organization().spatial();
		processes = new OperatorProcess[plan.point().depth()];
		for (int i = 0; i < processes.length; i++) {
			Operator operator = workload.operators().get(plan.point().first() + i);
			processes[i] = new OperatorProcess(plan, i, operator, workload.outputOf(operator), edges, model.accelerator(), units.perCycle(), options.packetBytes());
		}
		bufferReads = new Port(events, event(BUFFER_READ, 0), units.perBufferByte(), burst(options, units.perBufferByte()));
		bufferWrites = units.perBufferWriteByte() == 0 ? bufferReads
				: new Port(events, event(BUFFER_WRITE, 0), units.perBufferWriteByte(), burst(options, units.perBufferWriteByte()));
		memory = new Port(events, event(MEMORY, 0), units.perMemoryByte(), burst(options, units.perMemoryByte()));
		traffic = new EdgeTraffic[edges.size()];
		arrivals = new Arrivals[edges.size()];
		for (int e = 0; e < traffic.length; e++) {
			SegmentPlan.Edge edge = edges.get(e);
			if (edge.forwarded()) {
				OperatorProcess consumer = processes[edge.consumer()];
				traffic[e] = new EdgeTraffic(plan, edge, consumer.operator, network, model.network().interconnect().multicast());
				arrivals[e] = new Arrivals(traffic[e], edge.dependence(), consumer.pes);
			}
		}
		layDownTransfers(held, kept);
	}

	/**
	 * Simulates a segment.
	 *
	 * @param model     the model that planned it: its workload, accelerator and network
	 * @param held      tensors that are in the buffer when the segment begins
	 * @param kept      which of its results stay in the buffer
	 * @param fetched   cycles of memory time in which its first weights were fetched before
	 * @param cancelled asked now and then whether to stop
	 * @throws CancellationException if so
	 * @throws IllegalStateException if the segment comes to a stand
	 */
	public static SimulatedSegment simulate(CostModel model, SegmentPlan plan, Residence held, Residence kept, long fetched, SimulationOptions options,
			BooleanSupplier cancelled) {
		return new SegmentSimulator(model, plan, held, kept, options).run(fetched, cancelled);
	}

	/** Why segments on an interconnect cannot be simulated, or {@code null} if they can. */
	public static String unable(CostModel model) {
		return model.network().interconnect().bufferPorts().isPresent() ? "interconnect '" + model.network().interconnect().name()
				+ "' carries what the buffer delivers; the simulator has a network of its own for it" : null;
	}

	private SimulatedSegment run(long fetched, BooleanSupplier cancelled) {
		long weights = 0;
		long operands = 0;
		for (OperatorProcess process : processes) {
			weights += process.transfers.firstWeightBytes;
			operands += process.transfers.firstOperandBytes;
		}
		long ahead = Math.min(weights, fetched * units.perCycle() / units.perMemoryByte());
		memory.request(0, weights + operands - ahead, 1, bytes -> bufferWrites.request(0, bytes, NOTHING), this::begin);
		long count = 0;
		while (events.hasNext()) {
			handle(events.poll());
			if (++count % CANCEL_INTERVAL == 0 && cancelled.getAsBoolean()) {
				throw new CancellationException();
			}
		}
		for (OperatorProcess process : processes) {
			if (process.done < process.intervals) {
				throw new IllegalStateException("operator '" + process.operator.name() + "' stands at interval " + process.done + " of " + process.intervals);
			}
		}
		long buffer = bufferReads.totalBytes() + (bufferWrites == bufferReads ? 0 : bufferWrites.totalBytes());
		return new SimulatedSegment(Math.ceilDiv(events.now(), units.perCycle()), memory.totalBytes() + ahead, buffer + ahead, network.hopBits(), count);
	}

	// ---- events

	private static long event(int kind, long payload) {
		return (long) kind << KIND_SHIFT | payload;
	}

	private static long event(int kind, OperatorProcess process, int position, int interval) {
		return event(kind, (long) interval << 40 | (long) position << OPERATOR_BITS | process.number);
	}

	private void handle(long event) {
		if (PacketNetwork.owns(event)) {
			network.handle(event);
			return;
		}
		OperatorProcess process = processes[(int) (event & (1 << OPERATOR_BITS) - 1)];
		int position = (int) (event >> OPERATOR_BITS & (1 << 30) - 1);
		int interval = (int) (event >> 40 & (1 << 20) - 1);
		switch ((int) (event >>> KIND_SHIFT)) {
			case COMPUTED -> tryEnd(process, position);
			case SUM -> passOn(process, position, interval);
			case BUFFER_READ -> bufferReads.burstDone();
			case BUFFER_WRITE -> bufferWrites.burstDone();
			case MEMORY -> memory.burstDone();
			case FORWARD -> sendParts(process, position & (1 << POSITION_BITS) - 1, interval, position >> POSITION_BITS);
			default -> bufferWrites.request(place(process, interval), partOf(process, interval, position), NOTHING);
		}
	}

	// ---- buffer and memory

	private long burst(SimulationOptions options, long unitsPerByte) {
		return Math.max(1, options.burstCycles() * units.perCycle() / unitsPerByte);
	}

	/** The place of an interval in the schedule of the ports: by how much of its operator it comes after, then by operators. */
	private static long place(OperatorProcess process, int interval) {
		return ((long) interval << 32) / process.intervals << OPERATOR_BITS | process.number;
	}

	/** Lays down what each operator asks of buffer and memory. */
	private void layDownTransfers(Residence held, Residence kept) {
		long resident = 0;
		for (OperatorProcess process : processes) {
			resident += process.transfers.weights(plan.point().weightLevel(), model.accelerator().registerBytes() - (spatial ? 0 : resident));
			int inside = 0;
			for (Operand operand : process.operator.operands()) {
				boolean handedOver = workload.tensors().get(operand.tensor()).producer() >= plan.point().first();
				if (!handedOver || !edges.get(process.into[inside]).forwarded()) {
					process.transfers.deliver(operand, workload.tensors().get(operand.tensor()));
				}
				inside += handedOver ? 1 : 0;
			}
			Tensor out = process.output;
			boolean leaves = out.leaves(plan.point().first() + processes.length);
			process.written = leaves && (out.output() || !kept.holds(out.index()));
			process.stored = leaves || Arrays.stream(process.outOf).anyMatch(e -> !edges.get(e).forwarded());
		}
		plan.entering().stream().filter(e -> !held.holds(e.tensor())).forEach(this::assign);
		for (OperatorProcess process : processes) {
			process.transfers.settle();
		}
	}

	/** The first operator that reads a tensor fetches it for all; one that needs it again and again goes before. */
	private void assign(SegmentPlan.Entering entering) {
		OperatorProcess loader = null;
		Operand read = null;
		for (OperatorProcess process : processes) {
			for (Operand operand : process.operator.operands()) {
				if (operand.tensor() == entering.tensor() && (loader == null || process.transfers.rereads(operand) && !loader.transfers.rereads(read))) {
					loader = process;
					read = operand;
				}
			}
		}
		loader.transfers.load(read, plan.point().weightLevel(), entering.firstBytes(), entering.memoryBytes());
	}

	/** The first bytes are there. */
	private void begin() {
		begun = true;
		if (!spatial) {
			nextTurn();
		}
		for (OperatorProcess process : processes) {
			askForDelivery(process);
			bufferReads.request(place(process, 0), process.transfers.residentBytes, () -> {
				process.residentDone = true;
				tryEndAll(process);
			});
			askForLoads(process);
			tryStartAll(process);
		}
	}

	private void askForLoads(OperatorProcess process) {
		List<OperatorTransfers.Load> loads = process.transfers.loads;
		while (begun && process.loadsAsked < loads.size() && mayLoad(process, loads.get(process.loadsAsked))) {
			OperatorTransfers.Load load = loads.get(process.loadsAsked++);
			long place = place(process, load.by());
			memory.request(place, load.bytes(), 1, burst -> bufferWrites.request(place, burst, NOTHING), () -> {
				process.loadsDone++;
				tryEndAll(process);
			});
		}
	}

	/** What is streamed has no place but the PEs: it is asked for when all of them have begun its interval. */
	private static boolean mayLoad(OperatorProcess process, OperatorTransfers.Load load) {
		return load.after() <= process.computed && (!load.streamed() || load.by() < process.begun);
	}

	private static boolean isLoaded(OperatorProcess process, int interval) {
		List<OperatorTransfers.Load> loads = process.transfers.loads;
		return process.loadsDone == loads.size() || loads.get(process.loadsDone).by() > interval;
	}

	/**
	 * The first burst of an interval's delivery comes while the interval before runs, and waits at the PEs; the rest has no place there before
	 * all of them have begun the interval.
	 */
	private void askForDelivery(OperatorProcess process) {
		while (begun && process.headsAsked <= Math.min(process.computed + 1, process.intervals - 1) && mayRead(process, process.headsAsked)) {
			int k = process.headsAsked++;
			bufferReads.request(BEFORE_ALL, firstBurst(process, k), () -> {
				process.headsDone++;
				tryStartAll(process);
			});
		}
		if (process.deliveriesAsked < process.headsAsked && process.deliveriesAsked < process.begun) {
			int k = process.deliveriesAsked++;
			bufferReads.request(place(process, k), process.transfers.delivered[k] - firstBurst(process, k), () -> {
				process.deliveriesDone++;
				tryEndAll(process);
			});
		}
	}

	private long firstBurst(OperatorProcess process, int interval) {
		return Math.min(bufferReads.burstBytes(), process.transfers.delivered[interval]);
	}

	/** Whether all that an interval reads from the buffer has been made. */
	private boolean mayRead(OperatorProcess process, int interval) {
		for (int e : process.into) {
			SegmentPlan.Edge edge = edges.get(e);
			if (!edge.forwarded() && processes[edge.producer()].handed <= edge.dependence().last(interval)) {
				return false;
			}
		}
		return true;
	}

	/** All PEs of an operator have begun an interval: what they make sets off for the buffer as it is made. */
	private void beginToStore(OperatorProcess process, int interval) {
		long longest = Math.max(Arrays.stream(process.computeUnits(interval)).max().orElse(0), feedUnits(process, interval));
		for (int part = 1; process.stored && part < OperatorProcess.PARTS; part++) {
			events.add(events.now() + longest * part / OperatorProcess.PARTS, event(STORE, process, part, interval));
		}
	}

	/** Units in which the buffer delivers what an interval reads after its first burst: its PEs make nothing faster than that. */
	private long feedUnits(OperatorProcess process, int interval) {
		return (process.transfers.delivered[interval] - firstBurst(process, interval)) * units.perBufferByte();
	}

	/** Units in which a PE makes its slice of an interval, if the buffer delivers without a break. */
	private long makingUnits(OperatorProcess process, int position, int interval) {
		return Math.max(process.computeUnits(interval)[position], feedUnits(process, interval));
	}

	private static long partOf(OperatorProcess process, int interval, int part) {
		long bytes = process.chunkBytes(interval);
		return bytes * part / OperatorProcess.PARTS - bytes * (part - 1) / OperatorProcess.PARTS;
	}

	/** A chunk is whole: with its last part in the buffer its readers there may go on, and it leaves for memory if it is to. */
	private void store(OperatorProcess process, int interval) {
		if (!process.stored) {
			return;
		}
		bufferWrites.request(place(process, interval), partOf(process, interval, OperatorProcess.PARTS), () -> {
			process.handed++;
			for (int e : process.outOf) {
				askForDelivery(processes[edges.get(e).consumer()]);
			}
			if (process.written) {
				memory.request(place(process, interval), process.chunkBytes(interval), units.perCycle(), burst -> bufferReads.request(place(process, interval), burst, NOTHING), () -> drained(process));
			} else {
				drained(process);
			}
		});
	}

	private void drained(OperatorProcess process) {
		process.drained++;
		tryStartAll(process);
	}

	// ---- PEs

	/** Turn-taking: the deepest operator whose producers have done what it waits for is next. */
	private void nextTurn() {
		turn = -1;
		for (int i = processes.length - 1; i >= 0 && turn < 0; i--) {
			OperatorProcess process = processes[i];
			if (process.done < process.intervals && Arrays.stream(process.into)
					.allMatch(e -> edges.get(e).dependence().last(process.done) < processes[edges.get(e).producer()].done)) {
				turn = i;
			}
		}
		if (turn >= 0) {
			askForDelivery(processes[turn]);
			tryStartAll(processes[turn]);
		}
	}

	private void tryStartAll(OperatorProcess process) {
		for (int position = 0; position < process.pes; position++) {
			tryStart(process, position);
		}
	}

	private void tryEndAll(OperatorProcess process) {
		for (int position = 0; position < process.pes; position++) {
			tryEnd(process, position);
		}
	}

	private void tryStart(OperatorProcess process, int position) {
		int k = process.next[position];
		if (!begun || process.running[position] || k == process.intervals || process.headsDone <= k || !hasTurn(process, k) || !hasRoom(process, k)
				|| !sumsMayFollow(process, position, k)) {
			return;
		}
		for (int e : process.into) {
			if (edges.get(e).forwarded() && !arrivals[e].hasHeads(position, k)) {
				return;
			}
		}
		process.running[position] = true;
		process.startedAt[position][k % OperatorProcess.SUM_SLOTS] = events.now();
		process.computedAt[position] = events.now() + process.computeUnits(k)[position];
		events.add(process.computedAt[position], event(COMPUTED, process, position, 0));
		if (process.reduces()) {
			beginSums(process, position, k);
		} else {
			beginToForward(process, position, k);
		}
		if (++process.startedPes[k] == process.pes) {
			process.begun = k + 1;
			beginToStore(process, k);
			askForLoads(process);
			askForDelivery(process);
		}
	}

	private boolean hasTurn(OperatorProcess process, int interval) {
		return spatial || turn == process.number && interval == process.done;
	}

	/** Whether there is room for what an interval makes, with its readers in the segment and on its way to memory. */
	private boolean hasRoom(OperatorProcess process, int interval) {
		if (process.stored && interval >= process.drained + 2) {
			return false;
		}
		for (int e : process.outOf) {
			SegmentPlan.Edge edge = edges.get(e);
			OperatorProcess consumer = processes[edge.consumer()];
			int needed = consumer.computed == consumer.intervals ? Integer.MAX_VALUE : edge.dependence().first(consumer.computed);
			if (interval - edge.capacity() >= needed) {
				return false;
			}
		}
		return true;
	}

	private void tryEnd(OperatorProcess process, int position) {
		int k = process.next[position];
		if (!process.running[position] || events.now() < process.computedAt[position] || process.deliveriesDone <= k || !process.residentDone
				|| !isLoaded(process, k)) {
			return;
		}
		for (int e : process.into) {
			if (edges.get(e).forwarded() && !arrivals[e].hasAll(position, k)) {
				return;
			}
		}
		process.running[position] = false;
		process.next[position]++;
		boolean all = ++process.computedPes[k] == process.pes;
		if (all) {
			process.computed = k + 1;
		}
		endSums(process, position, k);
		if (all) {
			askForLoads(process);
			askForDelivery(process);
			for (int e : process.into) {
				tryStartAll(processes[edges.get(e).producer()]);
			}
		}
		tryStart(process, position);
	}

	/** A PE begins an interval: what it makes sets off for other PEs as it is made, the last part with the end of the interval. */
	private void beginToForward(OperatorProcess process, int position, int interval) {
		long packets = packets(process, position, interval);
		for (int part = 1; part < OperatorProcess.PARTS && packets > 1; part++) {
			if (packets * part / OperatorProcess.PARTS > packets * (part - 1) / OperatorProcess.PARTS) {
				events.add(events.now() + makingUnits(process, position, interval) * part / OperatorProcess.PARTS,
						event(FORWARD, process, part << POSITION_BITS | position, interval));
			}
		}
	}

	/** Packets of the hand-over that a PE sends most for. */
	private long packets(OperatorProcess process, int position, int interval) {
		long most = 0;
		for (int e : process.outOf) {
			most = edges.get(e).forwarded() ? Math.max(most, traffic[e].of(interval).sent()[position].packets()) : most;
		}
		return most;
	}

	/** Sends what a PE has made of a chunk, up to a number of parts. */
	private void sendParts(OperatorProcess process, int position, int interval, int parts) {
		int slot = interval % OperatorProcess.SUM_SLOTS;
		int before = process.partsSent[position][slot];
		if (parts <= before) {
			return;
		}
		for (int e : process.outOf) {
			if (edges.get(e).forwarded()) {
				EdgeTraffic.Sent chunk = traffic[e].of(interval).sent()[position];
				int from = chunk.packets() * before / OperatorProcess.PARTS;
				int to = chunk.packets() * parts / OperatorProcess.PARTS;
				for (int m = 0; m < chunk.trees().length && chunk.before()[m] < to; m++) {
					int first = chunk.before()[m];
					if (chunk.before()[m + 1] > from) {
						int need = traffic[e].needed(interval, chunk.needs()[m]);
						network.send(chunk.trees()[m], chunk.bits()[m], chunk.largest(), Math.max(0, from - first), Math.min(to, chunk.before()[m + 1]) - first, e, need,
								place(processes[edges.get(e).consumer()], need));
					}
				}
			}
		}
		process.partsSent[position][slot] = parts;
	}

	/** The owner's piece of a chunk is there: the last of it sets off, and with the last piece the chunk is whole. */
	private void complete(OperatorProcess process, int position, int interval) {
		sendParts(process, position, interval, OperatorProcess.PARTS);
		process.partsSent[position][interval % OperatorProcess.SUM_SLOTS] = 0;
		process.doneOwners[interval]++;
		// a piece of a later chunk may be there before one that has a longer way
		while (process.done < process.intervals && process.doneOwners[process.done] == process.owners()) {
			store(process, process.done++);
			if (!spatial) {
				nextTurn();
			}
		}
	}

	// ---- packets

	@Override
	public void head(int pe, int flow, int interval, int part) {
		if (flow < edges.size()) {
			OperatorProcess consumer = processes[edges.get(flow).consumer()];
			arrivals[flow].head(consumer.positionOf(pe), interval);
			tryStart(consumer, consumer.positionOf(pe));
			return;
		}
		OperatorProcess process = processes[flow - edges.size()];
		int position = process.positionOf(pe);
		if (process.partOfC(position) > 0) {
			process.sumsArrived[position][interval % OperatorProcess.SUM_SLOTS]++;
			if (process.running[position] && process.next[position] == interval || process.next[position] > interval) {
				sumReady(process, position, interval, part);
			}
		}
	}

	@Override
	public void tail(int pe, int flow, int interval, int part) {
		if (flow < edges.size()) {
			OperatorProcess consumer = processes[edges.get(flow).consumer()];
			int position = consumer.positionOf(pe);
			arrivals[flow].tail(position, interval);
			tryStart(consumer, position);
			tryEnd(consumer, position);
			return;
		}
		OperatorProcess process = processes[flow - edges.size()];
		int position = process.positionOf(pe);
		if (process.partOfC(position) == 0) {
			int arrived = ++process.sumsArrived[position][interval % OperatorProcess.SUM_SLOTS];
			forwardSums(process, position, interval, arrived);
			tryAddUp(process, position, interval);
		}
	}

	// ---- sums along C: from the PE with the highest part of C to the owner, each adding its own

	/** Sums of two intervals may be under way, here and at the next PE. */
	private static boolean sumsMayFollow(OperatorProcess process, int position, int interval) {
		return !process.reduces() || process.retired[position] >= interval - 1 && (process.partOfC(position) == 0 || process.retired[position - 1] >= interval - 1);
	}

	private void beginSums(OperatorProcess process, int position, int interval) {
		int c = process.partOfC(position);
		if (c == 0) {
			return;
		}
		int known = c == process.split.cParts() - 1 ? process.sumPackets(position, interval) : process.sumsArrived[position][interval % OperatorProcess.SUM_SLOTS];
		for (int part = 0; part < known; part++) {
			sumReady(process, position, interval, part);
		}
	}

	private void endSums(OperatorProcess process, int position, int interval) {
		if (!process.reduces()) {
			complete(process, position, interval);
		} else if (process.partOfC(position) == 0) {
			tryAddUp(process, position, interval);
		} else if (process.sumPackets(position, interval) == 0) {
			retire(process, position);
		} else {
			tryLastSum(process, position, interval);
		}
	}

	/** A packet of sums has come as far as this PE: it goes on when the PE's own sums are made. */
	private void sumReady(OperatorProcess process, int position, int interval, int part) {
		int packets = process.sumPackets(position, interval);
		if (part == packets - 1) {
			if (process.next[position] > interval) {
				tryLastSum(process, position, interval);
			}
			return;
		}
		long made = process.startedAt[position][interval % OperatorProcess.SUM_SLOTS] + makingUnits(process, position, interval) * (part + 1) / packets;
		if (made <= events.now()) {
			passOn(process, position, interval);
		} else {
			events.add(made, event(SUM, process, position, interval));
		}
	}

	/** The last packet goes once the PE has all its own sums, and those of the PE before. */
	private void tryLastSum(OperatorProcess process, int position, int interval) {
		int packets = process.sumPackets(position, interval);
		int slot = interval % OperatorProcess.SUM_SLOTS;
		boolean outermost = process.partOfC(position) == process.split.cParts() - 1;
		if (process.sumsSent[position][slot] == packets - 1 && (outermost || process.sumsArrived[position][slot] == packets)) {
			passOn(process, position, interval);
		}
	}

	private void passOn(OperatorProcess process, int position, int interval) {
		int slot = interval % OperatorProcess.SUM_SLOTS;
		int packets = process.sumPackets(position, interval);
		int part = process.sumsSent[position][slot]++;
		int tree = network.tree(plan.placement().pe(process.number, position), new int[] { plan.placement().pe(process.number, position - 1) });
		network.sendPacket(tree, process.sumBits(position, interval, part), edges.size() + process.number, interval, part, place(process, interval));
		if (part == packets - 1) {
			process.sumsSent[position][slot] = 0;
			process.sumsArrived[position][slot] = 0;
			retire(process, position);
		} else if (part == packets - 2 && process.next[position] > interval) {
			tryLastSum(process, position, interval);
		}
	}

	/** The owner sends what it has the sums of, its own too, but for the last part. */
	private void forwardSums(OperatorProcess process, int position, int interval, int arrived) {
		int packets = process.sumPackets(position, interval);
		int parts = Math.min(OperatorProcess.PARTS * arrived / packets, OperatorProcess.PARTS - 1);
		boolean begun = process.running[position] && process.next[position] == interval || process.next[position] > interval;
		if (!begun || arrived == packets) {
			return;
		}
		long made = process.startedAt[position][interval % OperatorProcess.SUM_SLOTS] + makingUnits(process, position, interval) * arrived / packets;
		if (made <= events.now()) {
			sendParts(process, position, interval, parts);
		} else {
			events.add(made, event(FORWARD, process, parts << POSITION_BITS | position, interval));
		}
	}

	/** The owner adds up when its own sums are made and all others' are there. */
	private void tryAddUp(OperatorProcess process, int position, int interval) {
		int slot = interval % OperatorProcess.SUM_SLOTS;
		if (process.next[position] > interval && process.sumsArrived[position][slot] == process.sumPackets(position, interval)) {
			process.sumsArrived[position][slot] = 0;
			complete(process, position, interval);
			retire(process, position);
		}
	}

	private void retire(OperatorProcess process, int position) {
		process.retired[position]++;
		tryStart(process, position);
		if (process.partOfC(position) < process.split.cParts() - 1) {
			tryStart(process, position + 1);
		}
	}
}
