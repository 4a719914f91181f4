package org.pipeorgan.dsl.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.eclipse.xtext.diagnostics.Severity;

import com.google.common.xml.XmlEscapers;
import com.google.gson.stream.JsonWriter;

/** Problems in the formats of code-review and build systems. Same problems, same bytes. */
final class MessageFormats {
	private static final String TOOL = "PipeOrgan Workbench";

	private MessageFormats() {
	}

	/** SARIF 2.1.0; paths are relative where the files were given so. */
	static String sarif(Collection<Message> messages) {
		StringWriter text = new StringWriter();
		try (JsonWriter json = new JsonWriter(text)) {
			json.setIndent("  ");
			json.beginObject().name("$schema").value("https://json.schemastore.org/sarif-2.1.0.json").name("version").value("2.1.0");
			json.name("runs").beginArray().beginObject();
			json.name("tool").beginObject().name("driver").beginObject().name("name").value(TOOL).name("rules").beginArray();
			for (String code : messages.stream().map(Message::code).distinct().sorted().toList()) {
				json.beginObject().name("id").value(code).endObject();
			}
			json.endArray().endObject().endObject();
			json.name("columnKind").value("utf16CodeUnits");
			json.name("results").beginArray();
			for (Message message : messages) {
				result(json, message);
			}
			json.endArray().endObject().endArray().endObject();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return text + "\n";
	}

	private static void result(JsonWriter json, Message message) throws IOException {
		json.beginObject().name("ruleId").value(message.code()).name("level").value(message.isError() ? "error" : message.severity() == Severity.WARNING ? "warning" : "note");
		json.name("message").beginObject().name("text").value(message.text()).endObject();
		json.name("locations").beginArray().beginObject().name("physicalLocation").beginObject();
		json.name("artifactLocation").beginObject().name("uri").value(uri(message.file())).endObject();
		json.name("region").beginObject().name("startLine").value(message.line()).name("startColumn").value(message.column()).endObject();
		json.endObject().endObject().endArray().endObject();
	}

	/** A relative path stays relative, so that a review system finds the file in its own checkout. */
	private static String uri(String file) {
		Path path = Path.of(file);
		if (path.isAbsolute()) {
			return path.toUri().toString();
		}
		Path here = Path.of("").toAbsolutePath();
		return here.toUri().relativize(here.resolve(path).normalize().toUri()).toString();
	}

	/** JUnit's XML: a test for each file, which fails with the file's errors; other problems are in its output. */
	static String junit(List<Path> files, Collection<Message> messages) {
		// what an imported file is to blame for is a test of its own
		Map<String, List<Message>> byFile = messages.stream().collect(Collectors.groupingBy(Message::file, java.util.TreeMap::new, Collectors.toList()));
		files.forEach(file -> byFile.putIfAbsent(file.toString(), List.of()));
		long failures = byFile.values().stream().filter(list -> list.stream().anyMatch(Message::isError)).count();
		StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
		xml.append("<testsuite name=\"").append(TOOL).append("\" tests=\"").append(byFile.size()).append("\" failures=\"").append(failures).append("\" errors=\"0\" skipped=\"0\">\n");
		byFile.forEach((file, problems) -> {
			xml.append("  <testcase classname=\"pipeorgan.validate\" name=\"").append(XmlEscapers.xmlAttributeEscaper().escape(file)).append("\">\n");
			List<Message> errors = problems.stream().filter(Message::isError).toList();
			if (!errors.isEmpty()) {
				xml.append("    <failure message=\"").append(XmlEscapers.xmlAttributeEscaper().escape(errors.get(0).toString())).append("\">").append(lines(errors)).append("</failure>\n");
			}
			List<Message> others = problems.stream().filter(message -> !message.isError()).toList();
			if (!others.isEmpty()) {
				xml.append("    <system-out>").append(lines(others)).append("</system-out>\n");
			}
			xml.append("  </testcase>\n");
		});
		return xml.append("</testsuite>\n").toString();
	}

	private static String lines(List<Message> messages) {
		return XmlEscapers.xmlContentEscaper().escape(messages.stream().map(Message::toString).collect(Collectors.joining("\n")));
	}
}
