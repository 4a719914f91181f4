package org.pipeorgan.tests.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
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
			channels.add(channelsNeeded(operand, to.sharing(), position));
			rows.add(rowsNeeded(operand, to.sharing(), position));
			columns.add(columnsNeeded(operand, to.sharing(), position));
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

	private void send(int owner, Set<Integer> destinations, long elementBits, Set<Integer> used) {
		Set<Integer> once = new TreeSet<>();
		for (int destination : destinations) {
			List<Integer> route = new ArrayList<>();
			route.add(network.injection(owner));
			network.route(owner, destination, route::add);
			route.add(network.ejection(destination));
			for (int link : route) {
				if (once.add(link) || !multicast) {
					bits[link] += elementBits;
				}
			}
		}
		used.addAll(once);
	}

	private static Set<Integer> channelsNeeded(Operand operand, Sharing sharing, int position) {
		Loops loops = sharing.loops();
		Set<Integer> needed = new TreeSet<>();
		int kPart = position / sharing.cParts() % sharing.kParts();
		int cPart = position % sharing.cParts();
		for (int channel = 0; channel < loops.k(); channel++) {
			if (channel % loops.kTile() / sharing.kSlice() == kPart) {
				List<Integer> all = Needs.of(operand.channels(), channel, (int) operand.view().c());
				if (sharing.cParts() > 1) {
					int end = Math.min(all.size(), (cPart + 1) * sharing.cSlice());
					all = all.subList(Math.min(end, cPart * sharing.cSlice()), end);
				}
				needed.addAll(all);
			}
		}
		return needed;
	}

	private static Set<Integer> rowsNeeded(Operand operand, Sharing sharing, int position) {
		Loops loops = sharing.loops();
		int pPart = position / sharing.cParts() / sharing.kParts() / sharing.qParts();
		return needed(operand.rows(), loops.p(), loops.pTile(), sharing.pSlice(), pPart, (int) operand.view().h());
	}

	private static Set<Integer> columnsNeeded(Operand operand, Sharing sharing, int position) {
		Loops loops = sharing.loops();
		int qPart = position / sharing.cParts() / sharing.kParts() % sharing.qParts();
		return needed(operand.columns(), loops.q(), loops.qTile(), sharing.qSlice(), qPart, (int) operand.view().w());
	}

	private static Set<Integer> needed(AxisAccess access, int outputs, int tile, int slice, int part, int extent) {
		Set<Integer> needed = new TreeSet<>();
		for (int out = 0; out < outputs; out++) {
			if (out % tile / slice == part) {
				needed.addAll(Needs.of(access, out, extent));
			}
		}
		return needed;
	}
}
