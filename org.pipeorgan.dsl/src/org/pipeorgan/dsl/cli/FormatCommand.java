package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.eclipse.xtext.resource.XtextResource;
import org.pipeorgan.dsl.formatting2.Layout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lays files out. */
@Command(name = "format", description = "Lay .pog files out in the customary way; numbers, units and comments stay as written.")
final class FormatCommand implements Callable<Integer> {
	private final Console console;
	@Parameters(paramLabel = "FILE", arity = "1..*", description = "The files, which are rewritten.")
	private List<Path> files;
	@Option(names = "--check", description = "Change nothing; name the files that are laid out otherwise, and exit with 1 if there are any.")
	private boolean check;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	FormatCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() throws IOException {
		Language language = new Language();
		boolean good = true;
		for (Path file : files) {
			XtextResource resource = language.parse(file);
			if (!Layout.isPossible(resource)) {
				language.load(file).messages().stream().filter(Message::isError).forEach(console.err()::println);
				good = false;
				continue;
			}
			String before = resource.getParseResult().getRootNode().getText();
			String after = language.service(Layout.class).format(resource);
			if (!after.equals(before)) {
				if (check) {
					console.out().println(file + " is not formatted");
					good = false;
				} else {
					AtomicFiles.write(file, after);
					console.out().println(file + " formatted");
				}
			}
		}
		return (good ? ExitCode.DONE : ExitCode.INPUT_WRONG).code();
	}
}
