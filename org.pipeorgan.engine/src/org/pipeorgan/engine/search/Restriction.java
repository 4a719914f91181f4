package org.pipeorgan.engine.search;

/** What a restricted baseline does without; a policy with one is always labelled restricted. */
public enum Restriction {
	/** The PEs of an operator share its work along K and C only. */
	CHANNEL_SPLIT("channel_split"),
	/** Every destination of an element is sent a copy of its own. */
	UNICAST("unicast"),
	/** No boundary tensor stays in the global buffer. */
	NO_RESIDENCE("no_residence"),
	/** No operator is alone that could be on the array together with the next; of a fixed mapping it only says that it was made so. */
	PAIRED("paired");

	private final String keyword;

	Restriction(String keyword) {
		this.keyword = keyword;
	}

	/** Name in the language and in results. */
	public String keyword() {
		return keyword;
	}
}
