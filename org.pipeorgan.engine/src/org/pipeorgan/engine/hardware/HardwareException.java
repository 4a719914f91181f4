package org.pipeorgan.engine.hardware;

/** A hardware description that cannot be built: names the parameter and says what would mend it. */
public final class HardwareException extends IllegalArgumentException {
	private static final long serialVersionUID = 1L;
	private final String parameter;

	/** @param parameter the parameter at fault, such as {@code array.rows} */
	public HardwareException(String parameter, String message) {
		super(message);
		this.parameter = parameter;
	}

	/** The parameter at fault. */
	public String parameter() {
		return parameter;
	}
}
