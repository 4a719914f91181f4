package org.pipeorgan.dsl.cli;

import org.pipeorgan.dsl.PipeOrganStandaloneSetup;

/** Entry point of the command line. */
public final class Main {
	private Main() {
	}

	/** Runs one command and exits with its code. */
	public static void main(String[] arguments) {
		PipeOrganStandaloneSetup.doSetup();
	}
}
