package org.pipeorgan.dsl.ui.help;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.eclipse.core.runtime.Platform;
import org.osgi.framework.Bundle;

/**
 * The documentation: the same files as on the web, from the bundles that they describe. Pages are called by the names of
 * their files without ending; links between them become links between pages.
 */
public final class Documentation {
	/** All pages begin with this in the help system, and end with {@link #SUFFIX}. */
	static final String PREFIX = "docs/";
	/** See {@link #PREFIX}. */
	static final String SUFFIX = ".html";
	private static final String UI = "org.pipeorgan.dsl.ui";
	private static final String LANGUAGE = "org.pipeorgan.dsl";
	private static final String ENGINE = "org.pipeorgan.engine";

	/** The pages, in the order of the contents. */
	public static final List<Page> PAGES = List.of(new Page("workbench", UI), new Page("language-reference", LANGUAGE), new Page("problems", LANGUAGE), new Page("model", ENGINE),
			new Page("simulation", ENGINE), new Page("simulators", ENGINE));

	/**
	 * A page.
	 *
	 * @param name name of its file without ending
	 * @param bundle the bundle that holds it
	 */
	public record Page(String name, String bundle) {
		/** Its text. */
		public String text() {
			Bundle holder = Platform.getBundle(bundle);
			URL url = holder == null ? null : holder.getEntry("docs/" + name + ".md");
			if (url == null) {
				return "# " + name + "\n\nThis page is missing from the installation.\n";
			}
			try (InputStream stream = url.openStream()) {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			} catch (IOException e) {
				return "# " + name + "\n\nThis page cannot be read: " + e.getMessage() + "\n";
			}
		}

		/** What it is called in the help system, within this bundle. */
		String href() {
			return PREFIX + name + SUFFIX;
		}
	}

	/**
	 * A heading of a page.
	 *
	 * @param level from 1
	 * @param title its text
	 * @param anchor by which links find it
	 */
	public record Section(int level, String title, String anchor) {
	}

	private Documentation() {
	}

	/** The page of this name; empty if there is none. */
	public static Optional<Page> page(String name) {
		return PAGES.stream().filter(page -> page.name.equals(name)).findFirst();
	}

	/** The page parsed, with links to other files of the project turned to pages, or taken away where there is none. */
	static Node parse(Page page) {
		Node root = Parser.builder().extensions(List.of(TablesExtension.create())).build().parse(page.text());
		List<Link> links = new ArrayList<>();
		root.accept(new AbstractVisitor() {
			@Override
			public void visit(Link link) {
				links.add(link);
				super.visit(link);
			}
		});
		links.forEach(Documentation::redirect);
		return root;
	}

	/** The page as HTML. */
	public static String html(Page page) {
		String body = HtmlRenderer.builder().extensions(List.of(TablesExtension.create(), HeadingAnchorExtension.create())).build().render(parse(page));
		return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + sections(page).get(0).title + "</title><style>body{font-family:sans-serif;max-width:60em;margin:1.5em;line-height:1.45}"
				+ "table{border-collapse:collapse}td,th{border:1px solid #9aa6b8;padding:.2em .6em;vertical-align:top}pre{background:#f2f4f8;padding:.6em;overflow:auto}code{background:#f2f4f8}"
				+ "</style></head><body>\n" + body + "</body></html>\n";
	}

	/** The headings of a page in order; the first is its title. */
	public static List<Section> sections(Page page) {
		IdGenerator anchors = IdGenerator.builder().build();
		List<Section> sections = new ArrayList<>();
		for (Node node = parse(page).getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Heading heading) {
				String title = text(heading);
				sections.add(new Section(heading.getLevel(), title, anchors.generateId(title)));
			}
		}
		return sections.isEmpty() ? List.of(new Section(1, page.name, page.name)) : sections;
	}

	/** The words below a node. */
	static String text(Node node) {
		StringBuilder text = new StringBuilder();
		node.accept(new AbstractVisitor() {
			@Override
			public void visit(Text words) {
				text.append(words.getLiteral());
			}

			@Override
			public void visit(Code code) {
				text.append(code.getLiteral());
			}
		});
		return text.toString();
	}

	private static void redirect(Link link) {
		String target = link.getDestination();
		if (target.startsWith("#") || target.contains("://")) {
			return;
		}
		String file = target.substring(target.lastIndexOf('/') + 1);
		String anchor = file.contains("#") ? file.substring(file.indexOf('#')) : "";
		String name = file.replaceFirst("#.*", "").replaceFirst("\\.md$", "");
		if (page(name).isPresent()) {
			link.setDestination(name + SUFFIX + anchor);
		} else {
			for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
				link.insertBefore(child);
			}
			link.unlink();
		}
	}
}
