package org.pipeorgan.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.EcoreUtil2;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.pipeorgan.dsl.PipeOrganStandaloneSetup;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.sweep.PointEvaluator;
import org.pipeorgan.dsl.sweep.StoredStudy;
import org.pipeorgan.dsl.sweep.Sweep;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.PointStore;
import org.pipeorgan.engine.exploration.PointStores;
import org.pipeorgan.engine.search.DesignSearches;
import org.pipeorgan.engine.search.Progress;

/** What a point of a sweep costs beside its mapping: making the design of its choices, listing its properties, and storing it, less what points share. One thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(value = 2, jvmArgs = { "-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED" })
public class SweepPoint {
	private static final int POINTS = 800;
	private static final double FIRST = 0.4;

	/** A sweep by one policy, and one by two of which the second begins with the searches of the first. */
	@Param({ "releng/org.pipeorgan.benchmarks/sweep.pog", "org.pipeorgan.dsl.ui/examples/xr/keyword-sweep.pog" })
	public String file;
	private Sweep sweep;
	private long[] points;
	private List<org.pipeorgan.engine.search.Study> alone;
	private Path folder;
	private PointStore store;
	private PointEvaluator evaluator;

	/** Reads the study and chooses neighbours from the middle of its space. @throws IOException if a file cannot be read or written */
	@Setup
	public void read() throws IOException {
		XtextResourceSet resources = new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration().getInstance(XtextResourceSet.class);
		sweep = new Sweep(EcoreUtil2.getAllContentsOfType(resources.getResource(URI.createFileURI(Path.of(file).toAbsolutePath().toString()), true).getContents().get(0), Study.class).get(0));
		evaluator = new PointEvaluator(sweep, 1, Progress.NONE);
		points = LongStream.range((long) (FIRST * sweep.space().size()), sweep.space().size()).filter(sweep::admits).filter(point -> evaluator.evaluate(point).isOk()).limit(POINTS).toArray();
		alone = LongStream.of(points).mapToObj(sweep::study).toList();
		folder = Files.createTempDirectory("sweep");
		store = PointStores.service().create(folder.resolve("points.sqlite"), StoredStudy.header(sweep, "benchmark"));
	}

	/** Takes the store away. @throws IOException if it cannot be deleted */
	@TearDown
	public void close() throws IOException {
		store.close();
		try (var files = Files.list(folder)) {
			for (Path each : files.toList()) {
				Files.delete(each);
			}
		}
		Files.delete(folder);
	}

	/** The mapping alone, of a design that is there, as if there were no other points. */
	@Benchmark
	@OperationsPerInvocation(POINTS)
	public void mapping(Blackhole hole) {
		for (var study : alone) {
			hole.consume(new DesignSearches(study.objective(), 1, Progress.NONE).totals(study.targets().get(0), study.policies().get(0)));
		}
	}

	/** The whole point, in the order of the sweep. */
	@Benchmark
	@OperationsPerInvocation(POINTS)
	public void point() {
		for (long point : points) {
			PointResult result = evaluator.evaluate(point);
			store.append(point, result);
		}
	}
}
