package org.pipeorgan.tests.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.dsl.cli.Console;
import org.pipeorgan.dsl.cli.Main;
import org.pipeorgan.engine.report.Chart;
import org.pipeorgan.engine.report.ChartRenderer;
import org.pipeorgan.engine.report.JsonReport;
import org.pipeorgan.engine.report.ResultCharts;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.StudyResult;

/** Charts for papers. */
class PlotTest {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();
	@TempDir
	private Path folder;

	private int plot(String... options) throws IOException {
		Path result = Files.writeString(folder.resolve("result.json"), JsonReport.write(Results.small()));
		String[] all = java.util.stream.Stream.concat(java.util.stream.Stream.of("plot", result.toString()), java.util.Arrays.stream(options)).toArray(String[]::new);
		return Main.run(all, new Console(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), 0));
	}

	@Test
	void chartsHoldTheNumbersOfTheResult() {
		StudyResult result = Results.small();
		Map<String, Chart> charts = ResultCharts.of(result);
		assertEquals(List.of("Tiny", "geometric mean"), charts.get("speedup").categories());
		assertEquals(List.of(1.5, 1.5), charts.get("speedup").series().get(0).ys());
		assertEquals(List.of(1.25), charts.get("latency").series().get(0).ys());
		List<Chart.Series> bounds = charts.get("bottlenecks").series();
		assertEquals(List.of("compute", "link", "buffer", "memory"), bounds.stream().map(Chart.Series::name).toList());
		for (int i = 0; i < result.runs().size(); i++) {
			int run = i;
			RunResult of = result.runs().get(i);
			assertEquals((double) of.latencyCycles() / of.lowerBoundCycles(), bounds.stream().mapToDouble(series -> series.ys().get(run)).sum(), 1e-12);
		}
		// no point lies above the roof
		Chart.Series roof = charts.get("roofline").series().get(0);
		for (Chart.Series points : charts.get("roofline").series().subList(1, charts.get("roofline").series().size())) {
			for (int i = 0; i < points.xs().size(); i++) {
				assertTrue(points.ys().get(i) <= roof.ys().get(1) && points.ys().get(i) <= points.xs().get(i) * roof.ys().get(1) / roof.xs().get(1) * (1 + 1e-12));
			}
		}
		assertTrue(ResultCharts.of(new StudyResult("none", "latency", List.of(), List.of())).isEmpty());
	}

	@Test
	void drawsVectorsAndPixels() throws Exception {
		assumeTrue(ChartRenderer.find().isPresent(), "charts are drawn by the command line only");
		assertEquals(0, plot("--format", "svg,png", "--width", "640", "--height", "400"), err::toString);
		for (String name : ResultCharts.of(Results.small()).keySet()) {
			BufferedImage image = ImageIO.read(folder.resolve(name + ".png").toFile());
			assertEquals(List.of(1280, 800), List.of(image.getWidth(), image.getHeight()));
			assertTrue(colours(image) > 20, name + " is empty");
			assertEquals("svg", DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(withoutDoctype(folder.resolve(name + ".svg"))).getDocumentElement().getTagName());
		}
		byte[] first = Files.readAllBytes(folder.resolve("roofline.svg"));
		assertEquals(0, plot("--chart", "roofline", "--width", "640", "--height", "400"));
		assertArrayEquals(first, Files.readAllBytes(folder.resolve("roofline.svg")));
	}

	/** The document type names an address, and nothing may be fetched. */
	private static java.io.InputStream withoutDoctype(Path file) throws IOException {
		return new java.io.ByteArrayInputStream(Files.readString(file).replaceFirst("(?s)<!DOCTYPE.*?>", "").getBytes(StandardCharsets.UTF_8));
	}

	private static long colours(BufferedImage image) {
		return java.util.Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())).distinct().count();
	}

	@Test
	void whatCannotBeDrawnIsRefused() throws IOException {
		assertEquals(2, plot("--chart", "pie"));
		assertTrue(err.toString().contains("no chart 'pie'; it has speedup, energy_ratio, memory_ratio, latency,"), err::toString);
		assertEquals(2, plot("--format", "gif"));
		assertEquals(2, plot("--width", "3"));
		assertTrue(err.toString().contains("--width is 3; it must be between 200 and 8000 pixels"), err::toString);
		assertFalse(Files.exists(folder.resolve("speedup.svg")));
	}
}
