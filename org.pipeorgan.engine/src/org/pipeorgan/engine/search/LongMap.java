package org.pipeorgan.engine.search;

/** Values by whole numbers, in two arrays: searches remember so many small values that maps of objects would take most of the memory. Not safe for many threads. */
final class LongMap<V> {
	private static final int LEAST = 4;

	private long[] keys = {};
	private Object[] values = {};
	private int size;

	LongMap() {
	}

	/** A copy of another, of the same values. */
	LongMap(LongMap<V> other) {
		keys = other.keys.clone();
		values = other.values.clone();
		size = other.size;
	}

	/** The value of a key; {@code null} if there is none. */
	@SuppressWarnings("unchecked")
	V get(long key) {
		return size == 0 ? null : (V) values[slot(key)];
	}

	/** Puts a value, which is not {@code null}. */
	void put(long key, V value) {
		if (2 * (size + 1) > keys.length) {
			grow();
		}
		int slot = slot(key);
		size += values[slot] == null ? 1 : 0;
		keys[slot] = key;
		values[slot] = value;
	}

	/** Where a key is, or would be. */
	private int slot(long key) {
		int mask = keys.length - 1;
		long mixed = key * 0x9E3779B97F4A7C15L;
		int slot = (int) (mixed >>> Integer.SIZE) & mask;
		while (values[slot] != null && keys[slot] != key) {
			slot = slot + 1 & mask;
		}
		return slot;
	}

	private void grow() {
		long[] oldKeys = keys;
		Object[] oldValues = values;
		keys = new long[Math.max(LEAST, 2 * oldKeys.length)];
		values = new Object[keys.length];
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldValues[i] != null) {
				int slot = slot(oldKeys[i]);
				keys[slot] = oldKeys[i];
				values[slot] = oldValues[i];
			}
		}
	}
}
