package org.pipeorgan.dsl.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.apache.log4j.Level;
import org.apache.log4j.LogManager;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;

/** The command line inside an Eclipse installation: {@code -application org.pipeorgan.dsl.run COMMAND ...}. Not part of the plain command line. */
public final class HeadlessApplication implements IApplication {
	@Override
	public Object start(IApplicationContext context) {
		// Nobody has told the parser's logging where to write, which it would complain of.
		LogManager.getRootLogger().setLevel(Level.OFF);
		String[] arguments = (String[]) context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
		PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
		PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
		int code = Main.run(arguments == null ? new String[0] : arguments, new Console(out, err, 0));
		out.flush();
		return code;
	}

	@Override
	public void stop() {
		// a command ends by itself, or with the process
	}
}
