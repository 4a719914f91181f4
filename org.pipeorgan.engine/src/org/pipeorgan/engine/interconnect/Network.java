package org.pipeorgan.engine.interconnect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.pipeorgan.engine.hardware.Rational;

/**
 * An interconnect built for an array of {@code rows x columns}: routers are numbered row by row, directed links have
 * dense numbers. Routes are dimension order: along the row first (X), then along the column (Y); on a ring, around it.
 * Long links are taken greedily, while the distance left in the dimension is at least their length.
 *
 * <p>The links of local ports are numbered last: injection of node n, then ejection of node n; where the global buffer shares the
 * network, then from its port b into the router there, and from the router into its port b.
 * Immutable and safe for many threads.
 */
public final class Network {
	private final Interconnect interconnect;
	private final int rows;
	private final int columns;
	private final Line alongRow;
	private final Line alongColumn;
	private final int[] ringPosition;
	private final int rowLinks;
	private final int routerLinks;
	private final int[] bufferNodes;
	private final int[] nearestPort;
	/** Positions of each node along its row, or along the ring, and along its column. */
	private final int[] rowPosition;
	private final int[] columnPosition;

	/** Builds the network of an array. */
	public Network(Interconnect interconnect, int rows, int columns) {
		this.interconnect = interconnect;
		this.rows = rows;
		this.columns = columns;
		Map<Integer, Line> same = new HashMap<>();
		switch (interconnect.topology()) {
			case RING -> {
				alongRow = Line.ring(rows * columns);
				alongColumn = Line.mesh(1, List.of());
			}
			case TORUS -> {
				alongRow = same.computeIfAbsent(columns, Line::ring);
				alongColumn = same.computeIfAbsent(rows, Line::ring);
			}
			case FLATTENED_BUTTERFLY -> {
				alongRow = same.computeIfAbsent(columns, Line::complete);
				alongColumn = same.computeIfAbsent(rows, Line::complete);
			}
			default -> {
				alongRow = same.computeIfAbsent(columns, n -> Line.mesh(n, interconnect.express()));
				alongColumn = same.computeIfAbsent(rows, n -> Line.mesh(n, interconnect.express()));
			}
		}
		boolean ring = interconnect.topology() == Topology.RING;
		ringPosition = ring ? serpentine() : null;
		rowLinks = (ring ? 1 : rows) * alongRow.links();
		routerLinks = rowLinks + (ring ? 0 : columns * alongColumn.links());
		rowPosition = ring ? ringPosition : IntStream.range(0, nodes()).map(node -> node % columns).toArray();
		columnPosition = ring ? new int[nodes()] : IntStream.range(0, nodes()).map(node -> node / columns).toArray();
		bufferNodes = interconnect.bufferPorts().map(ports -> ports.nodes(rows, columns)).orElse(new int[0]);
		nearestPort = bufferNodes.length == 0 ? null : IntStream.range(0, nodes()).map(this::findNearestPort).toArray();
	}

	/** What this was built from. */
	public Interconnect interconnect() {
		return interconnect;
	}

	/** Rows of routers. */
	public int rows() {
		return rows;
	}

	/** Columns of routers. */
	public int columns() {
		return columns;
	}

	/** Number of routers. */
	public int nodes() {
		return rows * columns;
	}

	/** Number of directed links between routers; a bidirectional pair counts twice. */
	public int routerLinks() {
		return routerLinks;
	}

	/** Number of the directed links along rows, which come first. */
	int rowLinkCount() {
		return rowLinks;
	}

	/** Number of all directed links, local ports included. */
	public int links() {
		return firstBufferLink() + 2 * bufferNodes.length;
	}

	private int firstBufferLink() {
		return routerLinks + 2 * nodes();
	}

	/** The router of a port of the global buffer. */
	public int bufferNode(int port) {
		return bufferNodes[port];
	}

	/** The port of the global buffer that serves a PE: the fewest hops from it, the first of equals. The interconnect must have such ports. */
	public int bufferPort(int node) {
		return nearestPort[node];
	}

	private int findNearestPort(int node) {
		int nearest = 0;
		for (int port = 1; port < bufferNodes.length; port++) {
			if (hops(bufferNodes[port], node) < hops(bufferNodes[nearest], node)) {
				nearest = port;
			}
		}
		return nearest;
	}

	/** The link from a port of the global buffer into its router. */
	public int fromBuffer(int port) {
		return firstBufferLink() + port;
	}

	/** The link from a router into a port of the global buffer. */
	public int intoBuffer(int port) {
		return firstBufferLink() + bufferNodes.length + port;
	}

	/** The link from a PE into its router. */
	public int injection(int node) {
		return routerLinks + node;
	}

	/** The link from a router into its PE. */
	public int ejection(int node) {
		return routerLinks + nodes() + node;
	}

	/** Bandwidth of a link, bytes a cycle. */
	public Rational bandwidth(int link) {
		return link < routerLinks ? interconnect.linkBandwidth() : interconnect.localBandwidth();
	}

	/** Number of hops between routers on the route of two nodes. */
	public int hops(int source, int destination) {
		return alongRow.hops(rowPosition[source], rowPosition[destination]) + (ringPosition != null ? 0 : alongColumn.hops(columnPosition[source], columnPosition[destination]));
	}

	/** The first and the last position of some nodes along their rows, and along their columns: the rectangle around them. */
	public int[] extent(int[] nodes) {
		int[] extent = { Integer.MAX_VALUE, 0, Integer.MAX_VALUE, 0 };
		for (int node : nodes) {
			extent[0] = Math.min(extent[0], rowPosition[node]);
			extent[1] = Math.max(extent[1], rowPosition[node]);
			extent[2] = Math.min(extent[2], columnPosition[node]);
			extent[3] = Math.max(extent[3], columnPosition[node]);
		}
		return extent;
	}

	/** Most hops of the routes that begin with a link between routers and end in a rectangle. @param extent see {@link #extent} */
	public int mostHopsOver(int link, int[] extent) {
		if (ringPosition != null) {
			return alongRow.mostHopsOver(link, extent[0], extent[1]);
		}
		if (link >= rowLinks) {
			int column = (link - rowLinks) / alongColumn.links();
			return column < extent[0] || column > extent[1] ? 0 : alongColumn.mostHopsOver((link - rowLinks) % alongColumn.links(), extent[2], extent[3]);
		}
		int row = link / alongRow.links();
		int along = alongRow.mostHopsOver(link % alongRow.links(), extent[0], extent[1]);
		return along == 0 ? 0 : along + mostHops(row, extent);
	}

	/** Most hops before a link between routers of the routes over it that begin in a rectangle; 0 if none does. @param extent see {@link #extent} */
	public int mostHopsBefore(int link, int[] extent) {
		if (ringPosition != null) {
			return Math.max(0, alongRow.mostHopsBefore(link, extent[0], extent[1]));
		}
		if (link < rowLinks) {
			int row = link / alongRow.links();
			return row < extent[2] || row > extent[3] ? 0 : Math.max(0, alongRow.mostHopsBefore(link % alongRow.links(), extent[0], extent[1]));
		}
		int along = alongColumn.mostHopsBefore((link - rowLinks) % alongColumn.links(), extent[2], extent[3]);
		if (along < 0) {
			return 0;
		}
		int column = (link - rowLinks) / alongColumn.links();
		int most = 0;
		for (int from = extent[0]; from <= extent[1]; from++) {
			most = Math.max(most, alongRow.hops(from, column));
		}
		return along + most;
	}

	private int mostHops(int row, int[] extent) {
		int most = 0;
		for (int to = extent[2]; to <= extent[3]; to++) {
			most = Math.max(most, alongColumn.hops(row, to));
		}
		return most;
	}

	/** Calls the visitor for each link between routers on the route of two nodes, in order. */
	public void route(int source, int destination, LinkVisitor visitor) {
		for (int link : alongRow.route(rowStart(source), rowEnd(destination))) {
			visitor.visit(rowLinkBase(source) + link);
		}
		if (ringPosition == null) {
			for (int link : alongColumn.route(source / columns, destination / columns)) {
				visitor.visit(columnLinkBase(destination) + link);
			}
		}
	}

	/**
	 * The virtual channel on which a route takes a link: 0, or 1 once it has passed the dateline of a ring.
	 *
	 * @param source node at which the route starts
	 */
	public int virtualChannel(int source, int link) {
		if (link >= routerLinks) {
			return 0;
		}
		return link < rowLinks ? alongRow.virtualChannel(rowStart(source), link % alongRow.links())
				: alongColumn.virtualChannel(columnPosition(source), (link - rowLinks) % alongColumn.links());
	}

	/** The dimension along the rows; on a ring, the ring. */
	Line alongRow() {
		return alongRow;
	}

	/** The dimension along the columns; on a ring a single position. */
	Line alongColumn() {
		return alongColumn;
	}

	/** Position of a node along its row. */
	int rowStart(int source) {
		return rowPosition[source];
	}

	/** Position along the source's row at which the route to a node turns. */
	int rowEnd(int destination) {
		return rowPosition[destination];
	}

	/** Position of a node along its column. */
	int columnPosition(int node) {
		return columnPosition[node];
	}

	int rowLinkBase(int source) {
		return ringPosition != null ? 0 : source / columns * alongRow.links();
	}

	int columnLinkBase(int destination) {
		return rowLinks + (ringPosition != null ? 0 : destination % columns * alongColumn.links());
	}

	/** A link of a route. */
	@FunctionalInterface
	public interface LinkVisitor {
		/** @param link its number */
		void visit(int link);
	}

	/** The node that a link starts at; a local port starts and ends at its node. */
	public int from(int link) {
		return end(link, true);
	}

	/** The node that a link ends at. */
	public int to(int link) {
		return end(link, false);
	}

	/** A link for people: {@code (row,column)->(row,column)}, or the local port of a PE or of the buffer. */
	public String describe(int link) {
		if (link >= firstBufferLink()) {
			return (link < intoBuffer(0) ? "port out of the buffer at " : "port into the buffer at ") + position(from(link));
		}
		if (link >= routerLinks) {
			int node = from(link);
			return (link < routerLinks + nodes() ? "port out of PE " : "port into PE ") + position(node);
		}
		return position(from(link)) + "->" + position(to(link));
	}

	private String position(int node) {
		return "(" + node / columns + "," + node % columns + ")";
	}

	private int end(int link, boolean start) {
		if (link >= firstBufferLink()) {
			return bufferNodes[(link - firstBufferLink()) % bufferNodes.length];
		}
		if (link >= routerLinks) {
			return (link - routerLinks) % nodes();
		}
		if (ringPosition != null) {
			int at = start ? alongRow.from(link) : alongRow.to(link);
			int row = at / columns;
			return row * columns + (row % 2 == 0 ? at % columns : columns - 1 - at % columns);
		}
		if (link < rowLinks) {
			int l = link % alongRow.links();
			return link / alongRow.links() * columns + (start ? alongRow.from(l) : alongRow.to(l));
		}
		int column = (link - rowLinks) / alongColumn.links();
		int l = (link - rowLinks) % alongColumn.links();
		return (start ? alongColumn.from(l) : alongColumn.to(l)) * columns + column;
	}

	private int[] serpentine() {
		int[] position = new int[nodes()];
		for (int node = 0; node < position.length; node++) {
			int row = node / columns;
			position[node] = row * columns + (row % 2 == 0 ? node % columns : columns - 1 - node % columns);
		}
		return position;
	}
}
