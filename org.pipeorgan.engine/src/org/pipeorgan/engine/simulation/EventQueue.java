package org.pipeorgan.engine.simulation;

import java.util.Arrays;

/**
 * Events in the order of their times; those of one time in the order in which they were added, so that a simulation is
 * deterministic. Many events share a time, so that they wait in one list for each time, and only times are sorted.
 */
final class EventQueue {
	private long[] heap = new long[64];
	private int times;
	private long[] keys = new long[256];
	private int[] slots = new int[256];
	private long[][] lists = new long[64][];
	private int[] sizes = new int[64];
	private int[] free = new int[64];
	private int freeLists;
	private int lastSlot;
	private long now;
	private int current = -1;
	private int cursor;

	EventQueue() {
		Arrays.fill(slots, -1);
	}

	/** Time of the event that was polled last. */
	long now() {
		return now;
	}

	/** Adds an event; its time must not lie before {@link #now}. */
	void add(long time, long event) {
		int list;
		if (time == now && current >= 0) {
			list = current;
		} else {
			int at = find(time);
			if (slots[at] < 0) {
				at = insert(time);
			}
			list = slots[at];
		}
		if (sizes[list] == lists[list].length) {
			lists[list] = Arrays.copyOf(lists[list], 2 * lists[list].length);
		}
		lists[list][sizes[list]++] = event;
	}

	/** Whether events are left. */
	boolean hasNext() {
		return current >= 0 && cursor < sizes[current] || times > 0;
	}

	/** Takes the next event, and moves {@link #now} to its time. */
	long poll() {
		if (current >= 0 && cursor == sizes[current]) {
			release();
		}
		if (current < 0) {
			now = removeLeast();
			current = slots[find(now)];
			cursor = 0;
		}
		return lists[current][cursor++];
	}

	private void release() {
		sizes[current] = 0;
		if (freeLists == free.length) {
			free = Arrays.copyOf(free, 2 * freeLists);
		}
		free[freeLists++] = current;
		current = -1;
		remove(find(now));
	}

	private int insert(long time) {
		if (3 * (times + 2) > 2 * keys.length) {
			grow();
		}
		int list;
		if (freeLists > 0) {
			list = free[--freeLists];
		} else {
			if (lastSlot == lists.length) {
				lists = Arrays.copyOf(lists, 2 * lastSlot);
				sizes = Arrays.copyOf(sizes, 2 * lastSlot);
			}
			lists[lastSlot] = new long[16];
			list = lastSlot++;
		}
		int at = find(time);
		keys[at] = time;
		slots[at] = list;
		if (times == heap.length) {
			heap = Arrays.copyOf(heap, 2 * times);
		}
		int hole = times++;
		while (hole > 0 && heap[hole - 1 >> 1] > time) {
			heap[hole] = heap[hole - 1 >> 1];
			hole = hole - 1 >> 1;
		}
		heap[hole] = time;
		return at;
	}

	private long removeLeast() {
		long least = heap[0];
		long last = heap[--times];
		int hole = 0;
		for (int child = 1; child < times; child = 2 * hole + 1) {
			if (child + 1 < times && heap[child + 1] < heap[child]) {
				child++;
			}
			if (heap[child] >= last) {
				break;
			}
			heap[hole] = heap[child];
			hole = child;
		}
		heap[hole] = last;
		return least;
	}

	/** The place of a time in the table, or the empty one where it belongs. */
	private int find(long time) {
		int mask = keys.length - 1;
		int at = hash(time) & mask;
		while (slots[at] >= 0 && keys[at] != time) {
			at = at + 1 & mask;
		}
		return at;
	}

	private void remove(int at) {
		int mask = keys.length - 1;
		slots[at] = -1;
		// entries that had to step over this one move up
		for (int next = at + 1 & mask; slots[next] >= 0; next = next + 1 & mask) {
			int home = hash(keys[next]) & mask;
			if ((next - home & mask) >= (next - at & mask)) {
				keys[at] = keys[next];
				slots[at] = slots[next];
				slots[next] = -1;
				at = next;
			}
		}
	}

	private void grow() {
		long[] oldKeys = keys;
		int[] oldSlots = slots;
		keys = new long[2 * oldKeys.length];
		slots = new int[keys.length];
		Arrays.fill(slots, -1);
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldSlots[i] >= 0) {
				int at = find(oldKeys[i]);
				keys[at] = oldKeys[i];
				slots[at] = oldSlots[i];
			}
		}
	}

	private static int hash(long time) {
		long mixed = time * 0x9E3779B97F4A7C15L;
		return (int) (mixed >>> 32);
	}
}
