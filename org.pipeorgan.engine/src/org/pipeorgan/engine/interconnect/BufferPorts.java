package org.pipeorgan.engine.interconnect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.pipeorgan.engine.hardware.HardwareException;

/**
 * Where the ports of the global buffer sit: at routers along edges of the array, in positions 0, step, 2 step ... from its
 * upper left corner on. Ports are numbered in this order, edge by edge; at a corner that two edges share there is one.
 *
 * @param sides the edges, at least one
 * @param step  distance between ports, at least 1
 */
public record BufferPorts(List<Side> sides, int step) {

	/** An edge of the array. */
	public enum Side {
		/** The first row. */
		NORTH,
		/** The last row. */
		SOUTH,
		/** The first column. */
		WEST,
		/** The last column. */
		EAST
	}

	/** A port at the first PE of each row. */
	public static final BufferPorts WEST = new BufferPorts(List.of(Side.WEST), 1);

	/** @throws HardwareException if there is no side, one twice, or a step out of its range */
	public BufferPorts {
		if (sides.isEmpty() || Set.copyOf(sides).size() < sides.size()) {
			throw new HardwareException("ports", "the buffer's ports are at the sides " + sides + "; name at least one, and each once");
		}
		if (step < 1 || step > 1024) {
			throw new HardwareException("ports", "the buffer's ports are every " + step + " routers; it must be 1 to 1024");
		}
		sides = List.copyOf(sides);
	}

	/** Number of ports on an array. */
	public int count(int rows, int columns) {
		return nodes(rows, columns).length;
	}

	/** The router of each port on an array; routers are numbered row by row. */
	int[] nodes(int rows, int columns) {
		Set<Integer> nodes = new LinkedHashSet<>();
		for (Side side : sides) {
			boolean row = side == Side.NORTH || side == Side.SOUTH;
			for (int at = 0; at < (row ? columns : rows); at += step) {
				nodes.add(switch (side) {
					case NORTH -> at;
					case SOUTH -> (rows - 1) * columns + at;
					case WEST -> at * columns;
					case EAST -> at * columns + columns - 1;
				});
			}
		}
		return nodes.stream().mapToInt(Integer::intValue).toArray();
	}
}
