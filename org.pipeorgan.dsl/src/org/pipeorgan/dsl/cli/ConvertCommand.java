package org.pipeorgan.dsl.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.eclipse.emf.common.util.URI;
import org.pipeorgan.dsl.conversion.PogText;
import org.pipeorgan.dsl.conversion.Xmi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Converts between text and XMI. */
@Command(name = "convert", description = "Convert a file from text (.pog) to XMI (.xmi) or back. What does not validate is not converted. Documentation comments are kept; "
		+ "other comments and the layout are not in a model.")
final class ConvertCommand implements Callable<Integer> {
	private final Console console;
	@Parameters(index = "0", paramLabel = "FROM", description = "The file, .pog or .xmi.")
	private Path from;
	@Parameters(index = "1", paramLabel = "TO", description = "The new file, .xmi or .pog; it is replaced if it exists.")
	private Path to;
	@Mixin
	private SeverityOptions severityOptions;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	ConvertCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		if (!Language.isText(to) && !Language.isXmi(to)) {
			throw new UsageException("file " + to + " is neither .pog nor .xmi");
		}
		Language language = new Language(severityOptions.severities());
		LoadedFile loaded = language.load(from);
		loaded.messages().forEach(console.err()::println);
		if (!loaded.isSound()) {
			return ExitCode.INPUT_WRONG.code();
		}
		URI uri = URI.createFileURI(to.toAbsolutePath().normalize().toString());
		try {
			String text = Language.isXmi(to) ? new String(language.service(Xmi.class).write(loaded.model(), uri), StandardCharsets.UTF_8)
					: language.service(PogText.class).of(loaded.model(), uri, loaded.model().eResource().getResourceSet());
			AtomicFiles.write(to, text);
		} catch (IllegalArgumentException e) {
			console.err().println(new Message(from.toString(), 1, 1, org.eclipse.xtext.diagnostics.Severity.ERROR, e.getMessage(), "unresolved-name"));
			return ExitCode.INPUT_WRONG.code();
		}
		console.out().println(from + " converted to " + to);
		return ExitCode.DONE.code();
	}
}
