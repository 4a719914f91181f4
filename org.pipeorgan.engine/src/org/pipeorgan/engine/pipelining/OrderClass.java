package org.pipeorgan.engine.pipelining;

/** The two classes of loop orders that the search tells apart. */
public enum OrderClass {
	/** N P Q outside: the weights are walked anew in each interval, an activation once. */
	ACTIVATION_OUTER("N P Q K C R S"),
	/** K outside: a weight is walked once, the activations anew in each interval. */
	WEIGHT_OUTER("K N P Q C R S");

	private final LoopOrder order;

	OrderClass(String order) {
		this.order = LoopOrder.parse(order);
	}

	/** The order that stands for the class. */
	public LoopOrder order() {
		return order;
	}
}
