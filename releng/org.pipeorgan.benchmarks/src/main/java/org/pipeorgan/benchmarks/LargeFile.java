package org.pipeorgan.benchmarks;

import com.google.inject.Injector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.resource.IResourceFactory;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.util.CancelIndicator;
import org.eclipse.xtext.util.TextRegion;
import org.eclipse.xtext.validation.CheckMode;
import org.eclipse.xtext.validation.IResourceValidator;
import org.eclipse.xtext.validation.Issue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pipeorgan.dsl.PipeOrganStandaloneSetup;
import org.pipeorgan.dsl.formatting2.Layout;
import org.pipeorgan.dsl.ide.InlayHints;

/** The language on a file of 20,000 lines and 10,000 operators, in workloads of 1,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(1)
public class LargeFile {
	private static final int OPERATORS = 10_000;
	private static final int IN_A_WORKLOAD = 1_000;
	private final Injector injector = new PipeOrganStandaloneSetup().createInjectorAndDoEMFRegistration();
	private byte[] text;
	private byte[] mistaken;

	/** Writes the file. */
	@Setup
	public void write() {
		StringBuilder lines = new StringBuilder();
		for (int first = 0; first < OPERATORS; first += IN_A_WORKLOAD) {
			lines.append("workload W").append(first).append(" {\n  precision 8 bit\n\n  input v0 [C 16, H 32, W 32]\n");
			for (int i = 1; i <= IN_A_WORKLOAD; i++) {
				String read = "v" + (i - 1);
				lines.append("  v").append(i).append(" = ").append(switch (i % 4) {
				case 0 -> "add(" + read + ", v" + (i - 2) + ")";
				case 1 -> "conv(" + read + ") K 16 R 3 S 3 pad 1";
				case 2 -> "relu(" + read + ")";
				default -> "depthwise(" + read + ") R 3 S 3 pad 1";
				}).append("\n\n");
			}
			lines.append("}\n\n");
		}
		text = lines.toString().getBytes(StandardCharsets.UTF_8);
		mistaken = lines.toString().replaceFirst("relu\\(v1\\)", "relu(w1)").getBytes(StandardCharsets.UTF_8);
	}

	private XtextResource parsed(byte[] bytes) throws IOException {
		XtextResource resource = (XtextResource) injector.getInstance(IResourceFactory.class).createResource(URI.createURI("memory:/large.pog"));
		injector.getInstance(XtextResourceSet.class).getResources().add(resource);
		resource.load(new ByteArrayInputStream(bytes), Map.of());
		return resource;
	}

	/** Parses, links and validates, as every keystroke does. */
	@Benchmark
	public List<Issue> validate() throws IOException {
		return injector.getInstance(IResourceValidator.class).validate(parsed(text), CheckMode.ALL, CancelIndicator.NullImpl);
	}

	/** The same after a slip in one of the first lines: a name that there is not. */
	@Benchmark
	public List<Issue> validateWithAMistake() throws IOException {
		return injector.getInstance(IResourceValidator.class).validate(parsed(mistaken), CheckMode.ALL, CancelIndicator.NullImpl);
	}

	/** Parses, links and infers the shapes that an editor shows. */
	@Benchmark
	public List<InlayHints.Hint> hints() throws IOException {
		return injector.getInstance(InlayHints.class).in(parsed(text), new TextRegion(0, text.length));
	}

	/** Parses and lays out. */
	@Benchmark
	public String format() throws IOException {
		return injector.getInstance(Layout.class).format(parsed(text));
	}
}
