package org.pipeorgan.tests.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.pipeorgan.engine.report.CsvReport;
import org.pipeorgan.engine.report.HtmlReport;
import org.pipeorgan.engine.report.JsonReport;
import org.pipeorgan.engine.report.MarkdownReport;
import org.pipeorgan.engine.report.ResultReader;
import org.pipeorgan.engine.result.Simulation;
import org.pipeorgan.engine.result.StudyResult;

class ResultReaderTest {
	@Test
	void whatIsReadIsWrittenTheSame() {
		for (StudyResult result : new StudyResult[] { Results.small(), Results.hostile(), Results.large(9, 8), Results.infeasible("needs 9 B") }) {
			String text = JsonReport.write(result);
			assertEquals(text, JsonReport.write(ResultReader.read(text)));
		}
	}

	@Test
	void whatIsNoResultIsRefusedWithThePlace() {
		String text = JsonReport.write(Results.small());
		refused("this is no JSON: End of input at line", text.substring(0, 100));
		refused("it has no 'schema'", "[]");
		refused("the format is 'pipeorgan-result/0', but this version reads 'pipeorgan-result/1'", text.replace("pipeorgan-result/1", "pipeorgan-result/0"));
		refused("runs[0].latency_seconds is missing", text.replaceFirst("\"latency_seconds\"", "\"latency_second\""));
		refused("runs[0].segments[0].owners.", text.replaceFirst("0\\*6", "0*5"));
	}

	private static void refused(String message, String text) {
		String said = assertThrows(IllegalArgumentException.class, () -> ResultReader.read(text)).getMessage();
		assertTrue(said.contains(message), said);
	}

	@Test
	void namesAreNoMarkup() {
		String text = MarkdownReport.write(Results.hostile());
		assertTrue(text.lines().filter(line -> line.startsWith("|")).map(line -> line.replace("\\|", "").chars().filter(c -> c == '|').count()).distinct().count() == 2, text);
		assertTrue(!text.contains("<script"), text);
	}

	@Test
	void aRunWithoutAMappingSaysWhyInEveryReport() {
		StudyResult partly = Results.infeasible("needs 9 B, has 8 B");
		assertTrue(HtmlReport.write(partly).contains("Runs without a mapping</h3>") && HtmlReport.write(partly).contains("<td>needs 9 B, has 8 B</td>"));
		assertTrue(MarkdownReport.write(partly).contains("| structured.Tiny | test | mesh | tangram | needs 9 B, has 8 B |"));
		String[] rows = CsvReport.write(partly).split("\n");
		assertTrue(rows.length == 3 && rows[2].startsWith("Tiny,structured,test,mesh,tangram,,") && rows[2].endsWith(",\"needs 9 B, has 8 B\""), rows[2]);
		StudyResult none = new StudyResult("none", "latency", List.of(), partly.infeasible(), List.of());
		assertTrue(HtmlReport.write(none).contains("No run of the study has a mapping."));
	}

	@Test
	void aSimulatedRunSaysSoInEveryReport() {
		StudyResult plain = Results.small();
		StudyResult simulated = new StudyResult(plain.study(), plain.objective(), List.of(plain.runs().get(0).with(new Simulation(List.of(750L, 350L), "")), plain.runs().get(1)), plain.comparisons());
		assertTrue(!HtmlReport.write(plain).contains("data-key=\"simulated_cycles\""));
		String page = HtmlReport.write(simulated);
		assertTrue(page.contains("data-key=\"simulated_cycles\"") && page.contains("data-value=\"1100\"") && page.contains("data-value=\"1.1\""));
		assertTrue(CsvReport.write(simulated).lines().skip(1).findFirst().orElseThrow().endsWith(",1100,"));
		String text = JsonReport.write(simulated);
		assertEquals(text, JsonReport.write(ResultReader.read(text)));
	}
}
