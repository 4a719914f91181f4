package org.pipeorgan.tests.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.journey.WorkbenchRobot.page;
import static org.pipeorgan.journey.WorkbenchRobot.screenshot;
import static org.pipeorgan.journey.WorkbenchRobot.ui;
import static org.pipeorgan.journey.WorkbenchRobot.waitFor;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.help.HelpSystem;
import org.eclipse.help.IContext;
import org.eclipse.help.IHelpResource;
import org.eclipse.help.IToc;
import org.eclipse.help.ITopic;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.cheatsheets.OpenCheatSheetAction;
import org.eclipse.ui.commands.ICommandService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pipeorgan.dsl.ui.help.Documentation;
import org.pipeorgan.dsl.ui.help.DocumentationView;

/** Help: contents and context help from the documentation's files, the guide's view, the cheat sheet. */
@Tag("workbench")
class HelpTest {
	@RegisterExtension
	private final WorkbenchDriver workbench = new WorkbenchDriver();

	@Test
	void contentsAreTheDocumentation() throws Exception {
		IToc book = Arrays.stream(HelpSystem.getTocs()).filter(toc -> toc.getLabel().equals("PipeOrgan Workbench Guide")).findFirst().orElseThrow();
		assertEquals(Documentation.PAGES.size(), book.getTopics().length);
		for (ITopic topic : book.getTopics()) {
			String name = topic.getHref().replaceFirst(".*/", "").replace(".html", "");
			assertEquals(Documentation.sections(Documentation.page(name).orElseThrow()).get(0).title(), topic.getLabel());
			String html = html(topic.getHref());
			assertFalse(html.contains("missing from the installation"), topic.getHref());
			Matcher links = Pattern.compile("href=\"([^\"#:]+)(#[^\"]*)?\"").matcher(html);
			while (links.find()) {
				assertTrue(Documentation.page(links.group(1).replace(".html", "")).isPresent(), topic.getHref() + " links to " + links.group(1));
			}
		}
		String source = Files.readString(Path.of(System.getProperty("pipeorgan.root"), "org.pipeorgan.engine", "docs", "model.md"));
		assertEquals(source, Documentation.page("model").orElseThrow().text(), "the page is the file on the web");
	}

	@Test
	void everyContextLeadsToAPage() throws Exception {
		Path sources = Path.of(System.getProperty("pipeorgan.root"), "org.pipeorgan.dsl.ui");
		Matcher contexts = Pattern.compile("context id=\"(\\w+)\"").matcher(Files.readString(sources.resolve("contexts.xml")));
		Set<String> declared = new HashSet<>();
		while (contexts.find()) {
			declared.add(contexts.group(1));
			IContext context = HelpSystem.getContext("org.pipeorgan.dsl.ui." + contexts.group(1));
			assertNotNull(context, contexts.group(1));
			for (IHelpResource topic : context.getRelatedTopics()) {
				String anchor = topic.getHref().contains("#") ? topic.getHref().replaceFirst(".*#", "") : "";
				assertTrue(html(topic.getHref().replaceFirst("#.*", "")).contains(anchor.isEmpty() ? "<h1" : "id=\"" + anchor + "\""), topic.getHref());
			}
		}
		Set<String> used = new HashSet<>(Set.of("editor"));
		try (var files = Files.walk(sources.resolve("src"))) {
			for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
				Matcher uses = Pattern.compile("Help\\.set\\([^\"]*\"(\\w+)\"\\)").matcher(Files.readString(file));
				while (uses.find()) {
					used.add(uses.group(1));
				}
			}
		}
		assertEquals(declared, used);
	}

	@Test
	void showsTheGuideWithoutABrowser() throws Exception {
		DocumentationView view = (DocumentationView) ui(() -> page().showView(DocumentationView.ID));
		waitFor("the guide", () -> view.text().startsWith("The workbench"));
		ui(() -> {
			view.open("problems#unused-parameter");
			return null;
		});
		waitFor("the page", () -> view.text().contains("A parameter that nothing is computed from."));
		screenshot("guide");
		ui(() -> {
			page().hideView(view);
			return null;
		});
	}

	@Test
	void opensTheCheatSheetWhoseStepsCanBeDone() throws Exception {
		ui(() -> {
			new OpenCheatSheetAction("org.pipeorgan.dsl.ui.firstStudy").run();
			return null;
		});
		waitFor("the cheat sheet", () -> page().findView("org.eclipse.ui.cheatsheets.views.CheatSheetView") != null);
		screenshot("cheat-sheet");
		String sheet = Files.readString(Path.of(System.getProperty("pipeorgan.root"), "org.pipeorgan.dsl.ui", "first-study.xml"));
		Matcher commands = Pattern.compile("serialization=\"([^\"]+)\"").matcher(sheet);
		List<String> undefined = new ArrayList<>();
		while (commands.find()) {
			ParameterizedCommand command = PlatformUI.getWorkbench().getService(ICommandService.class).deserialize(commands.group(1));
			if (!command.getCommand().isDefined()) {
				undefined.add(commands.group(1));
			}
		}
		assertEquals(List.of(), undefined);
		ui(() -> {
			page().hideView(page().findView("org.eclipse.ui.cheatsheets.views.CheatSheetView"));
			return null;
		});
	}

	private static String html(String href) throws Exception {
		try (InputStream stream = HelpSystem.getHelpContent(href)) {
			assertNotNull(stream, href);
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}
}
