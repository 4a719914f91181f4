package org.pipeorgan.engine.organization;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Placements on one array, those that were asked for last remembered: segments whose operators have the same shares are placed alike. No more are than
 * list {@link #MOST_PES} PEs in all. Not safe for many threads.
 */
public final class Placements {
	private static final int MOST_PES = 1 << 21;

	private record Key(Organization organization, int[] units) {
		@Override
		public boolean equals(Object other) {
			return other instanceof Key key && organization == key.organization && Arrays.equals(units, key.units);
		}

		@Override
		public int hashCode() {
			return 31 * Arrays.hashCode(units) + organization.ordinal();
		}
	}

	private final int rows;
	private final int columns;
	private final Map<Key, Optional<Placement>> known;

	/** On an array of so many rows and columns. */
	public Placements(int rows, int columns) {
		this.rows = rows;
		this.columns = columns;
		int most = Math.max(1, MOST_PES / (rows * columns));
		known = new LinkedHashMap<>(16, 0.75f, true) {
			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<Key, Optional<Placement>> eldest) {
				return size() > most;
			}
		};
	}

	/** See {@link Placement#of}. @param units not to be changed any more */
	public Placement of(Organization organization, int[] units) {
		return known.computeIfAbsent(new Key(organization, units), key -> Optional.ofNullable(Placement.of(organization, rows, columns, units))).orElse(null);
	}
}
