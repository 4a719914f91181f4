package org.pipeorgan.tests;

/** How much the tests with mutated input do: few mutations each time, as many as wanted in a campaign. */
public final class Fuzzing {
	/** Of the first mutation; the next ones count on. System property {@code pipeorgan.fuzz.seed}, 1 if absent. */
	public static final int SEED = Integer.getInteger("pipeorgan.fuzz.seed", 1);

	private Fuzzing() {
	}

	/**
	 * Number of mutations to take.
	 *
	 * @param few what is taken where system property {@code pipeorgan.fuzz} says nothing
	 */
	public static int count(int few) {
		return Integer.getInteger("pipeorgan.fuzz", few);
	}
}
