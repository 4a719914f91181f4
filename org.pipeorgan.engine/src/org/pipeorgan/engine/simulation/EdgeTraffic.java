package org.pipeorgan.engine.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
	/** So many bits along a tree to the PEs at some positions of the consumer's share, which need them first in one interval (of the first image). */
	private record Message(int tree, long bits, int[] receivers, int need) {
	}

	/** Coordinates that the same slices of the consumer need, from the same part of its outputs on. */
	private record Needed(int classOf, int first) {
	}

	private record MessageKey(int tree, int need) {
	}

	/**
	 * What a PE sends of an interval's chunk, as it makes it: what is needed first goes first.
	 *
	 * @param trees   of its messages
	 * @param bits    their sizes
	 * @param needs   the intervals of the consumer in which they are needed first, of the first image
	 * @param largest size of its largest packets: as much as it makes at a time, if a packet holds that
	 * @param before  packets of the messages before each, and of all
	 */
	record Sent(int[] trees, long[] bits, int[] needs, long largest, int[] before) {
		int packets() {
			return before[before.length - 1];
		}
	}

	/**
	 * What the PEs of the producer send of an interval's chunk.
	 *
	 * @param sent     by each position of the producer's share
	 * @param received packets that each position of the consumer's share receives, by the interval in which they are needed first, of the first image
	 */
	record Interval(Sent[] sent, Map<Integer, int[]> received) {
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

	/** The interval of the consumer that needs something of a producer interval's chunk first, by that of the first image; past its last one if none does. */
	int needed(int producerInterval, int need) {
		long image = from.part(producerInterval).n();
		long apart = to.interval(1, 0, 0, 0);
		return image < to.out().n() ? Math.toIntExact(need + image * apart) : Math.toIntExact(to.intervals());
	}

	private Interval interval(Dataflow.Part part) {
		List<List<Message>> messages = messages(part);
		Map<Integer, int[]> received = new HashMap<>();
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
				Map<Needed, Long> pixelCounts = new LinkedHashMap<>();
				for (long y = firstRow; y < endRow; y++) {
					for (long x = firstColumn; x < endColumn; x++) {
						pixelCounts.merge(needed(pixels, (int) (y * shape.w() + x)), 1L, Long::sum);
					}
				}
				for (int k = 0; k < own.kParts(); k++) {
					long firstChannel = part.k() * from.kTile() + k * own.kSlice();
					long endChannel = Math.min(Math.min(firstChannel + own.kSlice(), (part.k() + 1) * from.kTile()), shape.c());
					Map<Needed, Long> channelCounts = new LinkedHashMap<>();
					for (long c = firstChannel; c < endChannel; c++) {
						channelCounts.merge(needed(channels, (int) c), 1L, Long::sum);
					}
					int position = own.position(k, p, q, 0);
					messages.set(position, messages(position, pixelCounts, channelCounts));
				}
			}
		}
		return messages;
	}

	private static Needed needed(Needers needers, int coordinate) {
		return new Needed(needers.classOf()[coordinate], needers.first()[coordinate]);
	}

	/** The messages of a PE cut into packets; counts those at their receivers. */
	private Sent sent(List<Message> messages, Map<Integer, int[]> received) {
		long size = network.packetBits(messages.stream().mapToLong(Message::bits).sum(), OperatorProcess.PARTS);
		int[] before = new int[messages.size() + 1];
		for (int m = 0; m < messages.size(); m++) {
			int packets = PacketNetwork.packets(messages.get(m).bits, size);
			before[m + 1] = before[m] + packets;
			for (int receiver : messages.get(m).receivers) {
				received.computeIfAbsent(messages.get(m).need, n -> new int[need.pes()])[receiver] += packets;
			}
		}
		return new Sent(messages.stream().mapToInt(Message::tree).toArray(), messages.stream().mapToLong(Message::bits).toArray(),
				messages.stream().mapToInt(Message::need).toArray(), size, before);
	}

	/**
	 * The messages of one PE, one for each tree and each interval in which it is needed first. What is needed first goes first; of that each PE begins with
	 * others, neighbours far apart, so that they do not all send to the same ones.
	 */
	private List<Message> messages(int position, Map<Needed, Long> pixelCounts, Map<Needed, Long> channelCounts) {
		int source = placement.pe(edge.producer(), position);
		Map<MessageKey, Message> messages = new LinkedHashMap<>();
		pixelCounts.forEach((pixel, pixelCount) -> channelCounts.forEach((channel, channelCount) -> {
			int[] positions = destinations(pixel.classOf, channel.classOf);
			long bits = pixelCount * channelCount * edge.tensor().bits();
			int first = Math.toIntExact(to.interval(0, channel.first, 0, 0) + to.interval(0, 0, pixel.first / to.qParts(), pixel.first % to.qParts()));
			if (multicast && positions.length > 0) {
				merge(source, positions, bits, first, messages);
			} else {
				for (int one : positions) {
					merge(source, new int[] { one }, bits, first, messages);
				}
			}
		}));
		Map<Integer, List<Message>> byNeed = new TreeMap<>();
		messages.values().forEach(message -> byNeed.computeIfAbsent(message.need, n -> new ArrayList<>()).add(message));
		byNeed.values().forEach(order -> Collections.rotate(order, -(int) (order.size() * Integer.toUnsignedLong(position * GOLDEN_RATIO) >>> Integer.SIZE)));
		return byNeed.values().stream().flatMap(List::stream).toList();
	}

	private void merge(int source, int[] positions, long bits, int first, Map<MessageKey, Message> messages) {
		int[] pes = Arrays.stream(positions).map(position -> placement.pe(edge.consumer(), position)).toArray();
		int tree = network.tree(source, pes);
		messages.merge(new MessageKey(tree, first), new Message(tree, bits, positions, first), (a, b) -> new Message(a.tree, a.bits + b.bits, a.receivers, first));
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
					collector.add((int) (channel + operand.channelOffset()), k * need.cParts() + c, (int) (o / to.kTile()));
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
					Needers.along(operand.columns(), view.w(), to.out().w(), to.qTile(), need.qSlice()), need.qParts(), Math.toIntExact(to.qParts()));
		}
		// rows and columns are regrouped: the view's pixel is the tensor's of the same number
		Needers.Collector collector = new Needers.Collector(Math.toIntExact(view.h() * view.w()));
		for (long p = 0; p < to.out().h(); p++) {
			for (long q = 0; q < to.out().w(); q++) {
				int slice = (int) (p % to.pTile() / need.pSlice() * need.qParts() + q % to.qTile() / need.qSlice());
				int part = (int) (p / to.pTile() * to.qParts() + q / to.qTile());
				for (int r = 0; r < operand.rows().taps(view.h()); r++) {
					long y = operand.rows().need(p, r, view.h());
					for (int s = 0; y >= 0 && s < operand.columns().taps(view.w()); s++) {
						long x = operand.columns().need(q, s, view.w());
						if (x >= 0) {
							collector.add((int) (y * view.w() + x), slice, part);
						}
					}
				}
			}
		}
		return collector.classes();
	}
}
