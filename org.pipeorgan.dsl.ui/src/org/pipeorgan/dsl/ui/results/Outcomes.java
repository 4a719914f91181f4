package org.pipeorgan.dsl.ui.results;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What studies came to in this session: the last outcome of each, the newest first. From any thread. */
public final class Outcomes {
	/** So many are kept, as an outcome of a large study is large. */
	private static final int MOST = 8;
	private static final Outcomes INSTANCE = new Outcomes();

	private final List<StudyOutcome> outcomes = new ArrayList<>();
	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private Outcomes() {
	}

	/** The outcomes of the workbench. */
	public static Outcomes get() {
		return INSTANCE;
	}

	/** Adds an outcome in place of that of the same study. */
	public void add(StudyOutcome outcome) {
		synchronized (this) {
			outcomes.removeIf(outcome::replaces);
			outcomes.add(0, outcome);
			while (outcomes.size() > MOST) {
				outcomes.remove(MOST);
			}
		}
		listeners.forEach(Runnable::run);
	}

	/** The outcomes, the newest first. */
	public synchronized List<StudyOutcome> all() {
		return List.copyOf(outcomes);
	}

	/** Forgets everything. */
	public void clear() {
		synchronized (this) {
			outcomes.clear();
		}
		listeners.forEach(Runnable::run);
	}

	/** Calls {@code listener}, on any thread, when outcomes change. */
	public void addListener(Runnable listener) {
		listeners.add(listener);
	}

	/** Undoes {@link #addListener}. */
	public void removeListener(Runnable listener) {
		listeners.remove(listener);
	}
}
