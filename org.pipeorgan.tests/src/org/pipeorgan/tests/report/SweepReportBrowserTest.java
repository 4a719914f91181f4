package org.pipeorgan.tests.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.engine.report.SweepReport;

import com.google.gson.JsonArray;

/** The page of a sweep in a real browser. */
class SweepReportBrowserTest {
	private static Browser browser;
	@TempDir
	private Path folder;

	@BeforeAll
	static void start() throws Exception {
		browser = Browser.open();
		assumeTrue(browser != null, "no Chromium on the PATH; the package chromium has it");
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.close();
		}
	}

	/** Points on a line, of which the first ones are the front; the last has the name of a script. */
	@BeforeEach
	void open() throws IOException {
		browser.emulate(1280, 900, "light");
		browser.errors().clear();
		List<SweepReport.Shown> columns = List.of(new SweepReport.Shown("buffer.size", "B", true, false), new SweepReport.Shown("interconnect", "", true, false),
				new SweepReport.Shown("latency", "cycle", false, true), new SweepReport.Shown("energy", "pJ", false, true));
		List<SweepReport.Point> points = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			boolean front = i < 5;
			points.add(new SweepReport.Point(100 + i, front, List.of(1024L * i, i == 19 ? "</script><b>" : "mesh", 1000.0 + 10 * i, front ? 500.0 - 50 * i : 900.0 + i),
					Arrays.asList(i + " KiB", i == 19 ? "</script><b>" : "mesh", null, null)));
		}
		Path page = Files.writeString(folder.resolve("report.html"), SweepReport.write(new SweepReport.Content("a <sweep>", List.of("Twenty points."), "All of them.", columns, points,
				List.of(new SweepReport.Growth(1, 0.2), new SweepReport.Growth(20, 0.9)), Map.of(102L, List.of(Results.small().runs().get(0))))));
		browser.load(page);
		assertEquals(List.of(), browser.errors());
	}

	private static String text(String expression) {
		return browser.evaluate(expression).getAsString();
	}

	/** Moves the mouse over the plot as a hand does, pressed from the first place to the last. @param places in the units of the axes */
	private static void drag(double[]... places) {
		browser.evaluate("document.getElementById('plot').scrollIntoView({ block: 'center', behavior: 'instant' })");
		for (int i = 0; i < places.length; i++) {
			JsonArray pixel = browser.evaluate("(r => pipeorgan.plot.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [%s, %s]).map((at, i) => at + (i ? r.top : r.left)))(document.getElementById('plot').getBoundingClientRect())"
					.formatted(places[i][0], places[i][1])).getAsJsonArray();
			for (String type : i == 0 ? List.of("mouseMoved", "mousePressed") : i + 1 < places.length ? List.of("mouseMoved") : List.of("mouseMoved", "mouseReleased")) {
				browser.send("Input.dispatchMouseEvent", Map.of("type", type, "x", pixel.get(0).getAsDouble(), "y", pixel.get(1).getAsDouble(), "button", "left", "buttons", 1, "clickCount", 1));
			}
		}
	}

	@Test
	void aBrushChoosesPoints() {
		assertEquals("20 of 20 points", text("document.getElementById('chosen-count').textContent"));
		drag(new double[] { 1045, 895 }, new double[] { 1060, 900 }, new double[] { 1080, 920 }, new double[] { 1095, 912 });
		long end = System.nanoTime() + 10_000_000_000L;
		while (text("document.getElementById('chosen-count').textContent").startsWith("20") && System.nanoTime() < end) {
			Thread.onSpinWait();
		}
		// latencies 1050 to 1090 of the points behind the front
		assertEquals("5 of 20 points", text("document.getElementById('chosen-count').textContent"));
		assertEquals(List.of("105", "106", "107", "108", "109"), List.of(text("[...document.querySelectorAll('#chosen tbody button')].map(b => b.textContent).join(' ')").split(" ")));
		browser.evaluate("document.getElementById('all').click()");
		assertEquals("20 of 20 points", text("document.getElementById('chosen-count').textContent"));
	}

	@Test
	void aClickOnAPointOpensIt() {
		drag(new double[] { 1020, 400 }, new double[] { 1020, 400 });
		assertEquals("Point 102, on the front", text("document.getElementById('point-title').textContent"));
	}

	@Test
	void aPointOpensItsMapping() {
		browser.evaluate("[...document.querySelectorAll('#chosen tbody button')].find(b => b.textContent.startsWith('102')).click()");
		assertEquals("Point 102, on the front", text("document.getElementById('point-title').textContent"));
		int segments = Results.small().runs().get(0).segments().size();
		assertEquals(segments, browser.evaluate("document.querySelectorAll('#point-mapping tbody tr').length").getAsInt());
		assertTrue(text("document.getElementById('point-facts').textContent").contains("2 KiB"));
		browser.evaluate("pipeorgan.open(19)");
		assertEquals(0, browser.evaluate("document.querySelectorAll('#point-mapping tr, main b').length").getAsInt());
		assertTrue(text("document.getElementById('point-command').textContent").contains("pipeorgan query points.sqlite --point 119"));
	}

	@Test
	void axesColoursAndThemesAreChosen() {
		browser.evaluate("for (const [id, value] of [['across', 0], ['up', 3], ['colour', 1]]) { const s = document.getElementById(id); s.value = value; s.dispatchEvent(new Event('change')); }");
		assertEquals("mesh,</script><b>", text("pipeorgan.plot.getOption().legend[0].data.join(',')"));
		browser.evaluate("document.getElementById('logarithmic').click()");
		browser.evaluate("document.getElementById('theme').click()");
		assertEquals("Light", text("document.getElementById('theme').textContent"));
		assertEquals(List.of(), browser.errors());
	}
}
