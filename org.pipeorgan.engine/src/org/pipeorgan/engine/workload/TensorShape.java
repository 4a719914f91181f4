package org.pipeorgan.engine.workload;

/**
 * Extents of a tensor in elements, always four: batch N, channels C, rows H, columns W. A matrix of M tokens by C
 * features is stored as {@code [N, C, H = M, W = 1]}.
 *
 * @param n batch, at least 1
 * @param c channels, at least 1
 * @param h rows, at least 1
 * @param w columns, at least 1
 */
public record TensorShape(long n, long c, long h, long w) {

	/** Largest extent of one axis; keeps every product of an axis with a stride or a filter inside 64 bits. */
	public static final long MAX_EXTENT = 1L << 31;

	/** @throws WorkloadException if an extent is below 1 or above {@link #MAX_EXTENT}, or the volume exceeds 64 bits */
	public TensorShape {
		check('N', n);
		check('C', c);
		check('H', h);
		check('W', w);
		try {
			Math.multiplyExact(Math.multiplyExact(Math.multiplyExact(n, c), Math.multiplyExact(h, w)), 64L);
		} catch (ArithmeticException e) {
			throw new WorkloadException(WorkloadException.Reason.OVERFLOW, "",
					"the volume of [N " + n + ", C " + c + ", H " + h + ", W " + w + "] does not fit into 64 bits; make an extent smaller");
		}
	}

	/** A shape with batch 1. */
	public static TensorShape of(long c, long h, long w) {
		return new TensorShape(1, c, h, w);
	}

	/** Number of elements. */
	public long elements() {
		return n * c * h * w;
	}

	private static void check(char axis, long extent) {
		if (extent < 1 || extent > MAX_EXTENT) {
			throw new WorkloadException(WorkloadException.Reason.EXTENT, "",
					"extent " + axis + " is " + extent + "; it must be between 1 and " + MAX_EXTENT);
		}
	}

	@Override
	public String toString() {
		return "[N " + n + ", C " + c + ", H " + h + ", W " + w + "]";
	}
}
