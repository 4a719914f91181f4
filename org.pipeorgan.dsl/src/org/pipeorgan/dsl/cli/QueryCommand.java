package org.pipeorgan.dsl.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import org.apache.commons.csv.CSVPrinter;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.expressions.Terms;
import org.pipeorgan.dsl.pipeorgan.Condition;
import org.pipeorgan.dsl.sweep.Goal;
import org.pipeorgan.dsl.sweep.PointNames;
import org.pipeorgan.dsl.sweep.PointTable;
import org.pipeorgan.dsl.sweep.QueryText;
import org.pipeorgan.dsl.sweep.StoredStudy;
import org.pipeorgan.dsl.sweep.Sweep;
import org.pipeorgan.dsl.sweep.SweepSummary;
import org.pipeorgan.engine.exploration.Front;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.PointStore;
import org.pipeorgan.engine.exploration.PointStores;
import org.pipeorgan.engine.exploration.StoreException;
import org.pipeorgan.engine.exploration.UnmappableException;
import org.pipeorgan.engine.report.HtmlReport;
import org.pipeorgan.engine.report.JsonReport;
import org.pipeorgan.engine.result.StudyResult;
import org.pipeorgan.engine.search.Study;
import org.pipeorgan.engine.search.StudyRunner;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Filters and ranks the points of a stored sweep, and opens one of them; also while the sweep goes on. */
@Command(name = "query", description = "Filter and rank the points of a stored sweep, or map one of them again and report its mapping.")
final class QueryCommand implements Callable<Integer> {
	/** How results are printed. */
	enum Format {
		/** Columns of text. */
		TABLE,
		/** A row a point, RFC 4180. */
		CSV,
		/** An array of objects. */
		JSON
	}

	private final Console console;
	@Parameters(paramLabel = "STORE", description = "The store, or the folder that a sweep wrote.")
	private Path store;
	@Option(names = "--where", paramLabel = "CONDITION", description = "Only points for which it holds, as in a study, over their properties and results: "
			+ "'buffer.size <= 1 MiB and latency < 200000 cycle'. May be given more than once.")
	private List<String> conditions = List.of();
	@Option(names = "--sort", paramLabel = "TERM", description = "Smallest first, or 'maximize TERM' for largest first; the study's first goal if absent.")
	private String order;
	@Option(names = "--front", description = "Only points that no other of those chosen dominates.")
	private boolean front;
	@Option(names = "--goals", paramLabel = "TERMS", description = "Goals in place of the study's: 'latency, array.pes' or 'maximize utilization'.")
	private String goals;
	@Option(names = "--top", paramLabel = "N", description = "At most so many points; 20 for a table, else all if absent.")
	private Integer top;
	@Option(names = "--format", paramLabel = "NAME", description = "table, csv or json; table if absent.")
	private Format format = Format.TABLE;
	@Option(names = "--point", paramLabel = "N", description = "Map this point again and write report.html and result.json of its mapping into -o.")
	private Long point;
	@Option(names = { "-o", "--output" }, paramLabel = "DIR", description = "Folder for the report of --point; pipeorgan-out/STUDY-point-N if absent.")
	private Path output;
	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this text.")
	private boolean help;

	QueryCommand(Console console) {
		this.console = console;
	}

	@Override
	public Integer call() {
		Path file = Files.isDirectory(store) ? store.resolve(SweepCommand.STORE) : store;
		if (top != null && top < 1) {
			throw new UsageException("--top is " + top + "; it must be at least 1");
		}
		try (PointStore opened = PointStores.service().read(file)) {
			Sweep sweep = StoredStudy.sweep(opened.header());
			if (point != null) {
				return open(sweep, opened).code();
			}
			print(sweep, opened);
			return ExitCode.DONE.code();
		} catch (StoreException | IllegalArgumentException e) {
			throw new UsageException(e.getMessage());
		} catch (ExpressionException e) {
			throw new UsageException("wrong query: " + e.getMessage());
		}
	}

	private void print(Sweep stored, PointStore opened) {
		Sweep sweep = goals == null ? stored : stored.with(QueryText.goals(goals));
		PointNames names = sweep.names(true);
		sweep.goals().forEach(goal -> goal.unit(names));
		Goal rank = order == null ? sweep.goals().get(0) : QueryText.goals(order).get(0);
		rank.unit(names);
		Predicate<PointResult> chosen = chosen(names);
		Front best = new Front();
		if (front || format != Format.TABLE) {
			opened.forEach((planned, result) -> {
				if (chosen.test(result) && result.isOk()) {
					best.add(result.point(), SweepSummary.goals(sweep, names, result));
				}
			});
		}
		java.util.Set<Long> members = new java.util.HashSet<>();
		best.members().forEach(member -> members.add(member.point()));
		long most = top != null ? top : format == Format.TABLE ? 20 : Long.MAX_VALUE;
		record Ranked(double value, PointResult result) {
		}
		Comparator<Ranked> first = Comparator.comparingDouble(Ranked::value).thenComparingLong(ranked -> ranked.result().point());
		// the worst of the best is at its head
		PriorityQueue<Ranked> kept = new PriorityQueue<>(first.reversed());
		long[] count = { 0, 0 };
		opened.forEach((planned, result) -> {
			count[0]++;
			if (chosen.test(result) && (!front || members.contains(result.point()))) {
				count[1]++;
				names.select(result);
				double value = rank.value(names);
				kept.add(new Ranked(Double.isNaN(value) ? Double.MAX_VALUE : rank.maximized() ? -value : value, result));
				if (kept.size() > most) {
					kept.poll();
				}
			}
		});
		List<PointResult> results = kept.stream().sorted(first).map(Ranked::result).toList();
		switch (format) {
		case TABLE -> {
			console.out().print(FrontTable.rows(sweep, names, results) + (front ? FrontTable.ties(sweep, names, results) : ""));
			results.stream().filter(result -> !result.message().isEmpty()).forEach(result -> console.out().println("point " + result.point() + ": " + result.message()));
			console.out().println(String.format(Locale.ROOT, "%,d of %,d points%s", count[1], count[0], results.size() < count[1] ? ", the first " + results.size() + " shown" : ""));
		}
		case CSV -> csv(sweep, results, members);
		case JSON -> json(sweep, results, members);
		}
	}

	private Predicate<PointResult> chosen(PointNames names) {
		List<Condition> all = conditions.stream().flatMap(text -> QueryText.conditions(text).stream()).toList();
		Terms terms = new Terms(names);
		all.forEach(terms::check);
		return result -> {
			names.select(result);
			return all.stream().allMatch(terms::holds);
		};
	}

	private void csv(Sweep sweep, List<PointResult> results, java.util.Set<Long> members) {
		PointTable table = new PointTable(sweep.columns());
		try (CSVPrinter csv = table.csv(console.out())) {
			for (PointResult result : results) {
				csv.printRecord(table.cells(result, members.contains(result.point())));
			}
			csv.flush();
		} catch (IOException e) {
			throw new UsageException("cannot print: " + e.getMessage());
		}
	}

	private void json(Sweep sweep, List<PointResult> results, java.util.Set<Long> members) {
		PointTable table = new PointTable(sweep.columns());
		JsonArray rows = new JsonArray();
		for (PointResult result : results) {
			JsonObject row = new JsonObject();
			List<Object> cells = table.cells(result, members.contains(result.point()));
			for (int i = 0; i < cells.size(); i++) {
				Object cell = cells.get(i);
				row.add(table.titles().get(i), cell == null ? JsonNull.INSTANCE : cell instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive((String) cell));
			}
			rows.add(row);
		}
		console.out().println(new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create().toJson(rows));
	}

	private ExitCode open(Sweep sweep, PointStore opened) {
		if (point < 0 || point >= sweep.space().size()) {
			throw new UsageException("there is no point " + point + "; the space has points 0 to " + (sweep.space().size() - 1));
		}
		Path folder = output != null ? output : Path.of("pipeorgan-out", sweep.name() + "-point-" + point);
		AtomicFiles.checkWritable(folder);
		Study study;
		StudyResult result;
		try (ProgressPrinter progress = new ProgressPrinter(console, sweep.name())) {
			study = sweep.study(point);
			result = StudyRunner.run(study, Runtime.getRuntime().availableProcessors(), progress);
		} catch (UnmappableException e) {
			return infeasible(sweep, e.getMessage());
		}
		if (!result.infeasible().isEmpty()) {
			return infeasible(sweep, result.infeasible().get(0).reason());
		}
		Map<String, String> files = new LinkedHashMap<>();
		files.put("report.html", HtmlReport.write(result));
		files.put("result.json", JsonReport.write(result));
		AtomicFiles.write(folder, files);
		console.out().print(labels(sweep));
		console.out().print(ResultTable.of(result));
		long cycles = result.runs().stream().mapToLong(run -> run.latencyCycles()).sum();
		opened.find(point).filter(PointResult::isOk).ifPresent(stored -> {
			if (stored.totals().latencyCycles() != cycles) {
				console.err().println(String.format(Locale.ROOT, "the store has %,d cycles for this point, it takes %,d now: the store was made by another version of the cost model",
						stored.totals().latencyCycles(), cycles));
			}
		});
		console.out().println("written to " + folder + ": " + String.join(", ", files.keySet()));
		return ExitCode.DONE;
	}

	private ExitCode infeasible(Sweep sweep, String reason) {
		console.out().print(labels(sweep));
		console.err().println("point " + point + " is infeasible: " + reason);
		return ExitCode.INPUT_WRONG;
	}

	private String labels(Sweep sweep) {
		StringBuilder text = new StringBuilder("point " + point + ":");
		List<String> labels = new ArrayList<>(sweep.labels(point));
		for (int i = 0; i < labels.size(); i++) {
			text.append(i == 0 ? " " : ", ").append(sweep.space().axes().get(i).name()).append(' ').append(labels.get(i));
		}
		return text.append('\n').toString();
	}
}
