package org.pipeorgan.dsl.ui.views;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.RGB;

/**
 * Draws a PE array into pixels: the operators in their colours and, where there is room between the PEs, the links in the
 * colour of their load. It touches no widget, so it runs in the background; its time goes with the pixels and the links.
 */
final class ArrayRaster {
	/** PEs at least this large have room for links between them, in pixels. */
	private static final int LEAST_WITH_LINKS = 4;

	private final int rows;
	private final int columns;
	private final int cell;
	private final int gap;
	private final int width;
	private final int height;
	private final int[] pixels;

	private ArrayRaster(int rows, int columns, int cell, RGB ground) {
		this.rows = rows;
		this.columns = columns;
		this.cell = cell;
		gap = hasLinks(cell) ? Math.max(2, cell * 2 / 5) : cell / 3;
		width = columns * cell + gap;
		height = rows * cell + gap;
		pixels = new int[width * height];
		Arrays.fill(pixels, rgb(ground));
	}

	/** Size of a PE with what is around it, for an array in an area, in pixels; at least 1. */
	static int cell(int rows, int columns, int areaWidth, int areaHeight) {
		return Math.clamp(Math.min((areaWidth - 4) / columns, (areaHeight - 4) / rows), 1, 64);
	}

	/** Whether there is room for links between PEs of such a size. */
	static boolean hasLinks(int cell) {
		return cell >= LEAST_WITH_LINKS;
	}

	/**
	 * Draws a segment.
	 *
	 * @param cell size of a PE with what is around it, in pixels
	 * @param selected position of the operator that stands out; -1 for none
	 * @param ground colour behind everything
	 */
	static ImageData draw(SegmentDetails details, int cell, int selected, RGB ground) {
		ArrayRaster raster = new ArrayRaster(details.run().rows(), details.run().columns(), cell, ground);
		raster.elements(details.segment().owners(), selected, ground);
		if (hasLinks(cell)) {
			IntStream.range(0, raster.rows * raster.columns).mapToObj(details::linksFrom).flatMap(List::stream).forEach(raster::link);
		}
		ImageData image = new ImageData(raster.width, raster.height, 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
		for (int y = 0; y < raster.height; y++) {
			image.setPixels(0, y, raster.width, raster.pixels, y * raster.width);
		}
		return image;
	}

	private void elements(List<Integer> owners, int selected, RGB ground) {
		for (int pe = 0; pe < Math.min(owners.size(), rows * columns); pe++) {
			int owner = owners.get(pe);
			RGB color = owner < 0 ? OperatorColors.mix(OperatorColors.of(-1), ground, 0.7) : OperatorColors.of(owner);
			boolean dim = selected >= 0 && owner != selected;
			fill(left(pe % columns), top(pe / columns), cell - gap, cell - gap, rgb(dim ? OperatorColors.mix(color, ground, 0.7) : color));
		}
	}

	/** Between neighbours in the middle of the gap, each direction on its own side; long links along the gap, apart by where they begin. */
	private void link(LinkLoad load) {
		int color = rgb(OperatorColors.heat((double) load.tenths() / LinkLoad.MOST));
		int size = cell - gap;
		int thick = Math.max(1, size / 4);
		if (load.fromRow() == load.toRow()) {
			boolean forth = load.fromColumn() < load.toColumn();
			int first = Math.min(load.fromColumn(), load.toColumn());
			int far = Math.abs(load.fromColumn() - load.toColumn());
			if (far == 1) {
				fill(left(first) + size, top(load.fromRow()) + (forth ? size / 2 - thick : size / 2 + 1), gap, thick, color);
			} else {
				int lane = first % Math.max(1, gap / 2);
				fill(left(first) + size / 2, forth ? top(load.fromRow()) - 1 - lane : top(load.fromRow()) + size + lane, far * cell, 1, color);
			}
		} else if (load.fromColumn() == load.toColumn()) {
			boolean forth = load.fromRow() < load.toRow();
			int first = Math.min(load.fromRow(), load.toRow());
			int far = Math.abs(load.fromRow() - load.toRow());
			if (far == 1) {
				fill(left(load.fromColumn()) + (forth ? size / 2 - thick : size / 2 + 1), top(first) + size, thick, gap, color);
			} else {
				int lane = first % Math.max(1, gap / 2);
				fill(forth ? left(load.fromColumn()) - 1 - lane : left(load.fromColumn()) + size + lane, top(first) + size / 2, 1, far * cell, color);
			}
		}
	}

	private int left(int column) {
		return gap + column * cell;
	}

	private int top(int row) {
		return gap + row * cell;
	}

	private void fill(int x, int y, int w, int h, int color) {
		int right = Math.min(width, x + w);
		int bottom = Math.min(height, y + h);
		for (int row = Math.max(0, y); row < bottom; row++) {
			Arrays.fill(pixels, row * width + Math.max(0, x), Math.max(row * width + Math.max(0, x), row * width + right), color);
		}
	}

	private static int rgb(RGB color) {
		return color.red << 16 | color.green << 8 | color.blue;
	}
}
