package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.sweep.Sweep;
import org.pipeorgan.dsl.sweep.SweepSummary;
import org.pipeorgan.engine.exploration.Optimizer;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.PointStore;
import org.pipeorgan.engine.exploration.StoreException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Evaluates the design spaces of a file's studies, into stores that survive whatever ends the process. */
@Command(name = "sweep", description = "Explore the design spaces of the studies that vary parameters; results are stored as they come.")
final class SweepCommand implements Callable<Integer> {
	/** The store in the folder of a study. */
	static final String STORE = "points.sqlite";
	private final Console console;
	@Mixin
	private StudyOptions options;
	@Mixin
	private OutputOptions output;
	@Option(names = "--resume", description = "Continue what was begun in the folder: evaluate the points that are missing, and those that failed.")
	private boolean resume;
	@Option(names = "--spark", paramLabel = "MASTER", description = "Evaluate on a cluster of Apache Spark, such as spark://HOST:7077, instead of on threads of this machine.")
	private String master;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	SweepCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() throws IOException {
		Optional<FileStudies> loaded = options.load(console);
		if (loaded.isEmpty()) {
			return ExitCode.INPUT_WRONG.code();
		}
		List<Study> studies = loaded.get().sweeps(options.names());
		output.checkWritable(studies);
		long failed = 0;
		for (Study study : studies) {
			Path folder = output.folder(study, studies);
			try {
				failed += run(new Sweep(study), folder);
			} catch (StoreException e) {
				throw new UsageException(e.getMessage());
			} catch (IllegalArgumentException e) {
				console.err().println(Language.at(study, study, loaded.get().file().toString(), e.getMessage(), "invalid-sampling"));
				return ExitCode.INPUT_WRONG.code();
			}
		}
		return failed > 0 ? ExitCode.INTERNAL_ERROR.code() : ExitCode.DONE.code();
	}

	/** @return how many points failed */
	private long run(Sweep sweep, Path folder) throws IOException {
		Path file = folder.resolve(STORE);
		boolean begun = resume && Files.exists(file);
		if (resume && !begun) {
			console.err().println("there is no store " + file + " to continue; beginning anew");
		}
		try (PointStore store = begun ? SweepRun.reopen(sweep, file) : SweepRun.create(sweep, file)) {
			try {
				new SweepRun(sweep, store, console, options.threads(), master).run();
			} catch (RuntimeException e) {
				if (store.counts().isEmpty()) {
					// as if nothing had been begun
					store.close();
					Files.deleteIfExists(file);
					Files.deleteIfExists(folder.resolve(STORE + ".lock"));
				}
				throw e;
			}
			SweepSummary summary = new SweepSummary(sweep, store, result -> true, Optimizer.service());
			List<String> written = SweepFiles.write(folder, summary, store);
			console.out().print(FrontTable.of(summary, store));
			console.out().println("written to " + folder + ": " + STORE + ", " + String.join(", ", written));
			long failures = summary.count(PointResult.Status.FAILED);
			if (failures > 0) {
				console.err().println(String.format(Locale.ROOT, "%,d points failed; see them with: pipeorgan query %s --where 'status == failed'; try them again with --resume", failures, file));
			}
			return failures;
		}
	}
}
