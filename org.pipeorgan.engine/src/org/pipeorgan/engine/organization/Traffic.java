package org.pipeorgan.engine.organization;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.Tensor;
import org.pipeorgan.engine.workload.TensorShape;

/**
 * Transfers between PEs of a segment: the overlap of what a PE of the producer owns with what a PE of the consumer
 * needs. An element reaches a PE once in a segment (its halo is retained there). All amounts are bits, summed over the
 * whole segment.
 *
 * <p>An output element is owned by one PE: its coordinates modulo the interval's tile fall into one slice along K, P
 * and Q, and the PE with c = 0 holds the sum. A consumer's PE needs what the access functions of its slice ask for, in
 * any interval. Both are products over the axes, so flows are products of per-axis classes. Safe for many threads.
 */
public final class Traffic {
	private record AxisKey(AxisAccess access, long inExtent, long offset, long viewExtent, long ownerTile, long ownerSlice, long outExtent,
			long needTile, long needSlice, long kind, long cParts, long cSlice, boolean reduces) {
	}

	private record ChannelKey(AxisKey axis, long kParts) {
	}

	/** A single column: pixels are told apart by rows. */
	private static final List<AxisFlow.Group> PIXELS = List.of(new AxisFlow.Group(new int[] { 0 }, new int[] { 0 }, new long[] { 1 }));

	/** First and last along three axes. */
	private static final int CORNERS = 8;

	private final Map<Object, AxisFlow> known = new ConcurrentHashMap<>();

	/** One side of a hand-over. */
	public record Side(Operator operator, Dataflow dataflow, Split split, int share) {
	}

	/** Adds the transfers of one hand-over to the loads; {@code share} of a side is its operator number in the placement. */
	public void forward(Side producer, Side consumer, Operand operand, Tensor tensor, Placement placement, LinkLoads loads) {
		AxisFlow channels = channels(producer, consumer, operand, tensor);
		Split own = producer.split();
		Split need = consumer.split();
		int[] destinations = new int[need.pes()];
		long batch = Math.multiplyExact(tensor.shape().n(), (long) tensor.bits());
		if (operand.viewKind(tensor.shape()) == Operand.ViewKind.DIRECT) {
			AxisFlow rows = rows(producer, consumer, operand, tensor);
			AxisFlow columns = columns(producer, consumer, operand, tensor);
			if (loads.merges()) {
				merge(producer, consumer, rows, columns, channels, batch, placement, loads);
				return;
			}
			for (AxisFlow.Class row : rows.classes()) {
				for (AxisFlow.Class column : columns.classes()) {
					for (AxisFlow.Class channel : channels.classes()) {
						int count = 0;
						for (int p : row.needs()) {
							for (int q : column.needs()) {
								for (int kc : channel.needs()) {
									int position = (p * need.qParts() + q) * need.kParts() * need.cParts() + kc;
									destinations[count++] = placement.pe(consumer.share(), position);
								}
							}
						}
						int source = placement.pe(producer.share(), own.position(channel.owner(), row.owner(), column.owner(), 0));
						loads.add(source, destinations, count,
								Math.multiplyExact(batch, row.count() * column.count() * channel.count()));
					}
				}
			}
			return;
		}
		AxisFlow pixels = pixels(producer, consumer, operand, tensor.shape());
		if (loads.merges()) {
			merge(producer, consumer, pixels, null, channels, batch, placement, loads);
			return;
		}
		for (AxisFlow.Class pixel : pixels.classes()) {
			for (AxisFlow.Class channel : channels.classes()) {
				int count = 0;
				for (int pq : pixel.needs()) {
					for (int kc : channel.needs()) {
						destinations[count++] = placement.pe(consumer.share(), pq * need.kParts() * need.cParts() + kc);
					}
				}
				int source = placement.pe(producer.share(), (pixel.owner() * own.kParts() + channel.owner()) * own.cParts());
				loads.add(source, destinations, count, Math.multiplyExact(batch, pixel.count() * channel.count()));
			}
		}
	}

	/**
	 * Hops that the longest route of a hand-over has at least: those of a few of its routes, to the first and last slices of the consumer from those
	 * that own the first and the last of what these need.
	 */
	public long leastHops(Side producer, Side consumer, Operand operand, Tensor tensor, Placement placement, Network network) {
		Split own = producer.split();
		Split need = consumer.split();
		boolean direct = operand.viewKind(tensor.shape()) == Operand.ViewKind.DIRECT;
		int ends = axes(need.pParts() > 1, need.qParts() > 1, need.kParts() > 1);
		int taps = axes(operand.rows().taps(operand.view().h()) > 1, operand.columns().taps(operand.view().w()) > 1, operand.channels().taps(operand.view().c()) > 1);
		int longest = 0;
		for (int end = 0; end < CORNERS; end++) {
			if ((end & ~ends) != 0) {
				continue;
			}
			long p = bit(end, 0) * (need.pParts() - 1L);
			long q = bit(end, 1) * (need.qParts() - 1L);
			long k = bit(end, 2) * (need.kParts() - 1L);
			for (int tap = 0; tap < CORNERS; tap++) {
				if ((tap & ~taps) != 0) {
					continue;
				}
				long h = needed(operand.rows(), p * need.pSlice(), bit(tap, 0), operand.view().h());
				long w = needed(operand.columns(), q * need.qSlice(), bit(tap, 1), operand.view().w());
				long c = needed(operand.channels(), k * need.kSlice(), bit(tap, 2), operand.view().c());
				if (h < 0 || w < 0 || c < 0) {
					continue;
				}
				long pixel = h * operand.view().w() + w;
				int owner = own.position(slice(c + operand.channelOffset(), producer.dataflow().kTile(), own.kSlice()),
						slice(direct ? h : pixel / tensor.shape().w(), producer.dataflow().pTile(), own.pSlice()),
						slice(direct ? w : pixel % tensor.shape().w(), producer.dataflow().qTile(), own.qSlice()), 0);
				int reader = need.position((int) k, (int) p, (int) q, part(consumer, operand, k * need.kSlice(), c));
				longest = Math.max(longest, network.hops(placement.pe(producer.share(), owner), placement.pe(consumer.share(), reader)));
			}
		}
		return longest;
	}

	/** A bit for each of three axes: whether its first and its last differ. */
	private static int axes(boolean first, boolean second, boolean third) {
		return (first ? 1 : 0) | (second ? 2 : 0) | (third ? 4 : 0);
	}

	private static long bit(int corner, int axis) {
		return corner >> axis & 1;
	}

	/** The first or the last coordinate that an output coordinate needs; below 0 if that is outside. */
	private static long needed(AxisAccess access, long out, long last, long extent) {
		return access.need(out, last == 0 ? 0 : access.taps(extent) - 1, extent);
	}

	private static int slice(long coordinate, long tile, long slice) {
		return (int) (coordinate % tile / slice);
	}

	/** The part of a sum along C that a channel is in, for an output channel. */
	private static int part(Side consumer, Operand operand, long out, long channel) {
		if (!consumer.operator().kind().splitsContraction() || consumer.split().cParts() == 1) {
			return 0;
		}
		long of = operand.channels() instanceof AxisAccess.Group group ? channel - group.need(out, 0, operand.view().c()) : operand.channels() instanceof AxisAccess.Whole ? channel : 0;
		return (int) (of / consumer.split().cSlice());
	}

	private AxisFlow rows(Side producer, Side consumer, Operand operand, Tensor tensor) {
		return spatial(operand.rows(), tensor.shape().h(), operand.view().h(), producer.dataflow().pTile(), producer.split().pSlice(), consumer.dataflow().out().h(),
				consumer.dataflow().pTile(), consumer.split().pSlice());
	}

	private AxisFlow columns(Side producer, Side consumer, Operand operand, Tensor tensor) {
		return spatial(operand.columns(), tensor.shape().w(), operand.view().w(), producer.dataflow().qTile(), producer.split().qSlice(), consumer.dataflow().out().w(),
				consumer.dataflow().qTile(), consumer.split().qSlice());
	}

	/**
	 * Adds the transfers to the same slices together.
	 *
	 * @param rows    of the tensor, or its pixels
	 * @param columns {@code null} for pixels
	 * @param each    bits of an element, for all of the batch
	 */
	private static void merge(Side producer, Side consumer, AxisFlow rows, AxisFlow columns, AxisFlow channels, long each, Placement placement, LinkLoads loads) {
		Split own = producer.split();
		Split need = consumer.split();
		int[] from = placement.pes(producer.share());
		int[] to = placement.pes(consumer.share());
		int[] destinations = new int[need.pes()];
		int[] sources = new int[own.pes()];
		long[] units = new long[own.pes()];
		int needChannels = need.kParts() * need.cParts();
		List<AxisFlow.Group> across = columns == null ? PIXELS : columns.groups();
		int needColumns = columns == null ? 1 : need.qParts();
		int ownColumns = columns == null ? 1 : own.qParts();
		for (AxisFlow.Group row : rows.groups()) {
			for (AxisFlow.Group column : across) {
				for (AxisFlow.Group channel : channels.groups()) {
					int count = 0;
					for (int p : row.needs()) {
						for (int q : column.needs()) {
							int position = (p * needColumns + q) * needChannels;
							for (int kc : channel.needs()) {
								destinations[count++] = to[position + kc];
							}
						}
					}
					int sourceCount = 0;
					for (int p = 0; p < row.owners().length; p++) {
						for (int q = 0; q < column.owners().length; q++) {
							int position = (row.owners()[p] * ownColumns + column.owners()[q]) * own.kParts();
							long pixels = row.counts()[p] * column.counts()[q];
							for (int k = 0; k < channel.owners().length; k++) {
								sources[sourceCount] = from[(position + channel.owners()[k]) * own.cParts()];
								units[sourceCount++] = Math.multiplyExact(each, pixels * channel.counts()[k]);
							}
						}
					}
					loads.multicast(sources, units, sourceCount, destinations, count);
				}
			}
		}
	}

	/**
	 * Adds the partial sums that travel within one operator: along C, from the PE with the highest c to the owner, each
	 * adding its own sum on the way.
	 */
	public static void reduce(Side side, int partialSumBits, Placement placement, LinkLoads loads) {
		Split split = side.split();
		if (split.cParts() == 1) {
			return;
		}
		for (int p = 0; p < split.pParts(); p++) {
			for (int q = 0; q < split.qParts(); q++) {
				for (int k = 0; k < split.kParts(); k++) {
					long bits = Math.multiplyExact(ownedElements(side, k, p, q), (long) partialSumBits);
					if (bits == 0) {
						continue;
					}
					for (int c = split.cParts() - 1; c > 0; c--) {
						loads.add(placement.pe(side.share(), split.position(k, p, q, c)),
								placement.pe(side.share(), split.position(k, p, q, c - 1)), bits);
					}
				}
			}
		}
	}

	/** How many output elements a slice has over all intervals. */
	static long ownedElements(Side side, int k, int p, int q) {
		Dataflow dataflow = side.dataflow();
		TensorShape out = dataflow.out();
		Split split = side.split();
		return Math.multiplyExact(out.n() * owned(out.h(), dataflow.pTile(), split.pSlice(), p) * owned(out.w(), dataflow.qTile(), split.qSlice(), q),
				owned(out.c(), dataflow.kTile(), split.kSlice(), k));
	}

	/** How many coordinates of an axis a slice owns over all intervals. */
	static long owned(long extent, long tile, long slice, long part) {
		long whole = extent / tile * Math.max(0, Math.min(tile, (part + 1) * slice) - part * slice);
		long rest = extent % tile;
		return whole + Math.max(0, Math.min(rest, (part + 1) * slice) - part * slice);
	}

	private AxisFlow spatial(AxisAccess access, long extent, long viewExtent, long ownerTile, long ownerSlice, long outExtent, long needTile,
			long needSlice) {
		AxisKey key = new AxisKey(access, extent, 0, viewExtent, ownerTile, ownerSlice, outExtent, needTile, needSlice, 0, 1, 1, false);
		return known.computeIfAbsent(key, k -> {
			AxisFlow.Collector collector = new AxisFlow.Collector(Math.toIntExact(extent));
			for (int y = 0; y < extent; y++) {
				collector.owner(y, (int) (y % ownerTile / ownerSlice));
			}
			int taps = access.taps(viewExtent);
			long distinct = access instanceof AxisAccess.Whole ? Math.min(outExtent, needTile) : outExtent;
			for (long o = 0; o < distinct; o++) {
				int slice = (int) (o % needTile / needSlice);
				if (access instanceof AxisAccess.Whole && o % needSlice != 0) {
					continue;
				}
				for (int t = 0; t < taps; t++) {
					long y = access.need(o, t, viewExtent);
					if (y >= 0) {
						collector.need((int) y, slice);
					}
				}
			}
			return collector.classes();
		});
	}

	/** Classes of channels; a needing slice is {@code k * cParts + c}. */
	private AxisFlow channels(Side producer, Side consumer, Operand operand, Tensor tensor) {
		Dataflow to = consumer.dataflow();
		Split need = consumer.split();
		boolean reduces = consumer.operator().kind().splitsContraction();
		AxisKey axis = new AxisKey(operand.channels(), tensor.shape().c(), operand.channelOffset(), operand.view().c(), producer.dataflow().kTile(),
				producer.split().kSlice(), to.out().c(), to.kTile(), need.kSlice(), 1, need.cParts(), need.cSlice(), reduces);
		return known.computeIfAbsent(new ChannelKey(axis, need.kParts()), key -> {
			if (operand.channels() instanceof AxisAccess.Whole && operand.view().c() > 1) {
				return contracted(producer, need, operand, reduces);
			}
			AxisFlow.Collector collector = new AxisFlow.Collector(Math.toIntExact(tensor.shape().c()));
			for (int c = 0; c < tensor.shape().c(); c++) {
				collector.owner(c, (int) (c % producer.dataflow().kTile() / producer.split().kSlice()));
			}
			AxisAccess access = operand.channels();
			long view = operand.view().c();
			int taps = access.taps(view);
			for (long o = 0; o < to.out().c(); o++) {
				int k = (int) (o % to.kTile() / need.kSlice());
				for (int t = 0; t < taps; t++) {
					long c = access.need(o, t, view);
					if (c < 0) {
						continue;
					}
					// for a group the tap is the channel's number in the contracted rank
					int part = reduces && access instanceof AxisAccess.Group ? (int) (t / need.cSlice()) : -1;
					for (int j = part < 0 ? 0 : part; j <= (part < 0 ? need.cParts() - 1 : part); j++) {
						collector.need((int) (c + operand.channelOffset()), k * need.cParts() + j);
					}
				}
			}
			return collector.classes();
		});
	}

	/** Every slice along K needs every channel; with a sum cut along C only the PEs of a channel's part do. */
	private static AxisFlow contracted(Side producer, Split need, Operand operand, boolean reduces) {
		int[][] slices = new int[reduces ? need.cParts() : 1][need.kParts() * (reduces ? 1 : need.cParts())];
		for (int part = 0; part < slices.length; part++) {
			for (int i = 0; i < slices[part].length; i++) {
				slices[part][i] = reduces ? i * need.cParts() + part : i;
			}
		}
		AxisFlow.Counter counter = new AxisFlow.Counter(slices);
		for (long c = 0; c < operand.view().c(); c++) {
			int owner = (int) ((c + operand.channelOffset()) % producer.dataflow().kTile() / producer.split().kSlice());
			counter.add(owner, reduces ? (int) (c / need.cSlice()) : 0);
		}
		return counter.classes();
	}

	/** Classes of pixels of a tensor that is seen with rows and columns regrouped; slices are {@code p * qParts + q}. */
	private AxisFlow pixels(Side producer, Side consumer, Operand operand, TensorShape shape) {
		record Key(Operand.ViewKind kind, AxisAccess rows, AxisAccess columns, TensorShape view, TensorShape shape, Dataflow from, Split own, Dataflow to,
				Split need) {
		}
		Dataflow from = producer.dataflow();
		Dataflow to = consumer.dataflow();
		Split own = producer.split();
		Split need = consumer.split();
		Key key = new Key(Operand.ViewKind.SPATIAL, operand.rows(), operand.columns(), operand.view(), shape, from, own, to, need);
		return known.computeIfAbsent(key, k -> {
			AxisFlow.Collector collector = new AxisFlow.Collector(Math.toIntExact(shape.h() * shape.w()));
			for (int y = 0; y < shape.h(); y++) {
				for (int x = 0; x < shape.w(); x++) {
					int owner = (int) (y % from.pTile() / own.pSlice() * own.qParts() + x % from.qTile() / own.qSlice());
					collector.owner((int) (y * shape.w() + x), owner);
				}
			}
			TensorShape view = operand.view();
			int rowTaps = operand.rows().taps(view.h());
			int columnTaps = operand.columns().taps(view.w());
			for (long p = 0; p < to.out().h(); p++) {
				for (long q = 0; q < to.out().w(); q++) {
					int slice = (int) (p % to.pTile() / need.pSlice() * need.qParts() + q % to.qTile() / need.qSlice());
					for (int r = 0; r < rowTaps; r++) {
						long h = operand.rows().need(p, r, view.h());
						for (int s = 0; s < columnTaps && h >= 0; s++) {
							long w = operand.columns().need(q, s, view.w());
							if (w >= 0) {
								collector.need((int) (h * view.w() + w), slice);
							}
						}
					}
				}
			}
			return collector.classes();
		});
	}

	/** Whether elements of an operand can go from PE to PE at all: channels regrouped with pixels cannot. */
	public static boolean forwardable(Operand operand, Tensor tensor) {
		return operand.viewKind(tensor.shape()) != Operand.ViewKind.SCATTERED;
	}
}
