package org.pipeorgan.dsl.ui.views;

import java.util.Locale;
import java.util.function.BiConsumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.MouseListener;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.ScrollBar;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;

/**
 * When each operator of a run is on the array: a line an operator, time to the right. Operators of one segment are there
 * together. Only the lines that are visible are painted.
 */
public final class TimelineCanvas extends Canvas {
	private static final int LINE = 16;
	private static final int AXIS = 20;
	private static final int NAMES = 150;
	/** A scroll bar may lie over the end. */
	private static final int END = 14;
	private static final int TICKS = 6;

	private final BiConsumer<Integer, Integer> selected;
	private final Control themed;
	private RunResult run;
	private int segment = -1;
	private int operator = -1;

	/**
	 * Makes the canvas.
	 *
	 * @param themed has the colours of the theme, which a canvas that scrolls is not given
	 * @param selected told segment and operator that the user chose
	 */
	TimelineCanvas(Composite parent, Control themed, BiConsumer<Integer, Integer> selected) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.V_SCROLL | SWT.BORDER);
		this.selected = selected;
		this.themed = themed;
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.Resize, event -> adjust());
		getVerticalBar().addListener(SWT.Selection, event -> redraw());
		addMouseListener(MouseListener.mouseDownAdapter(event -> choose(event.y)));
		addListener(SWT.MouseMove, event -> setToolTipText(tip(event.y)));
	}

	/** Shows a run; {@code null} for none. */
	void show(RunResult shown) {
		run = shown;
		segment = -1;
		operator = -1;
		getVerticalBar().setSelection(0);
		adjust();
	}

	/** Has a segment and one of its operators stand out; -1 for none. */
	void select(int shownSegment, int shownOperator) {
		segment = shownSegment;
		operator = shownOperator;
		reveal();
		redraw();
	}

	private int lines() {
		return run == null ? 0 : run.segments().stream().mapToInt(SegmentResult::depth).sum();
	}

	private void adjust() {
		ScrollBar bar = getVerticalBar();
		int page = Math.max(1, (getClientArea().height - AXIS) / LINE);
		bar.setValues(Math.min(bar.getSelection(), Math.max(0, lines() - page)), 0, Math.max(1, lines()), Math.min(page, Math.max(1, lines())), 3, page);
		bar.setVisible(lines() > page);
		redraw();
	}

	private void reveal() {
		if (run == null || segment < 0) {
			return;
		}
		int line = run.segments().subList(0, segment).stream().mapToInt(SegmentResult::depth).sum() + Math.max(0, operator);
		ScrollBar bar = getVerticalBar();
		if (line < bar.getSelection() || line >= bar.getSelection() + bar.getThumb()) {
			bar.setSelection(Math.max(0, line - bar.getThumb() / 2));
		}
	}

	private void paint(GC gc) {
		Rectangle area = getClientArea();
		Color ground = themed.getBackground();
		Color ink = themed.getForeground();
		gc.setBackground(ground);
		gc.fillRectangle(area);
		if (run == null) {
			return;
		}
		double scale = (double) Math.max(1, area.width - NAMES - END) / Math.max(1, run.latencyCycles());
		axis(gc, area, scale, ink, ground);
		int first = getVerticalBar().getSelection();
		int line = 0;
		long begin = 0;
		for (int s = 0; s < run.segments().size(); s++) {
			SegmentResult part = run.segments().get(s);
			for (int o = 0; o < part.depth(); o++, line++) {
				int y = AXIS + (line - first) * LINE;
				if (y < AXIS || y > area.height) {
					continue;
				}
				boolean stands = s == segment && (operator < 0 || o == operator);
				if (s == segment) {
					gc.setBackground(new Color(OperatorColors.mix(ground.getRGB(), ink.getRGB(), 0.1)));
					gc.fillRectangle(0, y, area.width, LINE);
				}
				gc.setForeground(ink);
				gc.setBackground(ground);
				gc.setClipping(0, y, NAMES - 6, LINE);
				gc.drawText(part.operators().get(o), 4, y + (LINE - gc.getFontMetrics().getHeight()) / 2, true);
				gc.setClipping((Rectangle) null);
				int x = NAMES + (int) (begin * scale);
				int width = Math.max(2, (int) Math.ceil(part.latencyCycles() * scale));
				gc.setBackground(new Color(OperatorColors.of(o)));
				gc.fillRectangle(x, y + 2, width, LINE - 4);
				if (stands) {
					gc.drawRectangle(x - 1, y + 1, width + 1, LINE - 3);
				}
			}
			begin += part.latencyCycles();
		}
	}

	private void axis(GC gc, Rectangle area, double scale, Color ink, Color ground) {
		gc.setForeground(new Color(OperatorColors.mix(ink.getRGB(), ground.getRGB(), 0.35)));
		int ticks = Math.clamp((area.width - NAMES) / 110, 1, TICKS);
		for (int i = 0; i <= ticks; i++) {
			long cycles = run.latencyCycles() * i / ticks;
			int x = NAMES + (int) (cycles * scale);
			String text = i == 0 ? "0" : String.format(Locale.ROOT, "%,d", cycles) + (i == ticks ? " cycles" : "");
			int wide = gc.textExtent(text).x;
			gc.drawText(text, Math.clamp(x - wide / 2, NAMES, Math.max(NAMES, area.width - wide - END)), 1, true);
			gc.setLineStyle(SWT.LINE_DOT);
			gc.drawLine(x, AXIS - 3, x, area.height);
			gc.setLineStyle(SWT.LINE_SOLID);
		}
		gc.setForeground(ink);
	}

	/** Segment and operator at a height; {@code null} for none. */
	private int[] at(int y) {
		int wanted = getVerticalBar().getSelection() + (y - AXIS) / LINE;
		if (run == null || y < AXIS) {
			return null;
		}
		for (int s = 0; s < run.segments().size(); s++) {
			int depth = run.segments().get(s).depth();
			if (wanted < depth) {
				return new int[] { s, wanted };
			}
			wanted -= depth;
		}
		return null;
	}

	private void choose(int y) {
		int[] place = at(y);
		if (place != null) {
			selected.accept(place[0], place[1]);
		}
	}

	private String tip(int y) {
		int[] place = at(y);
		if (place == null) {
			return null;
		}
		SegmentResult part = run.segments().get(place[0]);
		return String.format(Locale.ROOT, "%s, segment %d: %,d cycles, bound by %s", part.operators().get(place[1]), place[0] + 1, part.latencyCycles(), part.bottleneck());
	}
}
