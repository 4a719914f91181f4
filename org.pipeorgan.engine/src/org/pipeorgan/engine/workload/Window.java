package org.pipeorgan.engine.workload;

/**
 * Filter geometry along rows and columns, in elements.
 *
 * @param filterRows     R
 * @param filterColumns  S
 * @param strideRows     stride along rows
 * @param strideColumns  stride along columns
 * @param padTop         rows of padding above
 * @param padBottom      rows of padding below
 * @param padLeft        columns of padding on the left
 * @param padRight       columns of padding on the right
 * @param dilationRows   distance between filter rows
 * @param dilationColumns distance between filter columns
 */
public record Window(long filterRows, long filterColumns, long strideRows, long strideColumns, long padTop,
		long padBottom, long padLeft, long padRight, long dilationRows, long dilationColumns) {

	/** @throws WorkloadException if a filter, stride or dilation is below 1, or a padding below 0 */
	public Window {
		positive("R", filterRows);
		positive("S", filterColumns);
		positive("the row stride", strideRows);
		positive("the column stride", strideColumns);
		positive("the row dilation", dilationRows);
		positive("the column dilation", dilationColumns);
		for (long pad : new long[] { padTop, padBottom, padLeft, padRight }) {
			if (pad < 0 || pad > TensorShape.MAX_EXTENT) {
				throw new WorkloadException(WorkloadException.Reason.OPTION, "",
						"a padding is " + pad + "; it must be between 0 and " + TensorShape.MAX_EXTENT);
			}
		}
	}

	/** Stride 1, dilation 1, no padding. */
	public static Window of(long filterRows, long filterColumns) {
		return new Window(filterRows, filterColumns, 1, 1, 0, 0, 0, 0, 1, 1);
	}

	/** The same with other strides. */
	public Window stride(long rows, long columns) {
		return new Window(filterRows, filterColumns, rows, columns, padTop, padBottom, padLeft, padRight, dilationRows,
				dilationColumns);
	}

	/** The same with other dilations. */
	public Window dilation(long rows, long columns) {
		return new Window(filterRows, filterColumns, strideRows, strideColumns, padTop, padBottom, padLeft, padRight,
				rows, columns);
	}

	/** The same with other paddings. */
	public Window pad(long top, long bottom, long left, long right) {
		return new Window(filterRows, filterColumns, strideRows, strideColumns, top, bottom, left, right, dilationRows,
				dilationColumns);
	}

	/** The same, padded so that an input of these extents gives {@code ceil(extent / stride)}; an odd one goes below and right. */
	public Window padSame(long rows, long columns) {
		long vertical = samePadding(rows, filterRows, strideRows, dilationRows);
		long horizontal = samePadding(columns, filterColumns, strideColumns, dilationColumns);
		return pad(vertical / 2, vertical - vertical / 2, horizontal / 2, horizontal - horizontal / 2);
	}

	/** Output rows for so many input rows. */
	long outputRows(long rows) {
		return outputs("rows", rows, filterRows, strideRows, dilationRows, padTop + padBottom);
	}

	/** Output columns for so many input columns. */
	long outputColumns(long columns) {
		return outputs("columns", columns, filterColumns, strideColumns, dilationColumns, padLeft + padRight);
	}

	AxisAccess rows() {
		return new AxisAccess.Window(strideRows, padTop, dilationRows, filterRows);
	}

	AxisAccess columns() {
		return new AxisAccess.Window(strideColumns, padLeft, dilationColumns, filterColumns);
	}

	private static long samePadding(long extent, long filter, long stride, long dilation) {
		long out = Math.ceilDiv(extent, stride);
		return Math.max(0, (out - 1) * stride + (filter - 1) * dilation + 1 - extent);
	}

	private static long outputs(String axis, long extent, long filter, long stride, long dilation, long padding) {
		long room = extent + padding - ((filter - 1) * dilation + 1);
		if (room < 0) {
			throw new WorkloadException(WorkloadException.Reason.SHAPE, "",
					"the filter covers " + ((filter - 1) * dilation + 1) + " " + axis + ", but the input has " + extent
							+ " and " + padding + " of padding; make the filter smaller or pad more");
		}
		return room / stride + 1;
	}

	private static void positive(String what, long value) {
		if (value < 1 || value > TensorShape.MAX_EXTENT) {
			throw new WorkloadException(WorkloadException.Reason.OPTION, "",
					what + " is " + value + "; it must be between 1 and " + TensorShape.MAX_EXTENT);
		}
	}
}
