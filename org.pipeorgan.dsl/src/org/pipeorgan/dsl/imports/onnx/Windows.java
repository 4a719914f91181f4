package org.pipeorgan.dsl.imports.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What nodes say about windows, padding and slices, in one form for all versions of the operators. */
final class Windows {
	private Windows() {
	}

	/**
	 * A run of positions along an axis.
	 *
	 * @param from  the first
	 * @param step  from one to the next; may be negative
	 * @param count how many
	 */
	record Cut(int axis, long from, long step, long count) {
	}

	/** Padding of a window: before each axis, then behind each, without the first two axes. */
	static long[] pads(Node node, long[] shape, long[] kernel) {
		int rank = kernel.length;
		String automatic = node.text("auto_pad", "NOTSET");
		if (!automatic.startsWith("SAME")) {
			return automatic.equals("VALID") ? new long[2 * rank] : node.numbers("pads", 2 * rank, 0);
		}
		long[] strides = node.numbers("strides", rank, 1);
		long[] dilations = node.numbers("dilations", rank, 1);
		long[] pads = new long[2 * rank];
		for (int i = 0; i < rank; i++) {
			long out = Math.ceilDiv(shape[i + 2], strides[i]);
			long all = Math.max(0, (out - 1) * strides[i] + (kernel[i] - 1) * dilations[i] + 1 - shape[i + 2]);
			pads[i] = automatic.equals("SAME_LOWER") ? Math.ceilDiv(all, 2L) : all / 2;
			pads[i + rank] = all - pads[i];
		}
		return pads;
	}

	/** What a slice takes. @throws IllegalArgumentException if starts or ends are not known */
	static List<Cut> cuts(Node node, TensorInfo[] in) {
		long[] starts = node.has("starts") ? node.numbers("starts") : in[1].numbers();
		long[] ends = node.has("ends") ? node.numbers("ends") : in[2].numbers();
		if (starts == null || ends == null) {
			throw new IllegalArgumentException("where it begins or ends depends on what is computed");
		}
		long[] axes = node.has("axes") ? node.numbers("axes") : in.length > 3 && in[3].isKnown() ? in[3].numbers() : LongStream.range(0, starts.length).toArray();
		long[] steps = in.length > 4 && in[4].isKnown() ? in[4].numbers() : null;
		List<Cut> cuts = new ArrayList<>();
		for (int i = 0; i < starts.length; i++) {
			int axis = in[0].axis(axes[i]);
			long extent = in[0].shape()[axis];
			long step = steps == null ? 1 : steps[i];
			long from = starts[i] < 0 ? starts[i] + extent : starts[i];
			long to = ends[i] < 0 && ends[i] >= -extent ? ends[i] + extent : ends[i] < -extent ? step > 0 ? 0 : -1 : ends[i];
			from = step > 0 ? Math.clamp(from, 0, extent) : Math.clamp(from, 0, extent - 1);
			to = step > 0 ? Math.clamp(to, 0, extent) : Math.clamp(to, -1, extent);
			cuts.add(new Cut(axis, from, step, Math.max(0, Math.ceilDiv(to - from, step))));
		}
		return cuts;
	}

	/** Padding of all axes: before each, then behind each; {@code null} if it is not known. */
	static long[] padding(Node node, TensorInfo[] in) {
		if (node.has("pads")) {
			return node.numbers("pads");
		}
		long[] written = in.length > 1 ? in[1].numbers() : null;
		if (written == null || in.length < 4 || !in[3].isKnown()) {
			return written;
		}
		long[] axes = in[3].numbers();
		int rank = in[0].rank();
		long[] pads = new long[2 * rank];
		for (int i = 0; i < axes.length; i++) {
			pads[in[0].axis(axes[i])] = written[i];
			pads[in[0].axis(axes[i]) + rank] = written[i + axes.length];
		}
		return pads;
	}
}
