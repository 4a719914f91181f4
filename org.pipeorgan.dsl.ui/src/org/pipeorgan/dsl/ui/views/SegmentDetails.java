package org.pipeorgan.dsl.ui.views;

import java.util.List;
import java.util.Optional;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentDetail;
import org.pipeorgan.engine.result.SegmentDetail.LinkGrid;
import org.pipeorgan.engine.result.SegmentDetail.LinkLoadMap;
import org.pipeorgan.engine.result.SegmentResult;

/**
 * A segment of a run as the array shows it.
 *
 * @param run the run
 * @param index position of the segment in the run
 */
public record SegmentDetails(RunResult run, int index) {
	/** The segment. */
	public SegmentResult segment() {
		return run.segments().get(index);
	}

	/** What the links between PEs carry; nothing in results of older versions, which do not say. */
	public Optional<LinkLoadMap> loads() {
		return Optional.ofNullable(segment().detail()).map(SegmentDetail::links);
	}

	/** The links with a load that begin at a PE, which is counted row by row. */
	public List<LinkLoad> linksFrom(int pe) {
		int row = pe / run.columns();
		int column = pe % run.columns();
		return loads().map(LinkLoadMap::grids).orElse(List.of()).stream().filter(grid -> tenths(grid, row, column) > 0)
				.map(grid -> new LinkLoad(row, column, row + grid.rows(), column + grid.columns(), tenths(grid, row, column))).toList();
	}

	private static int tenths(LinkGrid grid, int row, int column) {
		return Character.digit(grid.tenths().get(row).charAt(column), 10) + 1;
	}
}
