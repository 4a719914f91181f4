package org.pipeorgan.engine.pipelining;

/** The two classes of loop orders that the search tells apart. */
public enum OrderClass {
	/** N P Q outside: the weights are walked anew in each interval, an activation once. */
	ACTIVATION_OUTER("activation_outer", "N P Q K C R S"),
	/** K outside: a weight is walked once, the activations anew in each interval. */
	WEIGHT_OUTER("weight_outer", "K N P Q C R S");

	private final String keyword;
	private final LoopOrder order;

	OrderClass(String keyword, String order) {
		this.keyword = keyword;
		this.order = LoopOrder.parse(order);
	}

	/** Name in the language and in results. */
	public String keyword() {
		return keyword;
	}

	/** The order that stands for the class. */
	public LoopOrder order() {
		return order;
	}
}
