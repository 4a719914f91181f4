package org.pipeorgan.engine.workload;

/**
 * One tensor that an operator reads, and how. The operator sees the tensor through a {@code view}: the same elements
 * in the same row-major order under another shape (a reshape moves nothing), or a run of its channels (a slice).
 *
 * @param tensor        index in {@link Workload#tensors()}
 * @param view          the shape that the operator sees
 * @param channelOffset first channel of the tensor that the view shows (a slice), 0 otherwise
 * @param channels      need along C, for output channels K
 * @param rows          need along H, for output rows P
 * @param columns       need along W, for output columns Q
 */
public record Operand(int tensor, TensorShape view, long channelOffset, AxisAccess channels, AxisAccess rows,
		AxisAccess columns) {

	/** How the elements of the tensor are found in the view. */
	public enum ViewKind {
		/** The view has the tensor's own axes (perhaps fewer channels). */
		DIRECT,
		/** Rows and columns are regrouped; channels (perhaps fewer) and batch stay. */
		SPATIAL,
		/** Channels are regrouped with rows and columns: elements cannot be forwarded axis by axis. */
		SCATTERED
	}

	/** How {@link #view} relates to the shape of the tensor it shows. */
	public ViewKind viewKind(TensorShape of) {
		if (view.h() == of.h() && view.w() == of.w() && view.n() == of.n()) {
			return ViewKind.DIRECT;
		}
		return view.n() == of.n() && view.h() * view.w() == of.h() * of.w() ? ViewKind.SPATIAL : ViewKind.SCATTERED;
	}
}
