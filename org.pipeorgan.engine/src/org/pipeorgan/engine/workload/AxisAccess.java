package org.pipeorgan.engine.workload;

/**
 * Which coordinates of an operand an operator needs along one axis, for a coordinate of its output on the matching
 * axis. All kinds are monotone: a later output coordinate never needs an earlier input only.
 */
public sealed interface AxisAccess {

	/** First input coordinate that output coordinates {@code from..to} (inclusive) need; may exceed {@link #last}: none. */
	long first(long from, long to, long extent);

	/** Last input coordinate that output coordinates {@code from..to} (inclusive) need; below {@link #first}: none. */
	long last(long from, long to, long extent);

	/** Most input coordinates that so many neighbouring outputs span. */
	long reach(long outputs, long extent);

	/** How many different input coordinates output coordinates {@code from..to} (inclusive) need. */
	default long count(long from, long to, long extent) {
		return Math.max(0, last(from, to, extent) - first(from, to, extent) + 1);
	}

	/** Number of input coordinates that one output coordinate may need: the length of {@link #need}. */
	int taps(long extent);

	/** The {@code tap}-th input coordinate that output coordinate {@code out} needs, or -1 if it falls into the padding. */
	long need(long out, int tap, long extent);

	/** Output coordinate o needs input o. */
	record Same() implements AxisAccess {
		@Override
		public long reach(long outputs, long extent) {
			return Math.min(outputs, extent);
		}

		@Override
		public long first(long from, long to, long extent) {
			return from;
		}

		@Override
		public long last(long from, long to, long extent) {
			return Math.min(to, extent - 1);
		}

		@Override
		public int taps(long extent) {
			return 1;
		}

		@Override
		public long need(long out, int tap, long extent) {
			return out < extent ? out : -1;
		}
	}

	/** Every output coordinate needs every input coordinate: a contracted axis. */
	record Whole() implements AxisAccess {
		@Override
		public long reach(long outputs, long extent) {
			return extent;
		}

		@Override
		public long first(long from, long to, long extent) {
			return 0;
		}

		@Override
		public long last(long from, long to, long extent) {
			return extent - 1;
		}

		@Override
		public int taps(long extent) {
			return Math.toIntExact(extent);
		}

		@Override
		public long need(long out, int tap, long extent) {
			return tap;
		}
	}

	/**
	 * Output coordinate o needs {@code o * stride - pad + t * dilation} for t in {@code 0..taps-1}, clipped to the
	 * tensor: a convolution's or a pooling's rows and columns.
	 */
	record Window(long stride, long pad, long dilation, long filter) implements AxisAccess {
		@Override
		public long reach(long outputs, long extent) {
			return Math.min(extent, (outputs - 1) * stride + (filter - 1) * dilation + 1);
		}

		@Override
		public long count(long from, long to, long extent) {
			if (dilation == 1 && stride <= filter) {
				return AxisAccess.super.count(from, to, extent);
			}
			java.util.BitSet needed = new java.util.BitSet();
			long base = from * stride - pad;
			for (long out = from; out <= to; out++) {
				for (int tap = 0; tap < filter; tap++) {
					long in = need(out, tap, extent);
					if (in >= 0) {
						needed.set(Math.toIntExact(in - base));
					}
				}
			}
			return needed.cardinality();
		}

		@Override
		public long first(long from, long to, long extent) {
			return Math.max(0, from * stride - pad);
		}

		@Override
		public long last(long from, long to, long extent) {
			return Math.min(extent - 1, to * stride - pad + (filter - 1) * dilation);
		}

		@Override
		public int taps(long extent) {
			return Math.toIntExact(filter);
		}

		@Override
		public long need(long out, int tap, long extent) {
			long in = out * stride - pad + tap * dilation;
			return in < 0 || in >= extent ? -1 : in;
		}
	}

	/** Output coordinate o needs input {@code floor(o * extent / outExtent)}: nearest-neighbour resize. */
	record Scaled(long outExtent) implements AxisAccess {
		@Override
		public long reach(long outputs, long extent) {
			return Math.min(extent, Math.ceilDiv((outputs - 1) * extent, outExtent) + 1);
		}

		@Override
		public long count(long from, long to, long extent) {
			return Math.min(to - from + 1, AxisAccess.super.count(from, to, extent));
		}

		@Override
		public long first(long from, long to, long extent) {
			return Math.multiplyExact(from, extent) / outExtent;
		}

		@Override
		public long last(long from, long to, long extent) {
			return Math.min(extent - 1, Math.multiplyExact(to, extent) / outExtent);
		}

		@Override
		public int taps(long extent) {
			return 1;
		}

		@Override
		public long need(long out, int tap, long extent) {
			return Math.min(extent - 1, out * extent / outExtent);
		}
	}

	/** Output coordinate o of a concatenation needs input {@code o - offset} if that lies inside the operand. */
	record Part(long offset) implements AxisAccess {
		@Override
		public long reach(long outputs, long extent) {
			return Math.min(outputs, extent);
		}

		@Override
		public long first(long from, long to, long extent) {
			return Math.max(0, from - offset);
		}

		@Override
		public long last(long from, long to, long extent) {
			return Math.min(extent - 1, to - offset);
		}

		@Override
		public int taps(long extent) {
			return 1;
		}

		@Override
		public long need(long out, int tap, long extent) {
			long in = out - offset;
			return in < 0 || in >= extent ? -1 : in;
		}
	}

	/** Output channel o needs the {@code inputs} channels of its group {@code floor(o / outputs)}. */
	record Group(long inputs, long outputs) implements AxisAccess {
		@Override
		public long reach(long outputs, long extent) {
			return Math.min(extent, (Math.ceilDiv(outputs - 1, this.outputs) + 1) * inputs);
		}

		@Override
		public long first(long from, long to, long extent) {
			return from / outputs * inputs;
		}

		@Override
		public long last(long from, long to, long extent) {
			return Math.min(extent - 1, (to / outputs + 1) * inputs - 1);
		}

		@Override
		public int taps(long extent) {
			return Math.toIntExact(inputs);
		}

		@Override
		public long need(long out, int tap, long extent) {
			long in = out / outputs * inputs + tap;
			return in < extent ? in : -1;
		}
	}
}
