package org.pipeorgan.tests.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.engine.correlation.Correlation;
import org.pipeorgan.engine.report.HtmlReport;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.StudyResult;

import com.google.gson.JsonElement;

/** The page in a real browser: it is used as a reader would, and its values are compared with the result. */
class HtmlReportBrowserTest {
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

	@BeforeEach
	void forget() {
		browser.emulate(1280, 900, "light");
		browser.requests().clear();
		browser.errors().clear();
	}

	private Path open(StudyResult result) throws IOException {
		Path page = Files.writeString(folder.resolve("report.html"), HtmlReport.write(result));
		browser.load(page);
		assertEquals(List.of(), browser.errors());
		return page;
	}

	private static String text(String expression) {
		return browser.evaluate(expression).getAsString();
	}

	private static List<Long> latencies() {
		List<Long> values = new ArrayList<>();
		for (JsonElement value : browser.evaluate("[...document.querySelectorAll('#runs-table tbody tr')].filter(row => !row.hidden)"
				+ ".map(row => Number(row.querySelectorAll('td.n')[0].dataset.value))").getAsJsonArray()) {
			values.add(value.getAsLong());
		}
		return values;
	}

	@Test
	void needsNoNetwork() throws IOException {
		Path page = open(Results.small());
		for (String request : browser.requests()) {
			assertTrue(request.equals(page.toUri().toString()) || request.startsWith("data:") || request.startsWith("blob:"), request);
		}
		assertEquals(List.of(1000L, 1500L), latencies());
		assertEquals(10, browser.evaluate("[...document.querySelectorAll('.chart')].filter(chart => chart.querySelector('svg path')).length").getAsInt());
	}

	@Test
	void sortsByLatency() throws IOException {
		open(Results.large(30, 8));
		String button = "document.querySelector('#runs-table th[data-key=policy] button')";
		browser.evaluate(button + ".click()");
		assertEquals("ascending", text(button + ".parentElement.getAttribute('aria-sort')"));
		assertEquals("layer_by_layer", text("document.querySelector('#runs-table tbody tr').cells[2].textContent"));
		browser.evaluate(button + ".click()");
		assertEquals("descending", text(button + ".parentElement.getAttribute('aria-sort')"));
		assertEquals("tangram", text("document.querySelector('#runs-table tbody tr').cells[2].textContent"));
		open(Results.small());
		browser.evaluate("document.querySelector('#runs-table th[data-key=latency_cycles] button').click()");
		browser.evaluate("document.querySelector('#runs-table th[data-key=latency_cycles] button').click()");
		assertEquals(List.of(1500L, 1000L), latencies());
	}

	@Test
	void filtersAndAverages() throws IOException {
		open(Results.small());
		assertEquals("1,225", text("document.querySelector('#runs-table tfoot td').textContent"));
		browser.evaluate("const policy = document.getElementById('filter-policy'); policy.value = '1'; policy.dispatchEvent(new Event('change'))");
		assertEquals(List.of(1500L), latencies());
		assertEquals("1 of 2 runs", text("document.getElementById('runs-count').textContent"));
		assertEquals("1,500", text("document.querySelector('#runs-table tfoot td').textContent"));
		assertEquals("structured.Tiny mesh tangram 1.88", text("[...document.querySelectorAll('#latency tbody td')].map(cell => cell.textContent).join(' ')"));
	}

	@Test
	void showsWhatGoesOnInsideARun() throws IOException {
		StudyResult result = Results.small();
		open(result);
		browser.evaluate("document.querySelectorAll('#runs-table tbody button')[1].click()");
		assertEquals("image 2048 0;weights of small_conv1 512 0;small_conv1 0 512;weights of conv2 512 0;fc 0 512", text(table("#traffic")));
		// what is held before and after a segment is held past it
		assertEquals("1 0 2048 1024 4096;2 1100 2048 1024 4096", text(table("#buffer")));
		browser.evaluate("document.querySelectorAll('#segments tbody button')[1].click()");
		assertEquals("conv2 0 320 10;fc 40 360 10", text(table("#intervals")));
		String lines = "(() => { const canvas = document.getElementById('array'); return canvas.toDataURL(); })()";
		String without = text(lines);
		browser.evaluate("document.getElementById('show-links').click()");
		assertNotEquals(without, text(lines));
		assertTrue(text("document.getElementById('array-caption').textContent").contains("The busiest takes 1.500 cycles"));
		browser.evaluate("document.querySelector('#array-links details').open = true; new Promise(done => setTimeout(done, 50))");
		// 4 rows of 5 links to the right, 2 rows of 6 downwards, the busiest first
		assertEquals(32, browser.evaluate("document.querySelectorAll('#array-links tbody tr').length").getAsInt());
		assertEquals("(0,0) (2,0) 1.5", text("[...document.querySelector('#array-links tbody tr').cells].slice(0, 3).map(cell => cell.dataset.value || cell.textContent).join(' ')"));
		assertEquals(List.of(), browser.errors());
	}

	/** Rows of a chart's table, numbers in base units. */
	private static String table(String figure) {
		return "[...document.querySelectorAll('" + figure + " tbody tr')].map(row => [...row.cells].map(cell => cell.dataset.value || cell.textContent).filter(text => text && !text.includes('held')).slice(0, 5).join(' ')).join(';')";
	}

	@Test
	void showsWhatOtherSimulatorsSay() throws IOException {
		Path page = Files.writeString(folder.resolve("correlated.html"), HtmlReport.write(Results.small(),
				List.of(new HtmlReport.Answer("timeloop", "Tiny-mesh-pipeorgan", new Correlation.Row("conv1", "cycles", 700, 714, true)),
						new HtmlReport.Answer("scalesim", "Tiny-mesh-pipeorgan", new Correlation.Row("conv1", "cycles", 700, 1400, false)))));
		browser.load(page);
		assertEquals(List.of(), browser.errors());
		assertEquals("timeloop Tiny-mesh-pipeorgan conv1 cycles 700 714 +2.00;scalesim Tiny-mesh-pipeorgan conv1 cycles 700 1,400 –",
				text("[...document.querySelectorAll('#answers-table tbody tr')].map(row => [...row.cells].map(cell => cell.textContent).join(' ')).join(';')"));
		browser.evaluate("document.querySelector('#answers-table th[data-key=simulator_value] button').click(); document.querySelector('#answers-table th[data-key=simulator_value] button').click()");
		assertEquals("scalesim", text("document.querySelector('#answers-table tbody tr').cells[0].textContent"));
	}

	@Test
	void showsARunAndItsSegments() throws IOException {
		StudyResult result = Results.small();
		open(result);
		RunResult tangram = result.runs().get(1);
		browser.evaluate("document.querySelectorAll('#runs-table tbody button')[1].click()");
		assertEquals("1", text("document.getElementById('run-select').value"));
		assertTrue(text("document.getElementById('run-facts').textContent").contains("1,500 cycles, 1.500 \u00b5s"));
		assertEquals(tangram.segments().size(), browser.evaluate("document.querySelectorAll('#segments tbody tr').length").getAsInt());
		browser.evaluate("document.querySelectorAll('#segments tbody button')[1].click()");
		assertEquals("Segment 2 of 2: striped", text("document.getElementById('segment-title').textContent"));
		assertTrue(text("document.getElementById('segment-facts').textContent").contains("400 cycles"));
		assertTrue(text("document.getElementById('segment-facts').textContent").contains("at most 20 intervals: 410 cycles (+2.5 %), 6.000 \u00b5J (+20.0 %), memory 2.000 KiB (the same)"));
		assertEquals("conv2,fc", text("[...document.querySelectorAll('#segment-operators tbody button')].map(button => button.textContent).join()"));
		// Every PE of the canvas has its operator's colour.
		String colours = "(() => { const canvas = document.getElementById('array'), paint = canvas.getContext('2d'); const all = [];"
				+ " for (let r = 0; r < 4; r++) for (let c = 0; c < 6; c++) all.push([...paint.getImageData((c + 0.5) * canvas.width / 6, (r + 0.5) * canvas.height / 4, 1, 1).data].join()); return all; })()";
		var drawn = browser.evaluate(colours).getAsJsonArray();
		List<Integer> owners = tangram.segments().get(1).owners();
		for (int pe = 0; pe < owners.size(); pe++) {
			assertEquals(drawn.get(owners.get(pe) == 0 ? 0 : 23), drawn.get(pe), "PE " + pe);
		}
		assertNotEquals(drawn.get(0), drawn.get(23));
		// Highlighting an operator fades the other.
		browser.evaluate("document.querySelectorAll('#segment-operators tbody button')[1].click()");
		var faded = browser.evaluate(colours).getAsJsonArray();
		assertNotEquals(drawn.get(0), faded.get(0));
		assertEquals(drawn.get(23), faded.get(23));
		browser.evaluate("document.getElementById('segment-previous').click()");
		assertEquals("Segment 1 of 2: whole-array", text("document.getElementById('segment-title').textContent"));
	}

	@Test
	void linksLeadToASegment() throws IOException {
		open(Results.small());
		browser.evaluate("new Promise(done => { addEventListener('hashchange', () => setTimeout(done)); location.hash = '#run=2;segment=2'; })");
		assertEquals("1", text("document.getElementById('run-select').value"));
		assertEquals("Segment 2 of 2: striped", text("document.getElementById('segment-title').textContent"));
	}

	@Test
	void downloadsWhatATableShows() throws IOException {
		open(Results.small());
		browser.evaluate("window.kept = null; const make = URL.createObjectURL; URL.createObjectURL = blob => { window.kept = blob; return make.call(URL, blob); }");
		browser.send("Browser.setDownloadBehavior", Map.of("behavior", "deny"));
		browser.evaluate("document.querySelector('#filters .csv').click()");
		String[] lines = text("window.kept.text()").split("\n");
		assertEquals(3, lines.length);
		assertTrue(lines[0].startsWith("workload,interconnect,policy,latency_cycles,latency_seconds,speedup,lower_bound_ratio,energy_picojoules,memory_bytes"), lines[0]);
		assertTrue(lines[1].startsWith("structured.Tiny,mesh,pipeorgan,1000,"), lines[1]);
		int buttons = browser.evaluate("document.querySelectorAll('button.csv').length").getAsInt();
		int tables = browser.evaluate("document.querySelectorAll('table').length").getAsInt();
		assertEquals(tables, buttons, "each table has its download");
	}

	@Test
	void namesNeverBecomeMarkup() throws IOException {
		open(Results.hostile());
		assertEquals(0, browser.evaluate("document.querySelectorAll('[onclick], main b').length").getAsInt());
		assertEquals(Results.HOSTILE, text("document.querySelector('h1').textContent"));
		assertEquals(Results.HOSTILE, text("document.querySelector('#runs-table tbody tr').cells[2].textContent"));
		assertEquals(Results.HOSTILE + "_conv1", text("document.querySelector('#segment-operators tbody button').textContent"));
	}

	@Test
	void isReadableWithoutScript() throws IOException {
		browser.send("Emulation.setScriptExecutionDisabled", Map.of("value", true));
		try {
			open(Results.small());
			assertEquals(List.of(1000L, 1500L), latencies());
			assertFalse(browser.evaluate("document.getElementById('charts').checkVisibility()").getAsBoolean());
			assertTrue(browser.evaluate("document.querySelector('noscript p').checkVisibility()").getAsBoolean());
		} finally {
			browser.send("Emulation.setScriptExecutionDisabled", Map.of("value", false));
		}
	}

	@Test
	@Tag("slow")
	void fitsEveryWidth() throws IOException {
		for (StudyResult result : List.of(Results.small(), Results.hostile(), Results.large(30, 64))) {
			open(result);
			for (int width : new int[] { 2560, 1280, 768, 360 }) {
				browser.emulate(width, 900, "light");
				browser.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
				assertEquals(width, browser.evaluate("window.innerWidth").getAsInt());
				assertEquals(0, browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth").getAsInt(), result.study() + " at " + width);
				screenshot((result.study().equals(Results.HOSTILE) ? "hostile" : result.study()) + "-" + width);
			}
		}
	}

	@Test
	void followsTheThemeAndTheToggle() throws IOException {
		String background = "getComputedStyle(document.body).backgroundColor";
		open(Results.small());
		String light = text(background);
		browser.evaluate("document.getElementById('theme').click()");
		String dark = text(background);
		assertNotEquals(light, dark);
		browser.emulate(1280, 900, "dark");
		open(Results.small());
		assertEquals(dark, text(background));
		screenshot("small-dark");
	}

	@Test
	@Tag("slow")
	void isAccessible() throws IOException {
		String resource = System.getProperty("pipeorgan.axe");
		assumeTrue(resource != null, "axe-core is not on the class path; the plain tests have it");
		try (InputStream stream = getClass().getResourceAsStream(resource)) {
			String axe = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			for (String scheme : new String[] { "light", "dark" }) {
				browser.emulate(1280, 900, scheme);
				open(Results.large(30, 8));
				browser.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)");
				browser.evaluate(axe);
				assertEquals("", text("axe.run().then(found => found.violations.map(v => v.id + ': ' + v.nodes[0].html).join('\\n'))"), scheme);
			}
		}
	}

	@Test
	void keyboardReachesEverything() throws IOException {
		open(Results.small());
		int controls = browser.evaluate("[...document.querySelectorAll('button, select, a[href], summary, [tabindex=\"0\"]')]"
				+ ".filter(e => !e.disabled && e.checkVisibility()).length").getAsInt();
		browser.evaluate("document.activeElement.blur()");
		int reached = 0;
		for (int i = 0; i < controls; i++) {
			for (String type : new String[] { "keyDown", "keyUp" }) {
				browser.send("Input.dispatchKeyEvent", Map.of("type", type, "key", "Tab", "code", "Tab", "windowsVirtualKeyCode", 9));
			}
			if (browser.evaluate("document.activeElement !== document.body && document.activeElement.matches(':focus-visible') "
					+ "&& getComputedStyle(document.activeElement).outlineStyle !== 'none'").getAsBoolean()) {
				reached++;
			}
		}
		assertEquals(controls, reached);
	}

	@Test
	void staysQuickWithManyOperators() throws IOException {
		open(Results.large(423, 64));
		double milliseconds = browser.evaluate("(() => { const begin = performance.now(); for (let i = 0; i < 10; i++) document.getElementById('segment-next').click();"
				+ " return (performance.now() - begin) / 10; })()").getAsDouble();
		assertTrue(milliseconds < 500, milliseconds + " ms to show a segment");
	}

	/** For people to look at; written only where the build names a folder. */
	private static void screenshot(String name) throws IOException {
		String into = System.getProperty("pipeorgan.screenshots");
		if (into != null) {
			Files.createDirectories(Path.of(into));
			String picture = browser.send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true)).get("data").getAsString();
			Files.write(Path.of(into, "report-" + name + ".png"), Base64.getDecoder().decode(picture));
		}
	}
}
