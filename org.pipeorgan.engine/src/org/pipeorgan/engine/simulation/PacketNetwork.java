package org.pipeorgan.engine.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

import org.pipeorgan.engine.cost.TimeUnits;
import org.pipeorgan.engine.interconnect.Network;

/**
 * The interconnect, packet by packet: virtual cut-through, one queue for each virtual channel at the sending end of its
 * link, that serves what comes first in the segment's schedule, the virtual channels of a link in turn. A packet takes a link only when every queue that it
 * goes on to has room for it, so that full queues hold up the links before them. A multicast is copied where its routes
 * part. A link carries its bandwidth's bytes each cycle, those of two packets in one cycle if they fit: headers and padding to
 * flits are not counted. The queue of an injection port is the sender's own store and has no limit of its own.
 */
final class PacketNetwork {
	/** Told of packets that reach a PE. */
	interface Receiver {
		/**
		 * The head of a packet enters the PE.
		 *
		 * @param flow     the flow that the packet was sent in
		 * @param interval its interval
		 * @param part     its number within its message
		 */
		void head(int pe, int flow, int interval, int part);

		/** The tail of a packet has entered the PE. */
		void tail(int pe, int flow, int interval, int part);
	}

	private record TreeKey(int source, List<Integer> destinations) {
	}

	private static final long HEAD = 0L;
	private static final long FREE = 1L << 60;
	private static final int BRANCH_BITS = 28;

	private final Network network;
	private final EventQueue events;
	private final Receiver receiver;
	private final long unitsPerLinkBit;
	private final long unitsPerLocalBit;
	private final long hopUnits;
	private final long queueBits;
	private final long packetBits;
	private final Map<TreeKey, Integer> known = new HashMap<>();
	private final List<RouteTree> trees = new ArrayList<>();
	private final int[] branchOf;

	// packets: the tree that they follow, their size, what they carry
	private int[] packetTree = new int[1024];
	private long[] packetSize = new long[1024];
	private int[] packetFlow = new int[1024];
	private int[] packetInterval = new int[1024];
	private int[] packetPart = new int[1024];
	private long[] packetPlace = new long[1024];
	private int[] packetUses = new int[1024];
	private int[] freePackets = new int[1024];
	private int freeCount;
	private int packets;

	// channels: their queues of (packet, branch, time at which the tail is there), and the bits that they have room promised for
	private final LongQueue[] queues;
	private final long[] taken;
	private final boolean[] waits;
	/** For each channel the channels that wait for room in its queue. */
	private final Deque<Integer>[] waiting;

	// links: what they carry now
	private final long[] carried;
	private final byte[] lastChannel;
	private long hopBits;

	/** A queue of pairs of longs. */
	private static final class LongQueue {
		private long[] items = new long[8];
		private int head;
		private int size;

		void add(long a, long b) {
			if (2 * size + 2 > items.length) {
				long[] larger = new long[2 * items.length];
				for (int i = 0; i < 2 * size; i++) {
					larger[i] = items[head + i & items.length - 1];
				}
				items = larger;
				head = 0;
			}
			items[head + 2 * size & items.length - 1] = a;
			items[head + 2 * size + 1 & items.length - 1] = b;
			size++;
		}

		/** The item that was added last takes its place behind all that do not come after it. */
		void settleLast(LongUnaryOperator place) {
			int last = head + 2 * (size - 1);
			for (int at = last; at > head && place.applyAsLong(items[at - 2 & items.length - 1]) > place.applyAsLong(items[at & items.length - 1]); at -= 2) {
				swap(at & items.length - 1, at - 2 & items.length - 1);
			}
		}

		private void swap(int one, int other) {
			for (int i = 0; i < 2; i++) {
				long item = items[one + i];
				items[one + i] = items[other + i];
				items[other + i] = item;
			}
		}

		long first() {
			return items[head];
		}

		long second() {
			return items[head + 1];
		}

		void remove() {
			head = head + 2 & items.length - 1;
			size--;
		}
	}

	@SuppressWarnings("unchecked")
	PacketNetwork(Network network, EventQueue events, Receiver receiver, SimulationOptions options, TimeUnits units) {
		this.network = network;
		this.events = events;
		this.receiver = receiver;
		unitsPerLinkBit = units.perLinkBit();
		unitsPerLocalBit = units.perLocalBit();
		hopUnits = network.interconnect().hopCycles() * units.perCycle();
		packetBits = 8L * options.packetBytes();
		queueBits = options.queuePackets() * packetBits;
		queues = new LongQueue[2 * network.links()];
		taken = new long[queues.length];
		waiting = (Deque<Integer>[]) new Deque<?>[queues.length];
		carried = new long[network.links()];
		Arrays.fill(carried, -1);
		lastChannel = new byte[network.links()];
		waits = new boolean[queues.length];
		branchOf = new int[network.links()];
		Arrays.fill(branchOf, -1);
	}

	/** The number of the tree from a PE to others, none of which is itself. */
	int tree(int source, int[] destinations) {
		TreeKey key = new TreeKey(source, Arrays.stream(destinations).boxed().toList());
		return known.computeIfAbsent(key, k -> {
			trees.add(RouteTree.of(network, source, destinations, branchOf));
			return trees.size() - 1;
		});
	}

	/** Size of the packets in which a sender's bits go that are made in so many parts: whole bytes, at most what a packet holds. */
	long packetBits(long bits, int parts) {
		return Math.min(packetBits, 8 * Math.ceilDiv(bits, 8L * parts));
	}

	/** Packets of a message of so many bits. @param size of a packet */
	static int packets(long bits, long size) {
		return Math.toIntExact(Math.ceilDiv(bits, size));
	}

	/** Bits times hops between routers so far. */
	long hopBits() {
		return hopBits;
	}

	/** Sends packets of a message of so many bits from the root of a tree. @param size of a packet @param place see {@link #sendPacket} */
	void send(int tree, long bits, long size, int firstPacket, int endPacket, int flow, int interval, long place) {
		for (int part = firstPacket; part < endPacket; part++) {
			sendPacket(tree, Math.min(bits - part * size, size), flow, interval, part, place);
		}
	}

	/** Sends one packet of a message from the root of a tree. @param place in the schedule: what has a smaller one is served before */
	void sendPacket(int tree, long bits, int flow, int interval, int part, long place) {
		int packet = newPacket();
		packetTree[packet] = tree;
		packetSize[packet] = bits;
		packetFlow[packet] = flow;
		packetInterval[packet] = interval;
		packetPart[packet] = part;
		packetPlace[packet] = place;
		packetUses[packet] = 1;
		int channel = trees.get(tree).channels()[0];
		enqueue(channel, packet, 0, events.now());
		start(channel >> 1);
	}

	/** Whether an event of the queue is the network's. */
	static boolean owns(long event) {
		return event >= 0 && event < 2 * FREE;
	}

	/** Answers an event of the network. */
	void handle(long event) {
		if (event >= FREE) {
			free((int) (event - FREE));
		} else {
			arrive((int) (event >> BRANCH_BITS), (int) (event & (1L << BRANCH_BITS) - 1));
		}
	}

	/** The head of a packet is at the end of a branch: it queues up for what follows. */
	private void arrive(int packet, int branch) {
		RouteTree tree = trees.get(packetTree[packet]);
		int[] followers = tree.followers()[branch];
		long tail = events.now() + packetSize[packet] * (branch == 0 ? unitsPerLocalBit : Math.max(unitsPerLocalBit, unitsPerLinkBit));
		packetUses[packet] += followers.length;
		release(packet);
		for (int follower : followers) {
			enqueue(tree.channels()[follower], packet, follower, tail);
		}
		for (int follower : followers) {
			start(tree.channels()[follower] >> 1);
		}
	}

	private void enqueue(int channel, int packet, int branch, long tail) {
		if (queues[channel] == null) {
			queues[channel] = new LongQueue();
		}
		queues[channel].add((long) packet << BRANCH_BITS | branch, tail);
		queues[channel].settleLast(item -> packetPlace[(int) (item >> BRANCH_BITS)]);
	}

	/** Starts the next packet of a link that is free, if it may go. */
	private void start(int link) {
		if (carried[link] >= 0) {
			return;
		}
		for (int turn = 1; turn <= 2; turn++) {
			int channel = 2 * link + (lastChannel[link] + turn & 1);
			LongQueue queue = queues[channel];
			if (queue == null || queue.size == 0) {
				continue;
			}
			int packet = (int) (queue.first() >> BRANCH_BITS);
			int branch = (int) (queue.first() & (1L << BRANCH_BITS) - 1);
			RouteTree tree = trees.get(packetTree[packet]);
			int full = fullAfter(tree, branch, packetSize[packet]);
			if (full >= 0) {
				if (!waits[channel]) {
					waits[channel] = true;
					if (waiting[full] == null) {
						waiting[full] = new ArrayDeque<>();
					}
					waiting[full].add(channel);
				}
				continue;
			}
			for (int follower : tree.followers()[branch]) {
				taken[tree.channels()[follower]] += packetSize[packet];
			}
			long tail = queue.second();
			queue.remove();
			lastChannel[link] = (byte) (channel & 1);
			carried[link] = (long) packet << 1 | channel & 1;
			long end = Math.max(events.now() + packetSize[packet] * unitsPerBit(link), tail);
			events.add(end, FREE + link);
			if (link < network.routerLinks()) {
				hopBits += packetSize[packet];
			}
			if (tree.followers()[branch].length > 0) {
				packetUses[packet]++;
				events.add(events.now() + (link < network.routerLinks() ? hopUnits : 0), HEAD | (long) packet << BRANCH_BITS | branch);
			} else {
				receiver.head(network.from(link), packetFlow[packet], packetInterval[packet], packetPart[packet]);
			}
			return;
		}
	}

	/** A queue without room for a packet that would go on to it, or -1. */
	private int fullAfter(RouteTree tree, int branch, long bits) {
		for (int follower : tree.followers()[branch]) {
			int channel = tree.channels()[follower];
			if (taken[channel] + bits > queueBits) {
				return channel;
			}
		}
		return -1;
	}

	/** The tail of a packet has left a link. */
	private void free(int link) {
		int packet = (int) (carried[link] >> 1);
		int channel = 2 * link + (int) (carried[link] & 1);
		carried[link] = -1;
		if (link < network.routerLinks() || link >= network.ejection(0)) {
			taken[channel] -= packetSize[packet];
		}
		int flow = packetFlow[packet];
		int interval = packetInterval[packet];
		int part = packetPart[packet];
		release(packet);
		if (link >= network.ejection(0)) {
			receiver.tail(network.from(link), flow, interval, part);
		}
		wake(channel);
		start(link);
	}

	/** There is room in a queue: the channels that wait for it try again. */
	private void wake(int channel) {
		Deque<Integer> blocked = waiting[channel];
		if (blocked == null) {
			return;
		}
		for (int n = blocked.size(); n > 0 && taken[channel] < queueBits; n--) {
			int before = blocked.remove();
			waits[before] = false;
			start(before >> 1);
		}
	}

	private long unitsPerBit(int link) {
		return link < network.routerLinks() ? unitsPerLinkBit : unitsPerLocalBit;
	}

	private int newPacket() {
		if (freeCount > 0) {
			return freePackets[--freeCount];
		}
		if (packets == packetTree.length) {
			int size = 2 * packets;
			packetTree = Arrays.copyOf(packetTree, size);
			packetSize = Arrays.copyOf(packetSize, size);
			packetFlow = Arrays.copyOf(packetFlow, size);
			packetInterval = Arrays.copyOf(packetInterval, size);
			packetPart = Arrays.copyOf(packetPart, size);
			packetPlace = Arrays.copyOf(packetPlace, size);
			packetUses = Arrays.copyOf(packetUses, size);
			freePackets = Arrays.copyOf(freePackets, size);
		}
		return packets++;
	}

	private void release(int packet) {
		if (--packetUses[packet] == 0) {
			freePackets[freeCount++] = packet;
		}
	}
}
