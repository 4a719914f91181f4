package org.pipeorgan.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.pipeorgan.engine.report.Chart;
import org.pipeorgan.engine.report.ChartRenderer;

/** Draws charts with XChart; vector graphics by Batik. Black on white, colours that readers with colour vision deficiencies tell apart. */
public final class XChartRenderer implements ChartRenderer {
	/** Of Okabe and Ito. */
	private static final List<Color> PALETTE = List.of(new Color(0x0072b2), new Color(0xe69f00), new Color(0x009e73), new Color(0xcc79a7), new Color(0x56b4e9),
			new Color(0xd55e00), new Color(0xa6a000), new Color(0x8c8c8c));
	private static final int PIXELS = 2;
	private static final int FEW = 4;
	private static final int MANY = 8;
	private static final int SLANT = 35;
	private static final int STEEP = 60;
	/** About how many pixels a legend takes. */
	private static final int LEGEND_MARK = 45;
	private static final int LEGEND_LETTER = 8;
	/** An axis of factors begins at 1 only if nothing lies far from there. */
	private static final double NARROW = 1.5;

	/** For the service loader. */
	public XChartRenderer() {
		// a server has no display
		if (System.getProperty("java.awt.headless") == null) {
			System.setProperty("java.awt.headless", "true");
		}
	}

	@Override
	public byte[] render(Chart chart, Format format, int width, int height) {
		org.knowm.xchart.internal.chartpart.Chart<?, ?> drawn = chart.kind() == Chart.Kind.POINTS ? points(chart, width, height) : bars(chart, width, height);
		try {
			return format == Format.SVG ? svg(drawn, width, height) : png(drawn, width, height);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static CategoryChart bars(Chart chart, int width, int height) {
		CategoryChart drawn = new CategoryChartBuilder().width(width).height(height).title(chart.title()).xAxisTitle(chart.x().title()).yAxisTitle(chart.y().title()).build();
		style(drawn.getStyler(), chart, width);
		drawn.getStyler().setXAxisLabelRotation(chart.categories().size() > MANY ? STEEP : chart.categories().size() > FEW ? SLANT : 0);
		if (chart.categories().size() > FEW) {
			drawn.getStyler().setXAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
		}
		drawn.getStyler().setStacked(chart.kind() == Chart.Kind.STACKED_BARS);
		drawn.getStyler().setAvailableSpaceFill(0.8);
		for (Chart.Series series : chart.series()) {
			drawn.addSeries(series.name(), chart.categories(), series.ys().stream().map(value -> Double.isFinite(value) ? value : null).toList());
		}
		return drawn;
	}

	private static XYChart points(Chart chart, int width, int height) {
		XYChart drawn = new XYChartBuilder().width(width).height(height).title(chart.title()).xAxisTitle(chart.x().title()).yAxisTitle(chart.y().title()).build();
		style(drawn.getStyler(), chart, width);
		drawn.getStyler().setXAxisLogarithmic(chart.x().logarithmic()).setYAxisLogarithmic(chart.y().logarithmic());
		if (chart.x().logarithmic()) {
			drawn.getStyler().setXAxisMin(decade(chart, Chart.Series::xs, false)).setXAxisMax(decade(chart, Chart.Series::xs, true));
		}
		if (chart.y().logarithmic()) {
			drawn.getStyler().setYAxisMin(decade(chart, Chart.Series::ys, false)).setYAxisMax(decade(chart, Chart.Series::ys, true));
		}
		if (!chart.x().logarithmic() && chart.series().stream().flatMap(series -> series.xs().stream()).allMatch(x -> x >= 1 && x < NARROW)) {
			drawn.getStyler().setXAxisMin(1.0);
		}
		for (Chart.Series series : chart.series()) {
			XYSeries added = drawn.addSeries(series.name(), series.xs(), series.ys());
			added.setXYSeriesRenderStyle(series.line() ? XYSeries.XYSeriesRenderStyle.Line : XYSeries.XYSeriesRenderStyle.Scatter);
			if (series.line()) {
				added.setMarker(SeriesMarkers.NONE).setLineColor(Color.BLACK).setLineStyle(new BasicStroke(1.5f));
			}
		}
		return drawn;
	}

	/** Only powers of ten get a label on a logarithmic axis: it ends with them. */
	private static double decade(Chart chart, Function<Chart.Series, List<Double>> values, boolean last) {
		DoubleStream logarithms = chart.series().stream().flatMap(series -> values.apply(series).stream()).mapToDouble(Math::log10);
		return Math.pow(10, last ? Math.ceil(logarithms.max().orElse(1)) : Math.floor(logarithms.min().orElse(0)));
	}

	private static void style(Styler styler, Chart chart, int width) {
		int legend = chart.series().stream().mapToInt(series -> LEGEND_MARK + LEGEND_LETTER * series.name().length()).sum();
		styler.setChartBackgroundColor(Color.WHITE);
		styler.setPlotBorderVisible(false);
		styler.setLegendPosition(legend < width ? Styler.LegendPosition.OutsideS : Styler.LegendPosition.OutsideE);
		styler.setLegendLayout(legend < width ? Styler.LegendLayout.Horizontal : Styler.LegendLayout.Vertical);
		styler.setLegendBorderColor(Color.WHITE);
		styler.setSeriesColors(PALETTE.toArray(Color[]::new));
		styler.setAntiAlias(true);
	}

	private static byte[] png(org.knowm.xchart.internal.chartpart.Chart<?, ?> chart, int width, int height) throws IOException {
		BufferedImage image = new BufferedImage(PIXELS * width, PIXELS * height, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		graphics.scale(PIXELS, PIXELS);
		chart.paint(graphics, width, height);
		graphics.dispose();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		ImageIO.write(image, "png", bytes);
		return bytes.toByteArray();
	}

	private static byte[] svg(org.knowm.xchart.internal.chartpart.Chart<?, ?> chart, int width, int height) throws IOException {
		SVGGraphics2D graphics;
		try {
			graphics = new SVGGraphics2D(DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().getDOMImplementation().createDocument("http://www.w3.org/2000/svg", "svg", null));
		} catch (ParserConfigurationException e) {
			throw new IllegalStateException(e);
		}
		graphics.setSVGCanvasSize(new java.awt.Dimension(width, height));
		chart.paint(graphics, width, height);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
			graphics.stream(writer, false);
		}
		return bytes.toByteArray();
	}
}
