package org.pipeorgan.dsl.ui.views;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.MouseEvent;
import org.eclipse.swt.events.MouseListener;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentDetail.LinkLoadMap;
import org.pipeorgan.engine.result.SegmentResult;

/**
 * The PE array of a segment, with its operators and the loads of its links, and what the colours mean. It is drawn in the
 * background when it or its size changes; painting only copies the picture.
 */
public final class ArrayCanvas extends Canvas {
	private static final int MARGIN = 6;
	private static final int LEGEND = 215;

	private final IntConsumer selected;
	private SegmentDetails details;
	private int operator = -1;
	private Image image;
	private int cell = 1;
	/** Pixels of the picture for each that was drawn: below 1 for an array that is larger than the canvas. */
	private double scale = 1;
	/** Counts what is to be drawn, so that a late picture is dropped. */
	private int wanted;
	private int shown;
	/** What the picture was drawn on: another theme has another. */
	private RGB ground;

	/** Makes the canvas. {@code selected} is told the operator that the user chose, -1 for none. */
	ArrayCanvas(Composite parent, IntConsumer selected) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.BORDER);
		this.selected = selected;
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.Resize, event -> draw());
		addDisposeListener(event -> drop());
		addMouseListener(MouseListener.mouseDownAdapter(event -> choose(event)));
		addListener(SWT.MouseMove, event -> setToolTipText(tip(event.x, event.y)));
	}

	/** Shows a segment; {@code null} for none. */
	void show(SegmentDetails shownDetails, int shownOperator) {
		details = shownDetails;
		operator = shownOperator;
		draw();
	}

	/** Whether the picture is of what is to be shown. */
	public boolean isDrawn() {
		return details != null && image != null && shown == wanted;
	}

	/** The segment that is shown; {@code null} for none. */
	public SegmentDetails details() {
		return details;
	}

	/** Which operator stands out; -1 for none. */
	public int operator() {
		return operator;
	}

	private void draw() {
		int number = ++wanted;
		SegmentDetails what = details;
		if (what == null || getSize().x <= 0) {
			drop();
			redraw();
			return;
		}
		Rectangle area = arrayArea();
		int size = ArrayRaster.cell(what.run().rows(), what.run().columns(), area.width, area.height);
		int stands = operator;
		RGB behind = getBackground().getRGB();
		ground = behind;
		Job job = Job.createSystem("Drawing the array", (ICoreRunnable) monitor -> {
			ImageData drawn = ArrayRaster.draw(what, size, stands, behind);
			double fits = Math.min(1, Math.min((double) area.width / drawn.width, (double) area.height / drawn.height));
			ImageData data = fits == 1 ? drawn : drawn.scaledTo(Math.max(1, (int) (drawn.width * fits)), Math.max(1, (int) (drawn.height * fits)));
			getDisplay().asyncExec(() -> {
				if (!isDisposed() && number == wanted) {
					drop();
					image = new Image(getDisplay(), data);
					cell = size;
					scale = fits;
					shown = number;
					redraw();
				}
			});
		});
		job.schedule();
	}

	private void drop() {
		if (image != null) {
			image.dispose();
			image = null;
		}
	}

	private Rectangle arrayArea() {
		Point size = getSize();
		return new Rectangle(MARGIN, MARGIN, Math.max(1, size.x - LEGEND - 2 * MARGIN), Math.max(1, size.y - 2 * MARGIN));
	}

	private void paint(GC gc) {
		if (details == null) {
			gc.drawText("Select a segment to see its array.", MARGIN, MARGIN, true);
			return;
		}
		if (!getBackground().getRGB().equals(ground)) {
			draw();
		}
		int x = MARGIN;
		if (image != null) {
			gc.drawImage(image, MARGIN, MARGIN);
			x += image.getBounds().width + 2 * MARGIN;
		}
		legend(gc, Math.min(x, Math.max(MARGIN, getSize().x - LEGEND)));
	}

	private void legend(GC gc, int x) {
		SegmentResult segment = details.segment();
		RunResult run = details.run();
		int line = gc.getFontMetrics().getHeight() + 2;
		int room = Math.max(20, getSize().x - x - MARGIN);
		int y = MARGIN;
		gc.drawText(shorten(gc, "Segment " + (details.index() + 1) + ": " + segment.organization(), room), x, y, true);
		y += line;
		gc.drawText(shorten(gc, run.rows() + " x " + run.columns() + " PEs", room), x, y, true);
		y += line + 4;
		int bottom = getSize().y - (line * 3 + 4);
		for (int i = 0; i < segment.depth(); i++) {
			if (y + line > bottom && i < segment.depth() - 1) {
				gc.drawText("... and " + (segment.depth() - i) + " more", x, y, true);
				y += line;
				break;
			}
			swatch(gc, x, y, line, OperatorColors.of(i), i == operator);
			gc.drawText(shorten(gc, segment.operators().get(i) + " (" + segment.pes().get(i) + ")", room - line - 4), x + line + 4, y, true);
			y += line;
		}
		y += 4;
		Optional<LinkLoadMap> loads = details.loads();
		if (loads.isEmpty()) {
			gc.drawText(shorten(gc, "The result says nothing of links.", room), x, y, true);
		} else if (loads.get().grids().isEmpty()) {
			gc.drawText(shorten(gc, "Nothing moves between PEs.", room), x, y, true);
		} else if (!ArrayRaster.hasLinks(cell)) {
			gc.drawText(shorten(gc, "Enlarge the view to see links.", room), x, y, true);
		} else {
			int scale = Math.min(120, room);
			for (int i = 0; i < scale; i++) {
				Color color = new Color(OperatorColors.heat((double) i / scale));
				gc.setForeground(color);
				gc.drawLine(x + i, y + 2, x + i, y + line - 4);
			}
			gc.setForeground(getForeground());
			gc.drawText(shorten(gc, "links up to " + cycles(loads.get().maxCycles()), room), x, y + line, true);
		}
	}

	private static String cycles(double perInterval) {
		return String.format(Locale.ROOT, perInterval < 10 ? "%,.1f" : "%,.0f", perInterval) + " cycles/interval";
	}

	private static void swatch(GC gc, int x, int y, int line, RGB color, boolean stands) {
		gc.setBackground(new Color(color));
		gc.fillRectangle(x, y + 2, line - 4, line - 5);
		if (stands) {
			gc.drawRectangle(x - 1, y + 1, line - 3, line - 4);
		}
	}

	private static String shorten(GC gc, String text, int room) {
		if (gc.textExtent(text).x <= room) {
			return text;
		}
		String cut = text;
		while (cut.length() > 1 && gc.textExtent(cut + "...").x > room) {
			cut = cut.substring(0, cut.length() - 1);
		}
		return cut + "...";
	}

	private void choose(MouseEvent event) {
		int pe = elementAt(event.x, event.y);
		int owner = pe < 0 ? -1 : details.segment().owners().get(pe);
		selected.accept(owner);
	}

	private int elementAt(int x, int y) {
		if (details == null || image == null) {
			return -1;
		}
		int column = (int) ((x - MARGIN) / scale / cell);
		int row = (int) ((y - MARGIN) / scale / cell);
		return x < MARGIN || y < MARGIN || column >= details.run().columns() || row >= details.run().rows() ? -1 : row * details.run().columns() + column;
	}

	private String tip(int x, int y) {
		int pe = elementAt(x, y);
		if (pe < 0) {
			return null;
		}
		int owner = details.segment().owners().get(pe);
		StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "PE (%d,%d): %s", pe / details.run().columns(), pe % details.run().columns(),
				owner < 0 ? "idle" : details.segment().operators().get(owner)));
		for (LinkLoad load : details.linksFrom(pe)) {
			text.append(String.format(Locale.ROOT, "%nto (%d,%d): up to %s", load.toRow(), load.toColumn(), cycles(details.loads().orElseThrow().maxCycles() * load.tenths() / LinkLoad.MOST)));
		}
		return text.toString();
	}
}
