package org.pipeorgan.dsl.ui.help;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.graphics.Font;

/** A page of the documentation as text with fonts, for platforms without a browser. UI thread only. */
final class StyledMarkdown extends AbstractVisitor {
	private final StringBuilder text = new StringBuilder();
	private final List<StyleRange> styles = new ArrayList<>();
	private final List<Integer> sections = new ArrayList<>();
	private int indent;

	private StyledMarkdown() {
	}

	/**
	 * What to show.
	 *
	 * @param text the words
	 * @param styles their fonts, in order and apart
	 * @param sections where each heading begins
	 */
	record Shown(String text, List<StyleRange> styles, List<Integer> sections) {
	}

	/** What to show of a page. */
	static Shown of(Node page) {
		StyledMarkdown visitor = new StyledMarkdown();
		page.accept(visitor);
		return new Shown(visitor.text.toString(), visitor.styles, visitor.sections);
	}

	@Override
	public void visit(Heading heading) {
		begin();
		sections.add(text.length());
		String title = Documentation.text(heading);
		Font font = heading.getLevel() == 1 ? JFaceResources.getFontRegistry().getBold(JFaceResources.HEADER_FONT) : JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT);
		styled(title, font, SWT.BOLD);
		text.append("\n\n");
	}

	@Override
	public void visit(Paragraph paragraph) {
		visitChildren(paragraph);
		text.append(paragraph.getParent() instanceof ListItem ? "\n" : "\n\n");
	}

	@Override
	public void visit(BulletList list) {
		indent++;
		visitChildren(list);
		indent--;
		end(list);
	}

	@Override
	public void visit(OrderedList list) {
		indent++;
		visitChildren(list);
		indent--;
		end(list);
	}

	@Override
	public void visit(ListItem item) {
		begin();
		text.append("  ".repeat(indent - 1)).append(" \u2022 ");
		visitChildren(item);
	}

	@Override
	public void visit(FencedCodeBlock block) {
		code(block.getLiteral());
	}

	@Override
	public void visit(IndentedCodeBlock block) {
		code(block.getLiteral());
	}

	@Override
	public void visit(Text words) {
		text.append(words.getLiteral());
	}

	@Override
	public void visit(Code code) {
		styled(code.getLiteral(), JFaceResources.getTextFont(), SWT.NORMAL);
	}

	@Override
	public void visit(Emphasis emphasis) {
		styled(Documentation.text(emphasis), null, SWT.ITALIC);
	}

	@Override
	public void visit(StrongEmphasis emphasis) {
		styled(Documentation.text(emphasis), null, SWT.BOLD);
	}

	@Override
	public void visit(Link link) {
		visitChildren(link);
	}

	@Override
	public void visit(SoftLineBreak line) {
		text.append(' ');
	}

	@Override
	public void visit(HardLineBreak line) {
		text.append('\n');
	}

	@Override
	public void visit(CustomBlock block) {
		if (block instanceof TableBlock) {
			table(block);
		}
	}

	private void table(CustomBlock table) {
		List<List<String>> rows = new ArrayList<>();
		table.accept(new AbstractVisitor() {
			@Override
			public void visit(CustomNode node) {
				if (node instanceof TableRow) {
					rows.add(new ArrayList<>());
				} else if (node instanceof TableCell) {
					rows.get(rows.size() - 1).add(Documentation.text(node));
				}
				visitChildren(node);
			}
		});
		int columns = rows.stream().mapToInt(List::size).max().orElse(0);
		int[] widths = new int[columns];
		rows.forEach(row -> {
			for (int i = 0; i < row.size(); i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		});
		StringBuilder lines = new StringBuilder();
		for (List<String> row : rows) {
			for (int i = 0; i < row.size(); i++) {
				lines.append(row.get(i)).append(i == row.size() - 1 ? "" : " ".repeat(widths[i] - row.get(i).length() + 2));
			}
			lines.append('\n');
		}
		code(lines.toString());
	}

	private void code(String lines) {
		begin();
		styled(lines.stripTrailing().indent(3), JFaceResources.getTextFont(), SWT.NORMAL);
		text.append('\n');
	}

	private void begin() {
		if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
			text.append('\n');
		}
	}

	private void end(Node list) {
		if (!(list.getParent() instanceof ListItem)) {
			text.append('\n');
		}
	}

	private void styled(String words, Font font, int style) {
		StyleRange range = new StyleRange();
		range.start = text.length();
		range.length = words.length();
		range.font = font;
		range.fontStyle = style;
		text.append(words);
		if (range.length > 0) {
			styles.add(range);
		}
	}
}
