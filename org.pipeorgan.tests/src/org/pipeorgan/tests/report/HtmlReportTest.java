package org.pipeorgan.tests.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.pipeorgan.engine.report.HtmlReport;
import org.pipeorgan.engine.report.JsonReport;
import org.pipeorgan.engine.result.StudyResult;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** What can be said of the page without a browser. */
class HtmlReportTest {
	private static final Pattern SCRIPT = Pattern.compile("<script(?<attributes>[^>]*)>(?<text>.*?)</script>", Pattern.DOTALL);
	private static final Pattern LICENCES = Pattern.compile("<pre tabindex=\"0\">.*?</pre>", Pattern.DOTALL);

	@Test
	void asksForNothingOutside() {
		String page = HtmlReport.write(Results.small());
		var scripts = SCRIPT.matcher(page).results().toList();
		assertEquals(List.of(" id=\"data\" type=\"application/json\"", "", ""), scripts.stream().map(script -> script.group(1)).toList());
		assertTrue(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"));
		String markup = LICENCES.matcher(SCRIPT.matcher(page).replaceAll("")).replaceAll("");
		for (String outside : new String[] { "src=", "<link", "<iframe", "<object", "@import", "url(", "http:", "https:", "//" }) {
			assertFalse(markup.contains(outside), outside);
		}
		String own = scripts.get(2).group(2);
		for (String outside : new String[] { "fetch(", "XMLHttpRequest", "import(", "WebSocket", "sendBeacon", "http:", "https:", "innerHTML" }) {
			assertFalse(own.contains(outside), outside);
		}
	}

	@Test
	void keepsTheNoticesOfTheChartLibrary() {
		String page = HtmlReport.write(Results.small());
		assertTrue(page.contains("Licensed to the Apache Software Foundation (ASF) under one"));
		assertTrue(page.contains("Apache ECharts\nCopyright"));
		assertTrue(page.contains("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"));
		assertTrue(page.contains("Bostock"));
	}

	@Test
	void sameResultSameBytes() {
		assertEquals(HtmlReport.write(Results.small("latency", 0.25)), HtmlReport.write(Results.small("latency", 17)));
		assertFalse(HtmlReport.write(Results.small()).contains("\r"));
	}

	@Test
	void embedsTheResultLessSeconds() {
		for (StudyResult result : List.of(Results.small(), Results.hostile())) {
			JsonObject expected = JsonParser.parseString(JsonReport.write(result)).getAsJsonObject();
			for (JsonElement run : expected.getAsJsonArray("runs")) {
				run.getAsJsonObject().getAsJsonObject("search").remove("seconds");
			}
			var data = SCRIPT.matcher(HtmlReport.write(result));
			assertTrue(data.find());
			assertEquals(expected, JsonParser.parseString(data.group("text")));
		}
	}

	/** The owners of PEs in result.json, decoded as its schema says, are those of the result. */
	@Test
	void ownersComeBack() {
		for (StudyResult result : List.of(Results.small(), Results.large(30, 64))) {
			var runs = JsonParser.parseString(JsonReport.write(result)).getAsJsonObject().getAsJsonArray("runs");
			for (int r = 0; r < runs.size(); r++) {
				var segments = runs.get(r).getAsJsonObject().getAsJsonArray("segments");
				for (int s = 0; s < segments.size(); s++) {
					assertEquals(result.runs().get(r).segments().get(s).owners(), decode(segments.get(s).getAsJsonObject().getAsJsonObject("owners")));
				}
			}
		}
	}

	private static List<Integer> decode(JsonObject owners) {
		List<List<Integer>> rows = new ArrayList<>();
		for (JsonElement row : owners.getAsJsonArray("rows")) {
			if (row.getAsString().startsWith("<")) {
				List<Integer> shifted = new ArrayList<>(rows.get(rows.size() - 1));
				shifted.remove(0);
				shifted.add(Integer.valueOf(row.getAsString().substring(1)));
				rows.add(shifted);
			} else {
				rows.add(expand(row.getAsString()));
			}
		}
		return expand(owners.get("order").getAsString()).stream().flatMap(row -> rows.get(row).stream()).toList();
	}

	private static List<Integer> expand(String runs) {
		List<Integer> values = new ArrayList<>();
		for (String run : runs.split(" ")) {
			String[] parts = run.split("\\*");
			for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
				values.add(parts[0].equals("-") ? -1 : Integer.parseInt(parts[0]));
			}
		}
		return values;
	}

	@Test
	void namesStayText() {
		String page = HtmlReport.write(Results.hostile());
		assertEquals(3, SCRIPT.matcher(page).results().count());
		assertFalse(page.contains("<b onclick"));
		String script = page.substring(page.indexOf("<script"));
		assertFalse(script.contains("\u2028") || script.contains("\u2029"));
		String escaped = "a&lt;/script&gt;&lt;b onclick=&#39;x()&#39;&gt;&quot;&amp;amp;";
		assertTrue(page.contains("<h1>" + escaped), "heading");
		assertTrue(page.contains("{{css}}$1\\ \u00fc\u6f22\ud83c\udfb9</h1>"), "placeholders in names are not filled in");
	}

	@Test
	void saysWhoWonAndHowMuchIsLeft() {
		assertTrue(HtmlReport.write(Results.small()).contains("<p><strong>pipeorgan</strong> on <strong>mesh</strong> is fastest: "
				+ "<strong>1.50\u00d7</strong> the speed of the baseline, <strong>tangram</strong> on <strong>mesh</strong>, on structured.Tiny.</p>"));
		assertTrue(HtmlReport.write(Results.small()).contains("The ceiling is <strong>1.88\u00d7</strong>"));
		assertTrue(HtmlReport.write(Results.small()).contains("At most 25.0\u202f% is left to win."));
		assertTrue(HtmlReport.write(Results.small("energy", 1)).contains("uses the least energy: the baseline, "));
		assertTrue(HtmlReport.write(Results.small("memory", 1)).contains("No policy does better than the baseline, "));
		assertTrue(HtmlReport.write(Results.large(6, 4)).contains("names no baseline"));
		assertTrue(HtmlReport.write(new StudyResult("none", "latency", List.of(), List.of())).contains("The study has no runs."));
	}

	@Test
	void tableIsReadableWithoutScript() {
		String page = HtmlReport.write(Results.small());
		for (String cell : new String[] { "<th scope=\"col\" class=\"n\" data-key=\"latency_cycles\">Latency<span class=\"unit\">cycles</span></th>",
				"<td class=\"n\" data-value=\"1500\">1,500</td>", "<span class=\"unit\">\u00b5s</span>", ">1.500</td>",
				"<td class=\"n\" data-value=\"1.25\">1.25</td>", "<span class=\"unit\">KiB</span>", "<td class=\"n\" data-value=\"4096\">4.000</td>",
				"<span class=\"unit\">\u00b5J</span>", "<td class=\"n\" data-value=\"10000000\">10.00</td>" }) {
			assertTrue(page.contains(cell), cell);
		}
	}

	@Test
	void staysBelowFiveMegabytes() {
		String page = HtmlReport.write(Results.large(423, 64));
		int bytes = page.getBytes(StandardCharsets.UTF_8).length;
		assertTrue(bytes < 5_000_000, bytes + " bytes");
	}
}
