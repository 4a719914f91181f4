package org.pipeorgan.engine.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.pipeorgan.engine.cost.SegmentPlan;
import org.pipeorgan.engine.organization.Placement;
import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.Dataflow;
import org.pipeorgan.engine.workload.AxisAccess;
import org.pipeorgan.engine.workload.Operand;
import org.pipeorgan.engine.workload.Operator;
import org.pipeorgan.engine.workload.TensorShape;

/**
 * The messages of one forwarded hand-over: for each producer interval, what each PE of the producer sends to which PEs of
 * the consumer. An element goes once to every PE that needs it in any interval.
 */
final class EdgeTraffic {
	/**
	 * What the PEs of the producer send of an interval's chunk, as they make it.
	 *
	 * @param trees   for each position of the producer's share the trees of its messages
	 * @param bits    the messages' sizes
	 * @param before  packets of the messages before each, and of all
	 * @param packets packets that each position of the consumer's share receives
	 */
	record Interval(int[][] trees, long[][] bits, int[][] before, int[] packets) {
		/** Packets that a position of the producer's share sends. */
		int sent(int position) {
			return before[position][before[position].length - 1];
		}
	}

	private final SegmentPlan.Edge edge;
	private final Dataflow from;
	private final Dataflow to;
	private final Split own;
	private final Split need;
	private final Placement placement;
	private final Operator consumer;
	private final PacketNetwork network;
	private final boolean multicast;
	private final Needers pixels;
	private final Needers channels;
	private final int[][] destinations;
	private final Map<List<Long>, Interval> byParts = new HashMap<>();
	/** What is sent of each chunk, once it has been asked for. */
	private final Interval[] known;

	EdgeTraffic(SegmentPlan plan, SegmentPlan.Edge edge, Operator consumer, PacketNetwork network, boolean multicast) {
		this.edge = edge;
		this.consumer = consumer;
		this.network = network;
		this.multicast = multicast;
		from = plan.dataflows().get(edge.producer());
		known = new Interval[Math.toIntExact(from.intervals())];
		to = plan.dataflows().get(edge.consumer());
		own = plan.splits().get(edge.producer());
		need = plan.splits().get(edge.consumer());
		placement = plan.placement();
		channels = channels();
		pixels = pixels();
		destinations = new int[pixels.slices().size() * channels.slices().size()][];
	}

	/** What is sent of the chunk of a producer interval. */
	Interval of(int producerInterval) {
		if (known[producerInterval] == null) {
			Dataflow.Part part = from.part(producerInterval);
			// images send alike
			known[producerInterval] = byParts.computeIfAbsent(List.of(part.k(), part.p(), part.q()), key -> interval(part));
		}
		return known[producerInterval];
	}

	private Interval interval(Dataflow.Part part) {
		TensorShape shape = edge.tensor().shape();
		int[][] trees = new int[own.pes()][];
		long[][] bits = new long[own.pes()][];
		int[][] before = new int[own.pes()][];
		int[] packets = new int[need.pes()];
		Arrays.fill(trees, new int[0]);
		Arrays.fill(bits, new long[0]);
		Arrays.fill(before, new int[1]);
		for (int p = 0; p < own.pParts(); p++) {
			long firstRow = part.p() * from.pTile() + p * own.pSlice();
			long endRow = Math.min(Math.min(firstRow + own.pSlice(), (part.p() + 1) * from.pTile()), shape.h());
			for (int q = 0; q < own.qParts(); q++) {
				long firstColumn = part.q() * from.qTile() + q * own.qSlice();
				long endColumn = Math.min(Math.min(firstColumn + own.qSlice(), (part.q() + 1) * from.qTile()), shape.w());
				Map<Integer, Long> pixelCounts = new LinkedHashMap<>();
				for (long y = firstRow; y < endRow; y++) {
					for (long x = firstColumn; x < endColumn; x++) {
						pixelCounts.merge(pixels.classOf()[(int) (y * shape.w() + x)], 1L, Long::sum);
					}
				}
				for (int k = 0; k < own.kParts(); k++) {
					long firstChannel = part.k() * from.kTile() + k * own.kSlice();
					long endChannel = Math.min(Math.min(firstChannel + own.kSlice(), (part.k() + 1) * from.kTile()), shape.c());
					Map<Integer, Long> channelCounts = new LinkedHashMap<>();
					for (long c = firstChannel; c < endChannel; c++) {
						channelCounts.merge(channels.classOf()[(int) c], 1L, Long::sum);
					}
					int position = own.position(k, p, q, 0);
					Map<Integer, Long> messages = messages(position, pixelCounts, channelCounts, packets);
					List<Map.Entry<Integer, Long>> order = new ArrayList<>(messages.entrySet());
					// each PE begins with others, so that they do not all send to the same ones
					Collections.rotate(order, -(int) ((long) order.size() * position / own.pes()));
					trees[position] = order.stream().mapToInt(Map.Entry::getKey).toArray();
					bits[position] = order.stream().mapToLong(Map.Entry::getValue).toArray();
					before[position] = new int[bits[position].length + 1];
					for (int m = 0; m < bits[position].length; m++) {
						before[position][m + 1] = before[position][m] + network.packets(bits[position][m]);
					}
				}
			}
		}
		return new Interval(trees, bits, before, packets);
	}

	/** The messages of one PE by their trees; counts the packets at their destinations. */
	private Map<Integer, Long> messages(int position, Map<Integer, Long> pixelCounts, Map<Integer, Long> channelCounts, int[] packets) {
		int source = placement.pe(edge.producer(), position);
		Map<Integer, Long> messages = new LinkedHashMap<>();
		Map<Integer, int[]> receivers = new HashMap<>();
		pixelCounts.forEach((pixel, pixelCount) -> channelCounts.forEach((channel, channelCount) -> {
			int[] positions = destinations(pixel, channel);
			long bits = pixelCount * channelCount * edge.tensor().bits();
			if (multicast && positions.length > 0) {
				merge(source, positions, bits, messages, receivers);
			} else {
				for (int one : positions) {
					merge(source, new int[] { one }, bits, messages, receivers);
				}
			}
		}));
		messages.forEach((tree, bits) -> {
			for (int receiver : receivers.get(tree)) {
				packets[receiver] += network.packets(bits);
			}
		});
		return messages;
	}

	private void merge(int source, int[] positions, long bits, Map<Integer, Long> messages, Map<Integer, int[]> receivers) {
		int[] pes = Arrays.stream(positions).map(position -> placement.pe(edge.consumer(), position)).toArray();
		int tree = network.tree(source, pes);
		messages.merge(tree, bits, Long::sum);
		receivers.put(tree, positions);
	}

	/** Positions of the consumer's share that need the elements of a class of pixels and one of channels. */
	private int[] destinations(int pixel, int channel) {
		int at = pixel * channels.slices().size() + channel;
		if (destinations[at] == null) {
			int[] pixelSlices = pixels.slices().get(pixel);
			int[] channelSlices = channels.slices().get(channel);
			int[] positions = new int[pixelSlices.length * channelSlices.length];
			for (int i = 0; i < positions.length; i++) {
				positions[i] = pixelSlices[i / channelSlices.length] * need.kParts() * need.cParts() + channelSlices[i % channelSlices.length];
			}
			destinations[at] = positions;
		}
		return destinations[at];
	}

	/** Who needs which channel of the tensor: slices {@code k * cParts + c}. */
	private Needers channels() {
		Operand operand = edge.operand();
		AxisAccess access = operand.channels();
		boolean reduces = consumer.kind().splitsContraction();
		Needers.Collector collector = new Needers.Collector(Math.toIntExact(edge.tensor().shape().c()));
		boolean whole = access instanceof AxisAccess.Whole;
		int taps = access.taps(operand.view().c());
		for (long o = 0; o < (whole ? Math.min(to.out().c(), to.kTile()) : to.out().c()); o++) {
			long inTile = o % to.kTile();
			if (whole && inTile % need.kSlice() != 0) {
				continue;
			}
			int k = (int) (inTile / need.kSlice());
			for (int t = 0; t < taps; t++) {
				long channel = access.need(o, t, operand.view().c());
				if (channel < 0) {
					continue;
				}
				boolean contracted = reduces && (whole || access instanceof AxisAccess.Group);
				for (int c = contracted ? (int) (t / need.cSlice()) : 0; c < (contracted ? t / need.cSlice() + 1 : need.cParts()); c++) {
					collector.add((int) (channel + operand.channelOffset()), k * need.cParts() + c);
				}
			}
		}
		return collector.classes();
	}

	/** Who needs which pixel of the tensor: slices {@code p * qParts + q}. */
	private Needers pixels() {
		Operand operand = edge.operand();
		TensorShape view = operand.view();
		if (operand.viewKind(edge.tensor().shape()) == Operand.ViewKind.DIRECT) {
			return Needers.product(Needers.along(operand.rows(), view.h(), to.out().h(), to.pTile(), need.pSlice()),
					Needers.along(operand.columns(), view.w(), to.out().w(), to.qTile(), need.qSlice()), need.qParts());
		}
		// rows and columns are regrouped: the view's pixel is the tensor's of the same number
		Needers.Collector collector = new Needers.Collector(Math.toIntExact(view.h() * view.w()));
		for (long p = 0; p < to.out().h(); p++) {
			for (long q = 0; q < to.out().w(); q++) {
				int slice = (int) (p % to.pTile() / need.pSlice() * need.qParts() + q % to.qTile() / need.qSlice());
				for (int r = 0; r < operand.rows().taps(view.h()); r++) {
					long y = operand.rows().need(p, r, view.h());
					for (int s = 0; y >= 0 && s < operand.columns().taps(view.w()); s++) {
						long x = operand.columns().need(q, s, view.w());
						if (x >= 0) {
							collector.add((int) (y * view.w() + x), slice);
						}
					}
				}
			}
		}
		return collector.classes();
	}
}
