package org.pipeorgan.engine.report;

import java.util.Optional;
import java.util.ServiceLoader;

/** Draws charts; a service, so that nothing of a chart library is needed where none is drawn. */
public interface ChartRenderer {
	/** File formats. */
	enum Format {
		/** Scalable vector graphics, for papers. */
		SVG,
		/** Pixels, twice as many each way as the size says. */
		PNG
	}

	/**
	 * Draws a chart.
	 *
	 * @param width  pixels
	 * @param height pixels
	 * @return the bytes of the file
	 */
	byte[] render(Chart chart, Format format, int width, int height);

	/** The renderer that is installed; empty if none is. */
	static Optional<ChartRenderer> find() {
		return ServiceLoader.load(ChartRenderer.class, ChartRenderer.class.getClassLoader()).findFirst();
	}
}
