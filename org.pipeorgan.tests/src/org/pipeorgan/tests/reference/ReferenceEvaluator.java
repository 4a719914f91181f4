package org.pipeorgan.tests.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;

import org.pipeorgan.engine.cost.MappingPoint;
import org.pipeorgan.engine.cost.MappingPoint.WeightLevel;
import org.pipeorgan.engine.cost.OperatorChoice;
import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.hardware.GlobalBuffer;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.interconnect.Topology;
import org.pipeorgan.engine.organization.Organization;
import org.pipeorgan.engine.organization.SplitRule;
import org.pipeorgan.engine.pipelining.OrderClass;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.OperatorKind;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;
import org.pipeorgan.engine.workload.Workload;

/**
 * What a mapping of a segment costs, computed from the page {@code docs/model.md} of the engine alone: slowly, plainly, by
 * enumeration. It shares with the engine the declarations of workload and hardware, and the routes of the network.
 */
public final class ReferenceEvaluator {
	/** Most intervals of an operator. */
	private static final int MAX_INTERVALS = 16_384;
	/** Most hand-overs of a segment. */
	private static final int MAX_HAND_OVERS = 64;

	/** What a segment costs; the names are those of the page. */
	public record Cost(long latency, double energy, long memoryReads, long memoryWrites, long bufferReads, long bufferWrites, long room) {
	}

	/** One operand that comes from outside of the segment, by the part of the tensor that it shows. */
	private record Part(int tensor, long offset, long channels) {
	}

	private final Workload workload;
	private final Accelerator accelerator;
	private final Network network;
	private final MappingPoint point;
	private final List<Operator> operators;
	private final List<Loops> loops = new ArrayList<>();
	private final List<Loads.Station> stations = new ArrayList<>();
	private final List<Edge> edges = new ArrayList<>();
	private final Set<Integer> inRegisters = new TreeSet<>();
	private boolean[] forwarded;
	private int[] leads;
	private Timeline timeline;
	/** Times of the intervals of each operator until their results are there, at least. */
	private Rational[] rounds;
	private long hopBits;
	private boolean fits = true;

	/**
	 * Lays a segment out.
	 *
	 * @param workload with all precisions settled
	 */
	public ReferenceEvaluator(Workload workload, Accelerator accelerator, Network network, MappingPoint point, SplitRule rule) {
		this.workload = workload;
		this.accelerator = accelerator;
		this.network = network;
		this.point = point;
		operators = workload.operators().subList(point.first(), point.first() + point.depth());
		for (int i = 0; i < operators.size(); i++) {
			loops.add(Loops.of(workload.outputOf(operators.get(i)).shape(), point.orderClass(), point.chunks()).with(point.choice(i).tile()));
		}
		if (loops.stream().anyMatch(l -> l.intervals() > MAX_INTERVALS) || !place(rule)) {
			fits = false;
			return;
		}
		handOvers();
		if (edges.size() > MAX_HAND_OVERS) {
			fits = false;
			return;
		}
		chooseWeightsInRegisters();
		run();
	}

	/** Cycles that no mapping of a workload can beat. */
	public static long lowerBound(Workload workload, Accelerator accelerator) {
		long operations = 0;
		long compulsory = 0;
		Set<List<Integer>> channelsRead = new TreeSet<>(Comparator.comparing(List::toString));
		for (Operator operator : workload.operators()) {
			operations += operator.work();
			compulsory += bytes(operator.weights(), operator.weightBits());
			for (Operand operand : operator.operands()) {
				Part part = part(workload, operand);
				for (int channel = 0; channel < part.channels; channel++) {
					channelsRead.add(List.of(part.tensor, (int) part.offset + channel));
				}
			}
		}
		for (Tensor tensor : workload.tensors()) {
			TensorShape shape = tensor.shape();
			if (tensor.producer() < 0) {
				long channels = channelsRead.stream().filter(c -> c.get(0) == tensor.index()).count();
				compulsory += bytes(channels * shape.n() * shape.h() * shape.w(), tensor.bits());
			} else if (tensor.output()) {
				compulsory += bytes(shape.elements(), tensor.bits());
			}
		}
		return Math.max(Math.ceilDiv(operations, accelerator.rows() * accelerator.columns() * accelerator.macsPerCycle()),
				over(compulsory, accelerator.memoryBandwidth()).ceil());
	}

	/** Whether the segment is in the space: its operators fit on the array, and there are not too many intervals and hand-overs. */
	public boolean fits() {
		return fits;
	}

	private boolean place(SplitRule rule) {
		int rows = accelerator.rows();
		int columns = accelerator.columns();
		int pes = rows * columns;
		int[] shares = new int[operators.size()];
		Arrays.fill(shares, pes);
		if (point.organization() != Organization.TURN_TAKING) {
			int units = Places.units(point.organization(), rows, columns);
			List<IntToLongFunction> times = new ArrayList<>();
			for (int i = 0; i < operators.size(); i++) {
				long[] time = new long[units + 1];
				for (int u = 1; u <= units; u++) {
					time[u] = Sharing.best(operators.get(i), loops.get(i), u * (pes / units), accelerator.macsPerCycle(), rule).cycles()
							* loops.get(i).intervals();
				}
				times.add(u -> time[u]);
			}
			shares = point.choice(0).share() > 0 ? point.choices().stream().mapToInt(choice -> choice.share() / (pes / units)).toArray() : Places.shares(times, units);
		}
		List<List<Integer>> places = shares == null ? null : Places.places(point.organization(), shares, rows, columns);
		if (places == null) {
			return false;
		}
		for (int i = 0; i < operators.size(); i++) {
			OperatorChoice.Parts parts = point.choice(i).parts();
			if (parts.pes() > places.get(i).size()) {
				return false;
			}
			stations.add(new Loads.Station(
					parts.stated() ? Sharing.of(operators.get(i), loops.get(i), parts.k(), parts.p(), parts.q(), parts.c(), accelerator.macsPerCycle())
							: Sharing.best(operators.get(i), loops.get(i), places.get(i).size(), accelerator.macsPerCycle(), rule), places.get(i)));
		}
		return true;
	}

	private void handOvers() {
		for (int i = 0; i < operators.size(); i++) {
			List<Operand> inside = operators.get(i).operands().stream().filter(o -> producer(o) >= 0).toList();
			for (Operand operand : inside) {
				edges.add(Edge.of(producer(operand), i, workload.tensors().get(operand.tensor()), operand, inside.size() == 1, loops.get(producer(operand)),
						loops.get(i)));
			}
		}
	}

	/** Place in the segment of the operator that makes an operand; -1 if it comes from outside. */
	private int producer(Operand operand) {
		int producer = workload.tensors().get(operand.tensor()).producer();
		return producer < point.first() ? -1 : producer - point.first();
	}

	// Registers

	private long halfFile() {
		return accelerator.registerBytes() / 2;
	}

	private long partialSums(int i) {
		return Math.min(stations.get(i).sharing().elements() * accelerator.partialSumBytes(), halfFile());
	}

	/** Bytes of the weights of one PE. */
	private long weightSlice(int i) {
		Operator operator = operators.get(i);
		Sharing sharing = stations.get(i).sharing();
		return operator.weights() == 0 ? 0
				: bytes((long) sharing.kSlice() * sharing.cSlice() * operator.filterRows() * operator.filterColumns(), operator.weightBits());
	}

	/** Bytes of the weights of one PE in all parts of K. */
	private long residentWeights(int i) {
		return weightSlice(i) * loops.get(i).kParts();
	}

	private void chooseWeightsInRegisters() {
		boolean wanted = point.orderClass() == OrderClass.ACTIVATION_OUTER
				&& (point.weightLevel() == WeightLevel.REGISTERS || point.weightLevel() == WeightLevel.REGISTERS_OR_MEMORY);
		long earlier = 0;
		for (int i = 0; wanted && i < operators.size(); i++) {
			long others = point.organization() == Organization.TURN_TAKING ? earlier : 0;
			if (residentWeights(i) <= accelerator.registerBytes() - partialSums(i) - others) {
				inRegisters.add(i);
				earlier += residentWeights(i);
			}
		}
	}

	/** Which hand-overs wait in registers; those that did not fit before do not either. */
	private boolean[] forwarded(int[] lead, boolean[] before) {
		boolean[] result = new boolean[edges.size()];
		for (int i = 0; i < operators.size(); i++) {
			long left = accelerator.registerBytes() - partialSums(i) - (inRegisters.contains(i) ? residentWeights(i) : 0);
			for (int e = 0; e < edges.size(); e++) {
				Edge edge = edges.get(e);
				if (edge.consumer() == i && before[e]) {
					long copies = edge.bounded() ? 2 : Math.max(2, lead[e]);
					long bytes = copies * bytes(elementsInRegisters(edge), edge.tensor().bits());
					if (bytes <= left) {
						left -= bytes;
						result[e] = true;
					}
				}
			}
		}
		return result;
	}

	private long elementsInRegisters(Edge edge) {
		Operand operand = edge.operand();
		TensorShape view = operand.view();
		Sharing sharing = stations.get(edge.consumer()).sharing();
		long channels = Needs.reach(operand.channels(), sharing.kSlice(), (int) view.c());
		if (operators.get(edge.consumer()).kind().splitsContraction()) {
			channels = channels / operators.get(edge.consumer()).contracted() * sharing.cSlice();
		}
		Loops l = sharing.loops();
		long rows = Needs.reach(operand.rows(), sharing.pSlice(), (int) view.h());
		long columns = Needs.reach(operand.columns(), sharing.qSlice(), (int) view.w());
		boolean rowsOverlap = overlap(operand.rows(), (int) view.h());
		boolean walksAgain = l.order() == OrderClass.WEIGHT_OUTER && parts(operand.channels(), l.k(), l.kTile(), view.c()) > view.c();
		if (walksAgain) {
			rows = Math.min(view.h(), rows * l.pParts());
		}
		if (rowsOverlap || walksAgain) {
			columns = Math.min(view.w(), columns * l.qParts());
		}
		if (l.order() == OrderClass.ACTIVATION_OUTER && !(operand.channels() instanceof AxisAccess.Whole) && (rowsOverlap || overlap(operand.columns(), (int) view.w()))) {
			channels = Math.min(view.c(), channels * l.kParts());
		}
		return channels * rows * columns;
	}

	private static boolean overlap(AxisAccess access, int extent) {
		return Needs.reach(access, 2, extent) < 2 * Needs.reach(access, 1, extent);
	}

	// Time

	private void run() {
		boolean turns = point.organization() == Organization.TURN_TAKING;
		int[] intervals = loops.stream().mapToInt(Loops::intervals).toArray();
		Rational[] computing = stations.stream().map(s -> Rational.of(s.sharing().cycles())).toArray(Rational[]::new);
		Rational[] none = zeros(intervals.length);
		Rational[] reductions = reductions();
		timeline = turns ? Timeline.inTurn(intervals, computing, edges, none, none)
				: Timeline.together(intervals, Timeline.Ports.none(computing), edges, zeros(edges.size()), zeros(edges.size()), new boolean[edges.size()]);
		leads = edges.stream().mapToInt(timeline::lead).toArray();
		boolean[] all = new boolean[edges.size()];
		Arrays.fill(all, point.organization().forwards());
		forwarded = forwarded(leads, all);
		while (true) {
			Rational[] latencies = zeros(edges.size());
			Rational[] paces = zeros(edges.size());
			Rational[] after = reductions.clone();
			for (int i = 0; i < after.length; i++) {
				after[i] = after[i].plus(storing(i));
			}
			Rational[] spare = zeros(edges.size());
			Rational[] apart = zeros(edges.size());
			Rational[] ownPaces = zeros(intervals.length);
			Rational[] working = times(intervals, computing, latencies, paces, ownPaces, spare, apart);
			Timeline.Ports ports = ports(intervals, working, ownPaces, paced(intervals), after, reductions);
			for (int e = 0; e < latencies.length; e++) {
				int producer = edges.get(e).producer();
				// the first of eight parts sets off when it is made, the last passes the link when it is made at the earliest
				Rational made = reads(producer) == 0 ? ports.times()[producer].plus(apart[e]) : ports.times()[producer].max(ports.heads()[producer].plus(ports.delivered()[producer]));
				Rational queued = paces[e].times(new Rational(1, 8)).max(paces[e].plus(made.times(new Rational(-7, 8))));
				latencies[e] = latencies[e].plus(queued.plus(spare[e].times(Rational.of(-1))).max(Rational.ZERO));
				latencies[e] = latencies[e].plus(forwarded[e] ? reductions[producer] : ports.heads()[edges.get(e).consumer()]);
			}
			rounds = new Rational[intervals.length];
			for (int i = 0; i < rounds.length; i++) {
				rounds[i] = turns ? working[i].max(ports(i, intervals[i])).plus(after[i]) : ports.round(i);
			}
			timeline = turns ? Timeline.inTurn(intervals, rounds, edges, settled(), after) : Timeline.together(intervals, ports, edges, latencies, paces, forwarded);
			if (!turns && ports.isBusy(intervals, timeline.end())) {
				Timeline shared = Timeline.sharing(intervals, ports, edges, latencies, paces, forwarded);
				timeline = shared.end().compareTo(timeline.end()) > 0 ? shared : timeline;
			}
			leads = edges.stream().mapToInt(timeline::lead).toArray();
			boolean[] still = forwarded(leads, forwarded);
			if (Arrays.equals(still, forwarded)) {
				return;
			}
			forwarded = still;
		}
	}

	/** What the operators ask of the ports of buffer and memory; the buffer's port stores too if writes have no bandwidth of their own. */
	private Timeline.Ports ports(int[] intervals, Rational[] working, Rational[] ownPaces, int[] paced, Rational[] after, Rational[] reductions) {
		boolean apart = accelerator.buffer().writeBandwidth().isPresent();
		Rational buffer = accelerator.buffer().bandwidth();
		Rational[] times = working.clone();
		Rational[] heads = zeros(times.length);
		Rational[] delivered = zeros(times.length);
		Rational[] stored = zeros(times.length);
		Rational[] last = zeros(times.length);
		Rational[] resident = zeros(times.length);
		Rational[] loaded = zeros(times.length);
		Rational[] room = zeros(times.length);
		int[] perPart = new int[times.length];
		for (int i = 0; i < times.length; i++) {
			Weights weights = weights(i);
			long streamed = Math.ceilDiv(weights.memoryReads - weights.first, (long) intervals[i]);
			boolean ahead = loops.get(i).order() == OrderClass.WEIGHT_OUTER;
			times[i] = ahead ? times[i] : times[i].max(over(streamed, accelerator.memoryBandwidth()));
			loaded[i] = ahead && loops.get(i).kParts() > 1 ? over(weights.first, accelerator.memoryBandwidth()) : Rational.ZERO;
			perPart[i] = intervals[i] / loops.get(i).kParts();
			long read = Math.ceilDiv(reads(i), (long) intervals[i]);
			Rational head = over(read, buffer);
			heads[i] = head.compareTo(Rational.of(1)) > 0 ? Rational.of(1) : head;
			delivered[i] = over(read + (apart ? 0 : streamed), buffer).plus(heads[i].times(Rational.of(-1)));
			stored[i] = over(stored(i) + (apart ? streamed : 0), apart ? accelerator.buffer().writeBandwidth().orElseThrow() : buffer);
			last[i] = storing(i);
			resident[i] = inRegisters.contains(i) ? over(operators.get(i).weightBytes(), buffer) : Rational.ZERO;
			room[i] = stored(i) > 0 ? after[i] : reads(i) > 0 ? reductions[i] : Rational.ZERO;
		}
		return new Timeline.Ports(times, ownPaces, paced, heads, delivered, stored, last, resident, loaded, perPart, apart, settled(), room, after);
	}

	/** Of each operator the first interval for which all chunks have come that any of its intervals waits for, if any come from PE to PE. */
	private int[] paced(int[] intervals) {
		int[] paced = intervals.clone();
		for (int i = 0; i < paced.length; i++) {
			for (int k = intervals[i] - 1; k >= 0; k--) {
				boolean comes = false;
				boolean whole = true;
				for (int e = 0; e < forwarded.length; e++) {
					if (forwarded[e] && edges.get(e).consumer() == i) {
						int[] last = edges.get(e).last();
						comes = true;
						whole &= last[k] == last[last.length - 1];
					}
				}
				paced[i] = comes && whole ? k : paced[i];
			}
		}
		return paced;
	}

	private static Rational[] zeros(int count) {
		Rational[] zeros = new Rational[count];
		Arrays.fill(zeros, Rational.ZERO);
		return zeros;
	}

	/** When the buffer has delivered the weights that stay in registers and what the first interval needs, operator after operator; in turns, the weights alone go ahead. */
	private Rational[] settled() {
		Rational[] settled = new Rational[operators.size()];
		long weights = 0;
		long delivered = 0;
		for (int i = 0; i < settled.length; i++) {
			weights += inRegisters.contains(i) ? operators.get(i).weightBytes() : 0;
			long own = Math.ceilDiv(reads(i), (long) loops.get(i).intervals());
			delivered = point.organization() == Organization.TURN_TAKING ? own : delivered + own;
			settled[i] = over(weights + delivered, accelerator.buffer().bandwidth());
		}
		return settled;
	}

	/** Bytes that an operator writes to the buffer in an interval. */
	private long stored(int i) {
		Tensor result = workload.outputOf(operators.get(i));
		boolean stored = leaves(result);
		for (int e = 0; e < edges.size(); e++) {
			stored |= edges.get(e).producer() == i && !forwarded[e];
		}
		return stored ? Math.ceilDiv(result.bytes(), (long) loops.get(i).intervals()) : 0;
	}

	/** Time of the last part of a chunk to the buffer. */
	private Rational storing(int i) {
		return bufferTime(0, Math.ceilDiv(stored(i), 8L), Rational.ONE);
	}

	/** Cycles that partial sums travel from the highest c to the owner, and their last packet over a link. */
	private Rational[] reductions() {
		Rational[] cycles = zeros(operators.size());
		for (int i = 0; i < cycles.length; i++) {
			List<Integer> pes = stations.get(i).pes();
			int c = stations.get(i).sharing().cParts();
			long longest = 0;
			for (int owner = 0; owner + c <= stations.get(i).sharing().pes(); owner += c) {
				long hops = 0;
				for (int position = owner; position + 1 < owner + c; position++) {
					long[] links = new long[1];
					network.route(pes.get(position + 1), pes.get(position), link -> links[0]++);
					hops += links[0];
				}
				longest = Math.max(longest, hops * network.interconnect().hopCycles());
			}
			if (c > 1) {
				long packet = Math.min(64, Math.ceilDiv(stations.get(i).sharing().elements(), 8L) * accelerator.partialSumBytes());
				Rational link = over(packet, network.interconnect().linkBandwidth()).max(over(packet, network.interconnect().localBandwidth()));
				cycles[i] = Rational.of(longest).plus(link);
			}
		}
		return cycles;
	}

	/** What the buffer delivers to an operator while the segment runs. */
	private long reads(int i) {
		long reads = inRegisters.contains(i) ? 0 : weights(i).bufferReads;
		for (Operand operand : operators.get(i).operands()) {
			reads += producer(operand) < 0 ? delivered(i, operand) : 0;
		}
		for (int e = 0; e < edges.size(); e++) {
			reads += edges.get(e).consumer() == i && !forwarded[e] ? delivered(i, edges.get(e).operand()) : 0;
		}
		return reads;
	}

	/** Time of an interval over the ports of buffer and memory. */
	private Rational ports(int i, int intervals) {
		Weights weights = weights(i);
		long reads = reads(i);
		long stream = weights.memoryReads - weights.first;
		long streamed = Math.ceilDiv(stream, (long) intervals);
		return bufferTime(Math.ceilDiv(reads, (long) intervals), stored(i) + streamed, Rational.ONE)
				.max(over(streamed, accelerator.memoryBandwidth()));
	}

	/** Time of an interval of each operator while it runs; notes the latency and the pace of each hand-over, how far it is to the slowest link, by how much PEs that only other PEs send something to begin apart, and all traffic. */
	private Rational[] times(int[] intervals, Rational[] computing, Rational[] latencies, Rational[] paces, Rational[] ownPaces, Rational[] spare, Rational[] apart) {
		boolean turns = point.organization() == Organization.TURN_TAKING;
		hopBits = 0;
		Loads all = new Loads(network);
		List<Set<Integer>> between = new ArrayList<>();
		for (int i = 0; i < operators.size(); i++) {
			between.add(handOvers(i, all, latencies));
		}
		for (int e = 0; e < latencies.length; e++) {
			if (forwarded[e]) {
				int producer = edges.get(e).producer();
				int consumer = edges.get(e).consumer();
				paces[e] = slowest(Rational.ZERO, all, between.get(consumer), intervals[producer]);
				long hop = network.interconnect().hopCycles();
				long hops = hop == 0 ? 0 : latencies[e].ceil() / hop;
				int slow = slowestLink(all, between.get(consumer), intervals[producer]);
				long behind = Math.min(hopsBehind(slow, stations.get(consumer).pes(), hops), hops - hopsBefore(slow, stations.get(producer).pes()));
				spare[e] = Rational.of(hop * Math.min(hops, Math.max(0, hops - behind)));
				for (int into = 0; into < latencies.length && (slow < network.routerLinks() || slow >= network.ejection(0)); into++) {
					apart[e] = edges.get(into).consumer() == producer && forwarded[into] ? apart[e].max(latencies[into]) : apart[e];
				}
			}
		}
		List<Loads> loads = new ArrayList<>();
		List<Set<Integer>> links = new ArrayList<>();
		for (int i = 0; i < operators.size(); i++) {
			// in turn-taking, a link carries only what belongs to the operator whose turn it is
			loads.add(turns ? new Loads(network) : all);
			links.add(traffic(i, loads.get(i), latencies));
		}
		Rational[] times = computing.clone();
		for (int i = 0; i < operators.size(); i++) {
			Loads alone = new Loads(network);
			times[i] = slowest(times[i], alone, traffic(i, alone, zeros(latencies.length)), intervals[i]);
			ownPaces[i] = slowest(Rational.ZERO, loads.get(i), links.get(i), intervals[i]);
			for (int e = 0; e < edges.size(); e++) {
				times[i] = edges.get(e).producer() == i && forwarded[e] ? times[i].max(ownPaces[i]) : times[i];
			}
			hopBits += turns ? betweenRouters(loads.get(i)) : 0;
		}
		hopBits += betweenRouters(all);
		return times;
	}

	/** Adds what an operator takes from others; returns the links. */
	private Set<Integer> handOvers(int i, Loads loads, Rational[] latencies) {
		Set<Integer> links = new TreeSet<>();
		for (int e = 0; e < edges.size(); e++) {
			Edge edge = edges.get(e);
			if (edge.consumer() == i && forwarded[e]) {
				Loads.Flow flow = loads.handOver(edge.tensor(), edge.operand(), stations.get(edge.producer()), stations.get(i));
				links.addAll(flow.links());
				latencies[e] = latencies[e].plus(Rational.of(flow.hops() * network.interconnect().hopCycles()));
			}
		}
		return links;
	}

	/** Adds what an operator takes from the buffer, its reductions, and its result on the way to the buffer; returns the links. */
	private Set<Integer> traffic(int i, Loads loads, Rational[] latencies) {
		boolean shared = network.interconnect().bufferPorts().isPresent();
		long hop = network.interconnect().hopCycles();
		Loads.Station own = stations.get(i);
		Operator operator = operators.get(i);
		Set<Integer> links = new TreeSet<>(loads.reduction(own.sharing(), own.pes(), 8 * accelerator.partialSumBytes()).links());
		for (int e = 0; e < edges.size(); e++) {
			Edge edge = edges.get(e);
			if (edge.consumer() == i && !forwarded[e] && shared) {
				Loads.Flow flow = loads.deliver(edge.operand(), edge.tensor().bits(), own, repeats(i, edge.operand()));
				links.addAll(flow.links());
				latencies[e] = latencies[e].plus(Rational.of(flow.hops() * hop));
			}
		}
		if (shared) {
			for (Operand operand : operator.operands()) {
				if (producer(operand) < 0) {
					links.addAll(loads.deliver(operand, bits(operand), own, repeats(i, operand)).links());
				}
			}
			if (operator.weights() > 0) {
				links.addAll(loads.weights(operator, own, weights(i).bufferReads / operator.weightBytes()).links());
			}
			if (stored(i) > 0) {
				Loads.Flow flow = loads.store(workload.outputOf(operator), own);
				links.addAll(flow.links());
				for (int e = 0; e < edges.size(); e++) {
					latencies[e] = latencies[e].plus(Rational.of(edges.get(e).producer() == i && !forwarded[e] ? flow.hops() * hop : 0));
				}
			}
		}
		return links;
	}

	/** Whether a tensor is a boundary output. */
	private boolean leaves(Tensor tensor) {
		return tensor.output() || tensor.lastConsumer() >= point.first() + point.depth();
	}

	private Rational slowest(Rational computing, Loads loads, Set<Integer> links, int intervals) {
		Rational time = computing;
		for (int link : links) {
			long bytes = Math.ceilDiv(Math.ceilDiv(loads.bits[link], (long) intervals), 8L);
			time = time.max(Rational.of(bytes).dividedBy(network.bandwidth(link)));
		}
		return time;
	}

	/** The link that takes longest, between routers rather than at a PE, the one with most bits, the first of them; -1 for none. */
	private int slowestLink(Loads loads, Set<Integer> links, int intervals) {
		int router = -1;
		int port = -1;
		for (int link : links) {
			if (link < network.routerLinks()) {
				router = router < 0 || loads.bits[link] > loads.bits[router] ? link : router;
			} else {
				port = port < 0 || loads.bits[link] > loads.bits[port] ? link : port;
			}
		}
		return router < 0 || port >= 0 && slowest(Rational.ZERO, loads, Set.of(port), intervals).compareTo(slowest(Rational.ZERO, loads, Set.of(router), intervals)) > 0 ? port : router;
	}

	/** The most hops from the start of a link, over it, to a router in the rectangle around some PEs. */
	private long hopsBehind(int link, List<Integer> pes, long longest) {
		if (link < 0 || link >= network.routerLinks()) {
			return link >= network.ejection(0) ? 0 : longest;
		}
		long most = 0;
		for (int node : around(pes)) {
			List<Integer> route = new ArrayList<>();
			network.route(network.from(link), node, route::add);
			most = !route.isEmpty() && route.get(0) == link ? Math.max(most, route.size()) : most;
		}
		return most;
	}

	/** Most hops that a route from around some PEs has made before it takes a link between routers; 0 if none takes it. */
	private long hopsBefore(int link, List<Integer> pes) {
		if (link < 0 || link >= network.routerLinks()) {
			return 0;
		}
		long most = 0;
		for (int node : around(pes)) {
			List<Integer> route = new ArrayList<>();
			network.route(node, network.to(link), route::add);
			most = Math.max(most, route.indexOf(link));
		}
		return most;
	}

	/** Nodes of the smallest rectangle around some PEs, or of the smallest stretch of a ring. */
	private List<Integer> around(List<Integer> pes) {
		int columns = network.columns();
		boolean ring = network.interconnect().topology() == Topology.RING;
		int[] rows = pes.stream().mapToInt(pe -> ring ? 0 : pe / columns).toArray();
		int[] places = pes.stream().mapToInt(pe -> ring ? along(pe) : pe % columns).toArray();
		List<Integer> nodes = new ArrayList<>();
		for (int node = 0; node < network.rows() * columns; node++) {
			if ((ring || !outside(node / columns, rows)) && !outside(ring ? along(node) : node % columns, places)) {
				nodes.add(node);
			}
		}
		return nodes;
	}

	/** Place of a node on the ring, which goes through the rows there and back. */
	private int along(int node) {
		int row = node / network.columns();
		int column = node % network.columns();
		return row * network.columns() + (row % 2 == 0 ? column : network.columns() - 1 - column);
	}

	private static boolean outside(int place, int[] places) {
		return place < Arrays.stream(places).min().orElseThrow() || place > Arrays.stream(places).max().orElseThrow();
	}

	private long betweenRouters(Loads loads) {
		return Arrays.stream(loads.bits, 0, network.routerLinks()).sum();
	}

	// Data movement

	/**
	 * Costs the segment.
	 *
	 * @param held      tensors that are in the buffer when it begins
	 * @param kept      results of it that stay in the buffer
	 * @param heldBytes bytes of all tensors that are in the buffer when it begins
	 * @param room      cycles of the segment before in which first weights can be fetched
	 * @return {@code null} if it does not fit into the buffer
	 */
	public Cost cost(Set<Integer> held, Set<Integer> kept, long heldBytes, long room) {
		long memoryReads = 0;
		long memoryWrites = 0;
		long bufferReads = 0;
		long bufferWrites = 0;
		long space = heldBytes;
		long firstWeights = 0;
		long first = 0;
		long last = 0;
		Rational firstResult = null;
		Rational paced = Rational.ZERO;
		// what takes space: bytes of it, reads, writes
		List<long[]> occupants = new ArrayList<>();

		for (int i = 0; i < operators.size(); i++) {
			Weights weights = weights(i);
			memoryReads += weights.memoryReads;
			bufferReads += weights.bufferReads;
			firstWeights += weights.first;
			space += weights.space;
			occupants.add(new long[] { weights.space, weights.bufferReads, weights.memoryReads });
		}

		Map<Part, long[]> inputs = new LinkedHashMap<>();
		Map<Integer, long[]> inputTensors = new TreeMap<>();
		for (int i = 0; i < operators.size(); i++) {
			for (Operand operand : operators.get(i).operands()) {
				if (producer(operand) < 0) {
					long delivered = delivered(i, operand);
					bufferReads += delivered;
					boolean whole = held.contains(operand.tensor());
					inputTensors.computeIfAbsent(operand.tensor(), t -> new long[] { whole ? workload.tensors().get(t).bytes() : 0, 0, 0 })[1] += delivered;
					if (!whole) {
						long[] sizes = input(i, operand);
						inputs.merge(part(workload, operand), sizes,
								(a, b) -> new long[] { Math.max(a[0], b[0]), Math.max(a[1], b[1]), a[2] + b[2] });
					}
				}
			}
		}
		inputs.forEach((part, sizes) -> {
			inputTensors.get(part.tensor())[0] += sizes[2];
			inputTensors.get(part.tensor())[2] += sizes[0];
		});
		for (long[] sizes : inputs.values()) {
			memoryReads += sizes[0];
			first += sizes[1];
			space += sizes[2];
		}
		occupants.addAll(inputTensors.values());

		for (int i = 0; i < operators.size(); i++) {
			Tensor tensor = workload.outputOf(operators.get(i));
			long chunk = tensor.bytes(loops.get(i).granularity());
			long waiting = 0;
			long reads = 0;
			boolean inBuffer = false;
			for (int e = 0; e < edges.size(); e++) {
				Edge edge = edges.get(e);
				if (edge.producer() == i && !forwarded[e]) {
					inBuffer = true;
					reads += delivered(edge.consumer(), edge.operand());
					long capacity = edge.bounded() && point.organization() != Organization.TURN_TAKING ? edge.span() + 2 : leads[e];
					waiting = Math.max(waiting, capacity * chunk);
				}
			}
			if (leaves(tensor)) {
				inBuffer = true;
				waiting = kept.contains(tensor.index()) ? tensor.bytes() : Math.max(waiting, 2 * chunk);
				if (!kept.contains(tensor.index()) || tensor.output()) {
					memoryWrites += tensor.bytes();
					reads += tensor.bytes();
					last = Math.max(last, chunk);
					Rational made = timeline.there()[i][0];
					// an interval begins when the chunk of the last but one is in memory
					long pairs = (loops.get(i).intervals() - 1) / 2;
					paced = paced.max(made.plus(rounds[i].plus(over(chunk, accelerator.memoryBandwidth())).times(Rational.of(pairs))));
					firstResult = firstResult == null || made.compareTo(firstResult) < 0 ? made : firstResult;
				}
			}
			if (inBuffer) {
				bufferReads += reads;
				bufferWrites += tensor.bytes();
				space += Math.min(tensor.bytes(), waiting);
				occupants.add(new long[] { Math.min(tensor.bytes(), waiting), reads, tensor.bytes() });
			}
		}
		bufferWrites += memoryReads;
		first += firstWeights;
		if (space > accelerator.bufferBytes()) {
			return null;
		}

		Rational m = accelerator.memoryBandwidth();
		long weightCycles = over(firstWeights, m).ceil();
		long before = weightCycles + over(first - firstWeights, m).ceil();
		long after = over(last, m).ceil();
		long meanwhile = Math.max(0, over(memoryReads + memoryWrites, m).ceil() - before - after);
		long fetched = Math.min(room, weightCycles);
		Rational written = firstResult == null ? Rational.ZERO : firstResult.plus(over(memoryWrites - last, m)).max(paced);
		long body = Math.max(meanwhile, timeline.end().max(written).max(bufferTime(bufferReads - last, bufferWrites - first, occupants)).ceil());
		long latency = before - fetched + body + after;
		long idle = body - meanwhile;
		long roomAfter = Math.min(idle, Math.floorDiv(accelerator.bufferBytes() - space, m.ceil()));
		return new Cost(latency, energy(memoryReads + memoryWrites, bufferReads + bufferWrites), memoryReads, memoryWrites, bufferReads, bufferWrites,
				roomAfter);
	}

	private Rational bufferTime(long reads, long writes, List<long[]> occupants) {
		GlobalBuffer buffer = accelerator.buffer();
		Rational time = bufferTime(reads, writes, Rational.ONE);
		for (long[] occupant : occupants) {
			if (occupant[0] > 0) {
				int banks = 1;
				while (banks < buffer.banks() && banks * buffer.bytes() < occupant[0] * buffer.banks()) {
					banks++;
				}
				if (banks < buffer.banks()) {
					time = time.max(bufferTime(occupant[1], occupant[2], new Rational(banks, buffer.banks())));
				}
			}
		}
		return time;
	}

	/** Time over a part of the buffer's bandwidth. */
	private Rational bufferTime(long reads, long writes, Rational part) {
		GlobalBuffer buffer = accelerator.buffer();
		return buffer.writeBandwidth().isEmpty() ? over(reads + writes, buffer.bandwidth().times(part))
				: over(reads, buffer.bandwidth().times(part)).max(over(writes, buffer.writeBandwidth().get().times(part)));
	}

	private record Weights(long memoryReads, long bufferReads, long first, long space) {
	}

	private Weights weights(int i) {
		long w = operators.get(i).weightBytes();
		if (w == 0) {
			return new Weights(0, 0, 0, 0);
		}
		Loops l = loops.get(i);
		long walked = w * (l.intervals() / l.kParts()) * tiles(i);
		if (point.orderClass() == OrderClass.WEIGHT_OUTER) {
			long part = Math.ceilDiv(w, (long) l.kParts());
			return new Weights(w, walked, part, Math.min(w, 2 * part));
		}
		if (inRegisters.contains(i)) {
			return new Weights(w, w, w, 0);
		}
		if (point.weightLevel() == WeightLevel.MEMORY || point.weightLevel() == WeightLevel.REGISTERS_OR_MEMORY) {
			long pieces = Math.max(1, Math.ceilDiv(weightSlice(i), Math.max(1, halfFile())));
			long piece = Math.ceilDiv(w, pieces);
			return new Weights(walked, walked, piece, Math.min(w, 2 * piece));
		}
		return new Weights(w, walked, w, w);
	}

	/** Into how many parts the partial sums of a slice are cut. */
	private long tiles(int i) {
		int psum = accelerator.partialSumBytes();
		return Math.ceilDiv(stations.get(i).sharing().elements() * psum, Math.max(psum, halfFile()));
	}

	/** Bytes that the buffer delivers of an operand: interval by interval what the tile needs. */
	private long delivered(int i, Operand operand) {
		Loops l = loops.get(i);
		TensorShape view = operand.view();
		long elements = parts(operand.channels(), l.k(), l.kTile(), view.c()) * parts(operand.rows(), l.p(), l.pTile(), view.h())
				* parts(operand.columns(), l.q(), l.qTile(), view.w()) * Math.min(view.n(), l.n());
		return bytes(elements * repeats(i, operand), bits(operand));
	}

	/** How often what an interval needs is delivered. */
	private long repeats(int i, Operand operand) {
		boolean right = operators.get(i).kind() == OperatorKind.MATMUL && operand == operators.get(i).operands().get(1);
		return right ? tiles(i) : 1;
	}

	private static long parts(AxisAccess access, int outputs, int tile, long extent) {
		long sum = 0;
		for (int from = 0; from < outputs; from += tile) {
			sum += Needs.count(access, from, Math.min(outputs, from + tile) - 1, (int) extent);
		}
		return sum;
	}

	/** Memory bytes, first bytes and staging of an operand from outside. */
	private long[] input(int i, Operand operand) {
		Loops l = loops.get(i);
		TensorShape view = operand.view();
		long v = bytes(view.elements(), bits(operand));
		long c = Needs.reach(operand.channels(), point.orderClass() == OrderClass.ACTIVATION_OUTER ? l.k() : l.kTile(), (int) view.c());
		long row = Math.ceilDiv(v * c, view.c() * view.h() * view.n());
		long rows = Needs.reach(operand.rows(), l.pTile(), (int) view.h());
		long first = Math.min(v, row * rows);
		if (point.orderClass() == OrderClass.ACTIVATION_OUTER) {
			return new long[] { v, first, Math.min(v, row * Math.min(view.h(), 2 * rows)) };
		}
		long walked = parts(operand.channels(), l.k(), l.kTile(), view.c());
		if (walked <= view.c()) {
			return new long[] { v, first, Math.min(v, 2 * first) };
		}
		if (point.weightLevel() != WeightLevel.MEMORY && point.weightLevel() != WeightLevel.REGISTERS_OR_MEMORY) {
			return new long[] { v, first, v };
		}
		long one = Needs.reach(operand.rows(), 1, (int) view.h());
		return new long[] { Math.ceilDiv(v * walked, view.c()), Math.min(v, row * one), Math.min(v, row * Math.min(view.h(), 2 * one)) };
	}

	/** A view shows some channels, or all of a tensor, perhaps regrouped. */
	private static Part part(Workload workload, Operand operand) {
		TensorShape shape = workload.tensors().get(operand.tensor()).shape();
		return operand.view().elements() == shape.elements() ? new Part(operand.tensor(), 0, shape.c())
				: new Part(operand.tensor(), operand.channelOffset(), operand.view().c());
	}

	// Energy

	private double energy(long memoryBytes, long bufferBytes) {
		long macs = 0;
		long registerBits = 0;
		for (Operator operator : operators) {
			macs += operator.macs();
			int read = bits(operator.operands().get(0));
			registerBits += operator.work() * (operator.kind().multiplies() ? read + Math.max(1, operator.weightBits()) + 2 * 8 * accelerator.partialSumBytes()
					: read + workload.outputOf(operator).bits());
		}
		var energies = accelerator.energies();
		return macs * energies.mac() + registerBits / 8.0 * energies.registers() + hopBits / 8.0 * energies.link() + bufferBytes * energies.buffer()
				+ memoryBytes * energies.memory();
	}

	private int bits(Operand operand) {
		return workload.tensors().get(operand.tensor()).bits();
	}

	private static long bytes(long elements, int bits) {
		return Math.ceilDiv(elements * bits, 8L);
	}

	private static Rational over(long bytes, Rational bandwidth) {
		return Rational.of(bytes).dividedBy(bandwidth);
	}
}
