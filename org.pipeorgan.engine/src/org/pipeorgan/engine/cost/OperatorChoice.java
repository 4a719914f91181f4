package org.pipeorgan.engine.cost;

import org.pipeorgan.engine.organization.Split;
import org.pipeorgan.engine.pipelining.Dataflow;

/**
 * What a mapping states about one operator of a segment, in place of what follows from the rest.
 *
 * @param tile  output tile of an interval
 * @param share PEs that it wishes of the array, in whole units of the organization; 0 for as many as follow
 * @param parts parts into which the PEs cut its work
 */
public record OperatorChoice(Tile tile, int share, Parts parts) {
	/** Nothing is stated. */
	public static final OperatorChoice NONE = new OperatorChoice(Tile.NONE, 0, Parts.NONE);

	/**
	 * An output tile; 0 where the segment's order class and chunks say the extent.
	 *
	 * @param k channels
	 * @param p rows
	 * @param q columns
	 */
	public record Tile(long k, long p, long q) {
		/** Nothing is stated. */
		public static final Tile NONE = new Tile(0, 0, 0);

		/** A dataflow with the extents that are stated. */
		public Dataflow of(Dataflow dataflow) {
			return new Dataflow(dataflow.orderClass(), dataflow.out(), k == 0 ? dataflow.kTile() : k, p == 0 ? dataflow.pTile() : p, q == 0 ? dataflow.qTile() : q);
		}
	}

	/**
	 * Parts of an operator's work along each axis; all 0 for those that need the fewest cycles.
	 *
	 * @param k along the output's channels
	 * @param p along its rows
	 * @param q along its columns
	 * @param c along the contracted channels
	 */
	public record Parts(int k, int p, int q, int c) {
		/** Nothing is stated. */
		public static final Parts NONE = new Parts(0, 0, 0, 0);

		/** Whether there is something stated. */
		public boolean stated() {
			return k > 0;
		}

		/** PEs that they keep busy. */
		public long pes() {
			return (long) k * p * q * c;
		}
	}

	/** All that a plan came to for an operator. */
	static OperatorChoice of(Dataflow dataflow, int share, Split split) {
		return new OperatorChoice(new Tile(dataflow.kTile(), dataflow.pTile(), dataflow.qTile()), share,
				new Parts(split.kParts(), split.pParts(), split.qParts(), split.cParts()));
	}
}
