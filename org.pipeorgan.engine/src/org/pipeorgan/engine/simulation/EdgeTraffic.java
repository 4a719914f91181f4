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
	/** So many bits along a tree to the PEs at some positions of the consumer's share. */
	private record Message(int tree, long bits, int[] receivers) {
	}

	/**
	 * What a PE sends of an interval's chunk, as it makes it.
	 *
	 * @param trees   of its messages
	 * @param bits    their sizes
	 * @param largest size of its largest packets: as much as it makes at a time, if a packet holds that
	 * @param before  packets of the messages before each, and of all
	 */
	record Sent(int[] trees, long[] bits, long largest, int[] before) {
		int packets() {
			return before[before.length - 1];
		}
	}

	/**
	 * What the PEs of the producer send of an interval's chunk.
	 *
	 * @param sent     by each position of the producer's share
	 * @param received packets that each position of the consumer's share receives
	 */
	record Interval(Sent[] sent, int[] received) {
	}

	/** The golden ratio's part of a circle, in units of 1 / 2^32: its multiples are spread evenly over the circle, however many there are. */
	private static final int GOLDEN_RATIO = 0x9E3779B9;

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
		List<List<Message>> messages = messages(part);
		int[] received = new int[need.pes()];
		Sent[] sent = messages.stream().map(of -> sent(of, received)).toArray(Sent[]::new);
		return new Interval(sent, received);
	}

	/** The messages of each position of the producer's share. */
	private List<List<Message>> messages(Dataflow.Part part) {
		TensorShape shape = edge.tensor().shape();
		List<List<Message>> messages = new ArrayList<>(Collections.nCopies(own.pes(), List.of()));
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
					messages.set(position, messages(position, pixelCounts, channelCounts));
				}
			}
		}
		return messages;
	}

	/** The messages of a PE cut into packets; counts those at their receivers. */
	private Sent sent(List<Message> messages, int[] received) {
		long size = network.packetBits(messages.stream().mapToLong(Message::bits).sum(), OperatorProcess.PARTS);
		int[] before = new int[messages.size() + 1];
		for (int m = 0; m < messages.size(); m++) {
			int packets = PacketNetwork.packets(messages.get(m).bits, size);
			before[m + 1] = before[m] + packets;
			for (int receiver : messages.get(m).receivers) {
				received[receiver] += packets;
			}
		}
		return new Sent(messages.stream().mapToInt(Message::tree).toArray(), messages.stream().mapToLong(Message::bits).toArray(), size, before);
	}

	/** The messages of one PE, one for each tree. Each PE begins with others, neighbours far apart, so that they do not all send to the same ones. */
	private List<Message> messages(int position, Map<Integer, Long> pixelCounts, Map<Integer, Long> channelCounts) {
		int source = placement.pe(edge.producer(), position);
		Map<Integer, Message> messages = new LinkedHashMap<>();
		pixelCounts.forEach((pixel, pixelCount) -> channelCounts.forEach((channel, channelCount) -> {
			int[] positions = destinations(pixel, channel);
			long bits = pixelCount * channelCount * edge.tensor().bits();
			if (multicast && positions.length > 0) {
				merge(source, positions, bits, messages);
			} else {
				for (int one : positions) {
					merge(source, new int[] { one }, bits, messages);
				}
			}
		}));
		List<Message> order = new ArrayList<>(messages.values());
		Collections.rotate(order, -(int) (order.size() * Integer.toUnsignedLong(position * GOLDEN_RATIO) >>> Integer.SIZE));
		return order;
	}

	private void merge(int source, int[] positions, long bits, Map<Integer, Message> messages) {
		int[] pes = Arrays.stream(positions).map(position -> placement.pe(edge.consumer(), position)).toArray();
		int tree = network.tree(source, pes);
		messages.merge(tree, new Message(tree, bits, positions), (a, b) -> new Message(a.tree, a.bits + b.bits, a.receivers));
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
