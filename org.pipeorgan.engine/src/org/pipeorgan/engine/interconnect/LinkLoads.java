package org.pipeorgan.engine.interconnect;

import java.util.Arrays;

/**
 * Load of every directed link of a network, in whole units (bits or flits), and the busiest links of those that each group of
 * transfers uses. Reusable after {@link #clear}; not safe for many threads.
 *
 * <p>With multicast a link carries an element once: on the union of the dimension-order routes from its source.
 * Multicasts may be merged: then their loads are added up together, and single deliveries are not counted.
 */
public final class LinkLoads {
	/** Told of transfers as they are added. */
	@FunctionalInterface
	public interface TransferVisitor {
		/**
		 * One transfer.
		 *
		 * @param source       the node it starts at
		 * @param destinations the nodes it goes to, each once, the source not among them unless the other end is a port of the buffer
		 * @param units        its size, once
		 * @param end          whether it is the global buffer that stands at the source, at the destination, or at neither
		 */
		void visit(int source, int[] destinations, long units, BufferEnd end);
	}

	/** At which end of a transfer the global buffer is. */
	public enum BufferEnd {
		/** From PE to PE. */
		NONE,
		/** From the buffer to PEs. */
		SOURCE,
		/** From a PE to the buffer. */
		DESTINATION
	}

	/**
	 * The links with the largest loads, the first of equals; -1 for none.
	 *
	 * @param routerLink of those between routers
	 * @param port       of those between routers and PEs or buffer
	 */
	public record Busiest(int routerLink, int port) {
	}

	/**
	 * Largest loads.
	 *
	 * @param onRouterLink of links between routers
	 * @param onPort       of those between routers and PEs or buffer
	 */
	public record Most(long onRouterLink, long onPort) {
	}

	private final Network network;
	private final TransferVisitor visitor;
	private final long[] loads;
	private final int[] seen;
	private final int[] seenInGroup;
	private final long[] beforeGroup;
	private final MulticastTrees trees;
	private int[] used = new int[256];
	private int usedCount;
	private int[] groupStarts = new int[16];
	private int groups;
	private int stamp;
	private int group = 1;
	private long hopUnits;
	private long delivered;
	private long deliveredHops;
	private int longestRoute;

	/** No load on any link; deliveries are counted. */
	public LinkLoads(Network network) {
		this(network, null, false);
	}

	/**
	 * No load on any link; deliveries are counted.
	 *
	 * @param visitor told of each transfer that is added; {@code null} for nobody
	 */
	public LinkLoads(Network network, TransferVisitor visitor) {
		this(network, visitor, false);
	}

	private LinkLoads(Network network, TransferVisitor visitor, boolean merging) {
		this.network = network;
		this.visitor = visitor;
		loads = new long[network.links()];
		seen = new int[network.links()];
		seenInGroup = new int[network.links()];
		beforeGroup = new long[network.links()];
		trees = merging && network.interconnect().multicast() ? new MulticastTrees(network) : null;
	}

	/** No load on any link; where the network has multicast, multicasts are merged, and deliveries are not counted. */
	public static LinkLoads merging(Network network) {
		return new LinkLoads(network, null, true);
	}

	/** Whether multicasts from several sources to the same destinations may be added at once. */
	public boolean merges() {
		return trees != null;
	}

	/** The network that carries the loads. */
	public Network network() {
		return network;
	}

	/** Takes all loads away. */
	public void clear() {
		for (int i = 0; i < usedCount; i++) {
			loads[used[i]] = 0;
		}
		if (trees != null) {
			trees.settle((link, units) -> {
			});
		}
		usedCount = 0;
		groups = 0;
		group++;
		hopUnits = 0;
		delivered = 0;
		deliveredHops = 0;
		longestRoute = 0;
	}

	/** Begins the next group of transfers; groups count from 0. */
	public void beginGroup() {
		settle();
		group++;
		if (groups == groupStarts.length) {
			groupStarts = Arrays.copyOf(groupStarts, 2 * groups);
		}
		groupStarts[groups++] = usedCount;
	}

	/** Of the links that a group uses, those with the largest load of all. */
	public Busiest busiest(int which) {
		settle();
		return busiest(groupStarts[which], which + 1 < groups ? groupStarts[which + 1] : usedCount);
	}

	/** The largest loads that the transfers of the last group put on a link. */
	public Most mostOfLastGroup() {
		settle();
		int routerLinks = network.routerLinks();
		long onRouterLink = 0;
		long onPort = 0;
		for (int i = groupStarts[groups - 1]; i < usedCount; i++) {
			int link = used[i];
			long load = loads[link] - beforeGroup[link];
			if (link < routerLinks) {
				onRouterLink = Math.max(onRouterLink, load);
			} else {
				onPort = Math.max(onPort, load);
			}
		}
		return new Most(onRouterLink, onPort);
	}

	private Busiest busiest(int start, int end) {
		int routerLinks = network.routerLinks();
		int routerLink = -1;
		int port = -1;
		for (int i = start; i < end; i++) {
			int link = used[i];
			if (link < routerLinks) {
				routerLink = busier(link, routerLink) ? link : routerLink;
			} else {
				port = busier(link, port) ? link : port;
			}
		}
		return new Busiest(routerLink, port);
	}

	private boolean busier(int link, int than) {
		return than < 0 || loads[link] > loads[than] || loads[link] == loads[than] && link < than;
	}

	/**
	 * Adds a multicast from each of several PEs to the same others; the loads must be merging.
	 *
	 * @param sources      nodes, the first {@code sourceCount} of them
	 * @param units        size of the multicast of each
	 * @param destinations nodes, each once, the first {@code count} of them
	 */
	public void multicast(int[] sources, long[] units, int sourceCount, int[] destinations, int count) {
		trees.add(sources, units, sourceCount, destinations, count);
	}

	private void settle() {
		if (trees != null) {
			trees.settle((link, units) -> {
				if (link < network.routerLinks()) {
					hopUnits = Math.addExact(hopUnits, units);
				}
				carry(link, units);
			});
		}
	}

	/**
	 * Adds a transfer from one node to each of several, local ports included. A destination that is the source itself
	 * costs nothing.
	 *
	 * @param units        size of the transfer; overflow is refused
	 * @param destinations nodes, each once
	 * @param count        how many of {@code destinations} count
	 */
	public void add(int source, int[] destinations, int count, long units) {
		send(source, network.injection(source), destinations, 0, count, units, true);
	}

	/**
	 * Adds a transfer from the global buffer to PEs: each gets it from the port that serves it, with multicast once out of each
	 * port.
	 *
	 * @param units        size of the transfer; overflow is refused
	 * @param destinations nodes, each once; the first {@code count} are sorted by their ports
	 */
	public void distribute(int[] destinations, int count, long units) {
		if (units == 0) {
			return;
		}
		long[] byPort = new long[count];
		for (int i = 0; i < count; i++) {
			byPort[i] = (long) network.bufferPort(destinations[i]) << Integer.SIZE | destinations[i];
		}
		Arrays.sort(byPort);
		for (int from = 0; from < count;) {
			int port = (int) (byPort[from] >> Integer.SIZE);
			int to = from;
			for (; to < count && byPort[to] >> Integer.SIZE == port; to++) {
				destinations[to] = (int) byPort[to];
			}
			send(network.bufferNode(port), network.fromBuffer(port), destinations, from, to, units, false);
			from = to;
		}
	}

	/** Adds a transfer from a PE to the port of the global buffer that serves it. */
	public void collect(int source, long units) {
		if (units == 0) {
			return;
		}
		int port = network.bufferPort(source);
		if (visitor != null) {
			visitor.visit(source, new int[] { network.bufferNode(port) }, units, BufferEnd.DESTINATION);
		}
		stamp++;
		carry(network.injection(source), units);
		route(source, network.bufferNode(port), units, false);
		carry(network.intoBuffer(port), units);
	}

	/** @param within whether a destination at the source itself costs nothing */
	private void send(int source, int first, int[] destinations, int from, int to, long units, boolean within) {
		if (visitor != null) {
			report(source, Arrays.copyOfRange(destinations, from, to), units, within);
		}
		boolean multicast = network.interconnect().multicast();
		stamp++;
		boolean leaves = false;
		for (int i = from; i < to; i++) {
			int destination = destinations[i];
			if (within && destination == source) {
				continue;
			}
			if (!multicast || !leaves) {
				carry(first, units);
				leaves = true;
			}
			carry(network.ejection(destination), units);
			route(source, destination, units, multicast);
		}
	}

	private void report(int source, int[] destinations, long units, boolean within) {
		int[] others = within ? Arrays.stream(destinations).filter(node -> node != source).toArray() : destinations;
		if (others.length > 0 && units > 0) {
			visitor.visit(source, others, units, within ? BufferEnd.NONE : BufferEnd.SOURCE);
		}
	}

	/** Routes from one source form a tree: walked backwards, the first link that is taken ends the walk. */
	private void route(int source, int destination, long units, boolean multicast) {
		int hops = network.hops(source, destination);
		longestRoute = Math.max(longestRoute, hops);
		delivered = Math.addExact(delivered, units);
		deliveredHops = Math.addExact(deliveredHops, Math.multiplyExact(units, (long) hops));
		if (carryBackwards(network.alongColumn(), network.columnPosition(source), network.columnPosition(destination),
				network.columnLinkBase(destination), units, multicast)) {
			carryBackwards(network.alongRow(), network.rowStart(source), network.rowEnd(destination), network.rowLinkBase(source), units, multicast);
		}
	}

	/** Adds a transfer between two nodes. */
	public void add(int source, int destination, long units) {
		add(source, new int[] { destination }, 1, units);
	}

	/** @return whether the walk reached the start of this part of the route */
	private boolean carryBackwards(Line line, int source, int destination, int base, long units, boolean once) {
		long[] steps = line.steps();
		int row = steps == null ? 0 : source * line.size();
		for (int at = destination; at != source;) {
			int last = steps == null ? line.lastLink(source, at) : (int) (steps[row + at] >>> Integer.SIZE);
			int link = base + last;
			if (once && seen[link] == stamp) {
				return false;
			}
			seen[link] = stamp;
			hopUnits = Math.addExact(hopUnits, units);
			carry(link, units);
			at = steps == null ? line.from(last) : (int) steps[row + at];
		}
		return true;
	}

	private void carry(int link, long units) {
		loads[link] = Math.addExact(loads[link], units);
		if (seenInGroup[link] != group) {
			seenInGroup[link] = group;
			beforeGroup[link] = loads[link] - units;
			if (usedCount == used.length) {
				used = Arrays.copyOf(used, 2 * used.length);
			}
			used[usedCount++] = link;
		}
	}

	/** Load of a link. */
	public long load(int link) {
		settle();
		return loads[link];
	}

	/** The link between routers with the largest load, the first of equals; -1 if nothing moves. */
	public int busiestRouterLink() {
		settle();
		return busiest(0, usedCount).routerLink();
	}

	/** Largest load of the links between routers; 0 if nothing moves. */
	public long maxRouterLoad() {
		int busiest = busiestRouterLink();
		return busiest < 0 ? 0 : loads[busiest];
	}

	/** Sum over the links between routers of their loads: units times hops. */
	public long hopUnits() {
		settle();
		return hopUnits;
	}

	/** Units delivered, each destination counted, but for merged multicasts. */
	public long delivered() {
		return delivered;
	}

	/** Sum over deliveries of units times hops, each destination counted, but for merged multicasts. */
	public long deliveredHops() {
		return deliveredHops;
	}

	/** Mean number of hops of a delivered unit; 0 if nothing moves. */
	public double meanHops() {
		return delivered == 0 ? 0 : (double) deliveredHops / delivered;
	}

	/** Hops of the longest route since {@link #clear} or the last call of this. */
	public int takeLongestRoute() {
		int longest = Math.max(longestRoute, trees == null ? 0 : trees.takeLongestRoute());
		longestRoute = 0;
		return longest;
	}
}
