package org.pipeorgan.tests.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.pipeorgan.engine.interconnect.BufferPorts;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;

/** Section 4 of the page: what crosses which link, element by element. */
final class Loads {
	private final Network network;
	private final boolean multicast;
	/** Bits over each link, in the whole segment. */
	final long[] bits;

	Loads(Network network) {
		this.network = network;
		multicast = network.interconnect().multicast();
		bits = new long[network.links()];
	}

	/** Where one operator is. */
	record Station(Sharing sharing, List<Integer> pes) {
	}

	/** What a flow uses: links, local ports among them, and the hops of its longest route. */
	record Flow(Set<Integer> links, int hops) {
	}

	/** Sends each element of a tensor from its owner to all PEs that need it. */
	Flow handOver(Tensor tensor, Operand operand, Station from, Station to) {
		TensorShape shape = tensor.shape();
		TensorShape view = operand.view();
		int positions = to.sharing().pes();
		List<Set<Integer>> channels = new ArrayList<>();
		List<Set<Integer>> rows = new ArrayList<>();
		List<Set<Integer>> columns = new ArrayList<>();
		for (int position = 0; position < positions; position++) {
			channels.add(channelsNeeded(operand, to.sharing(), position, 0, to.sharing().loops().k() - 1));
			rows.add(rowsNeeded(operand, to.sharing(), position, 0, to.sharing().loops().p() - 1));
			columns.add(columnsNeeded(operand, to.sharing(), position, 0, to.sharing().loops().q() - 1));
		}
		Set<Integer> used = new TreeSet<>();
		int hops = 0;
		for (int channel = 0; channel < view.c(); channel++) {
			for (int row = 0; row < view.h(); row++) {
				for (int column = 0; column < view.w(); column++) {
					int pixel = (int) (row * view.w() + column);
					int owner = from.pes().get(
							from.sharing().owner((int) (channel + operand.channelOffset()), (int) (pixel / shape.w()), (int) (pixel % shape.w())));
					Set<Integer> needers = new TreeSet<>();
					for (int position = 0; position < positions; position++) {
						if (channels.get(position).contains(channel) && rows.get(position).contains(row) && columns.get(position).contains(column)) {
							needers.add(to.pes().get(position));
						}
					}
					needers.remove(owner);
					// each image of the batch alike
					send(owner, needers, tensor.bits() * view.n(), used);
					for (int needer : needers) {
						hops = Math.max(hops, network.hops(owner, needer));
					}
				}
			}
		}
		return new Flow(used, hops);
	}

	/** Sends the partial sums of an operator from each PE to the one with the part of C before its own. */
	Flow reduction(Sharing sharing, List<Integer> pes, int partialSumBits) {
		Loops loops = sharing.loops();
		Set<Integer> used = new TreeSet<>();
		for (int channel = 0; channel < loops.k(); channel++) {
			for (int row = 0; row < loops.p(); row++) {
				for (int column = 0; column < loops.q(); column++) {
					int owner = sharing.owner(channel, row, column);
					for (int c = sharing.cParts() - 1; c > 0; c--) {
						send(pes.get(owner + c), Set.of(pes.get(owner + c - 1)), (long) partialSumBits * loops.n(), used);
					}
				}
			}
		}
		return new Flow(used, 0);
	}

	/** The routers at which the buffer has its ports. */
	private List<Integer> ports() {
		int rows = network.rows();
		int columns = network.columns();
		BufferPorts ports = network.interconnect().bufferPorts().orElseThrow();
		List<Integer> routers = new ArrayList<>();
		for (BufferPorts.Side side : ports.sides()) {
			for (int y = 0; y < rows; y++) {
				for (int x = 0; x < columns; x++) {
					boolean here = switch (side) {
						case NORTH -> y == 0 && x % ports.step() == 0;
						case SOUTH -> y == rows - 1 && x % ports.step() == 0;
						case WEST -> x == 0 && y % ports.step() == 0;
						case EAST -> x == columns - 1 && y % ports.step() == 0;
					};
					if (here && !routers.contains(y * columns + x)) {
						routers.add(y * columns + x);
					}
				}
			}
		}
		return routers;
	}

	/** Number of the port that serves a PE. */
	private int port(int pe) {
		List<Integer> ports = ports();
		return IntStream.range(0, ports.size()).boxed().min(Comparator.comparingInt(port -> network.hops(ports.get(port), pe))).orElseThrow();
	}

	/** Delivers an operand from the buffer, interval by interval, so often in each. */
	Flow deliver(Operand operand, int elementBits, Station to, long repeats) {
		Sharing sharing = to.sharing();
		Loops loops = sharing.loops();
		Set<Integer> used = new TreeSet<>();
		int hops = 0;
		for (int number = 0; number < loops.intervals(); number++) {
			Loops.Interval tile = loops.interval(number);
			if (tile.n() >= operand.view().n()) {
				continue;
			}
			Map<List<Integer>, Set<Integer>> needers = new LinkedHashMap<>();
			for (int position = 0; position < sharing.pes(); position++) {
				Set<Integer> rows = rowsNeeded(operand, sharing, position, tile.p0(), tile.p1());
				Set<Integer> columns = columnsNeeded(operand, sharing, position, tile.q0(), tile.q1());
				for (int channel : channelsNeeded(operand, sharing, position, tile.k0(), tile.k1())) {
					for (int row : rows) {
						for (int column : columns) {
							needers.computeIfAbsent(List.of(channel, row, column), e -> new TreeSet<>()).add(to.pes().get(position));
						}
					}
				}
			}
			for (Set<Integer> pes : needers.values()) {
				hops = Math.max(hops, fromPorts(pes, elementBits * repeats, used));
			}
		}
		return new Flow(used, hops);
	}

	/** Delivers each weight so often. */
	Flow weights(Operator operator, Station to, long passes) {
		Sharing sharing = to.sharing();
		Set<Integer> used = new TreeSet<>();
		for (int channel = 0; channel < sharing.loops().k(); channel++) {
			for (int contracted = 0; contracted < operator.contracted(); contracted++) {
				Set<Integer> pes = new TreeSet<>();
				for (int position = 0; position < sharing.pes(); position++) {
					if (sharing.kPart(position) == channel % sharing.loops().kTile() / sharing.kSlice()
							&& sharing.cPart(position) == contracted / sharing.cSlice()) {
						pes.add(to.pes().get(position));
					}
				}
				fromPorts(pes, operator.filterRows() * operator.filterColumns() * operator.weightBits() * passes, used);
			}
		}
		return new Flow(used, 0);
	}

	/** Brings a result to the buffer. */
	Flow store(Tensor result, Station from) {
		Set<Integer> used = new TreeSet<>();
		int hops = 0;
		for (int channel = 0; channel < result.shape().c(); channel++) {
			for (int row = 0; row < result.shape().h(); row++) {
				for (int column = 0; column < result.shape().w(); column++) {
					int owner = from.pes().get(from.sharing().owner(channel, row, column));
					int port = port(owner);
					List<Integer> route = new ArrayList<>(List.of(network.injection(owner)));
					network.route(owner, ports().get(port), route::add);
					route.add(network.intoBuffer(port));
					carry(route, result.bits() * result.shape().n(), new TreeSet<>());
					used.addAll(route);
					hops = Math.max(hops, route.size() - 2);
				}
			}
		}
		return new Flow(used, hops);
	}

	private int fromPorts(Set<Integer> pes, long elementBits, Set<Integer> used) {
		Map<Integer, Set<Integer>> taken = new TreeMap<>();
		int hops = 0;
		for (int pe : pes) {
			int port = port(pe);
			List<Integer> route = new ArrayList<>(List.of(network.fromBuffer(port)));
			network.route(ports().get(port), pe, route::add);
			route.add(network.ejection(pe));
			carry(route, elementBits, taken.computeIfAbsent(port, p -> new TreeSet<>()));
			used.addAll(route);
			hops = Math.max(hops, route.size() - 2);
		}
		return hops;
	}

	private void carry(List<Integer> route, long elementBits, Set<Integer> taken) {
		for (int link : route) {
			if (taken.add(link) || !multicast) {
				bits[link] += elementBits;
			}
		}
	}

	private void send(int owner, Set<Integer> destinations, long elementBits, Set<Integer> used) {
		Set<Integer> once = new TreeSet<>();
		for (int destination : destinations) {
			List<Integer> route = new ArrayList<>();
			route.add(network.injection(owner));
			network.route(owner, destination, route::add);
			route.add(network.ejection(destination));
			carry(route, elementBits, once);
		}
		used.addAll(once);
	}

	/** Channels that a PE needs for outputs in a range. */
	private static Set<Integer> channelsNeeded(Operand operand, Sharing sharing, int position, int from, int to) {
		Set<Integer> needed = new TreeSet<>();
		for (int channel = from; channel <= to; channel++) {
			if (channel % sharing.loops().kTile() / sharing.kSlice() == sharing.kPart(position)) {
				List<Integer> all = Needs.of(operand.channels(), channel, (int) operand.view().c());
				if (sharing.cParts() > 1) {
					int end = Math.min(all.size(), (sharing.cPart(position) + 1) * sharing.cSlice());
					all = all.subList(Math.min(end, sharing.cPart(position) * sharing.cSlice()), end);
				}
				needed.addAll(all);
			}
		}
		return needed;
	}

	private static Set<Integer> rowsNeeded(Operand operand, Sharing sharing, int position, int from, int to) {
		return needed(operand.rows(), from, to, sharing.loops().pTile(), sharing.pSlice(), sharing.pPart(position), (int) operand.view().h());
	}

	private static Set<Integer> columnsNeeded(Operand operand, Sharing sharing, int position, int from, int to) {
		return needed(operand.columns(), from, to, sharing.loops().qTile(), sharing.qSlice(), sharing.qPart(position), (int) operand.view().w());
	}

	private static Set<Integer> needed(AxisAccess access, int from, int to, int tile, int slice, int part, int extent) {
		Set<Integer> needed = new TreeSet<>();
		for (int out = from; out <= to; out++) {
			if (out % tile / slice == part) {
				needed.addAll(Needs.of(access, out, extent));
			}
		}
		return needed;
	}
}
