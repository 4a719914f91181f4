package org.pipeorgan.dsl.ui.views;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swtchart.Chart;
import org.eclipse.swtchart.IAxis;
import org.eclipse.swtchart.IBarSeries;
import org.eclipse.swtchart.ISeries;
import org.eclipse.swtchart.ISeries.SeriesType;
import org.eclipse.swtchart.Range;
import org.pipeorgan.dsl.ui.help.Help;
import org.pipeorgan.dsl.ui.results.StudyOutcome;
import org.pipeorgan.engine.result.RunResult;

/** The policies of a study side by side: a bar for each policy and interconnect, in groups of workloads and accelerators, and the numbers. */
public final class CompareView extends OutcomeView {
	/** Id of the view. */
	public static final String ID = "org.pipeorgan.dsl.ui.compare";

	/** What is compared. */
	public enum Metric {
		/** Cycles over the lower bound. */
		BOUND("Cycles over the lower bound", run -> run.lowerBoundCycles() == 0 ? 0 : (double) run.latencyCycles() / run.lowerBoundCycles(), "#,##0.00"),
		/** Cycles. */
		CYCLES("Cycles", RunResult::latencyCycles, "#,##0"),
		/** Energy. */
		ENERGY("Energy, uJ", run -> run.energyPicojoules() / 1e6, "#,##0.###"),
		/** Memory traffic. */
		MEMORY("Memory traffic, KiB", run -> run.memoryBytes() / 1024.0, "#,##0.#"),
		/** Use of the array. */
		UTILIZATION("Use of the array, %", run -> 100 * run.peUtilization(), "0.0");

		private final String title;
		private final ToDoubleFunction<RunResult> value;
		private final String format;

		Metric(String title, ToDoubleFunction<RunResult> value, String format) {
			this.title = title;
			this.value = value;
			this.format = format;
		}

		private String text(RunResult run) {
			return format().format(value.applyAsDouble(run));
		}

		private DecimalFormat format() {
			return new DecimalFormat(format, DecimalFormatSymbols.getInstance(Locale.ROOT));
		}
	}

	/** What a run is of, by column. */
	private static final Map<String, Function<RunResult, String>> NAMES = new LinkedHashMap<>();
	static {
		NAMES.put("Workload", RunResult::workloadLabel);
		NAMES.put("Accelerator", RunResult::accelerator);
		NAMES.put("Interconnect", RunResult::interconnect);
		NAMES.put("Policy", run -> run.policy() + (run.restricted() ? " (restricted)" : ""));
	}

	private Combo metrics;
	private Chart chart;
	private TableViewer table;

	@Override
	public void createPartControl(Composite parent) {
		Composite area = new Composite(parent, SWT.NONE);
		GridLayoutFactory.swtDefaults().margins(4, 4).numColumns(4).applyTo(area);
		createChoice(area);
		new Label(area, SWT.NONE).setText("Compare:");
		metrics = new Combo(area, SWT.READ_ONLY);
		for (Metric metric : Metric.values()) {
			metrics.add(metric.title);
		}
		metrics.select(0);
		metrics.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> draw()));
		GridDataFactory.fillDefaults().grab(true, false).align(SWT.BEGINNING, SWT.CENTER).applyTo(metrics);
		SashForm both = new SashForm(area, SWT.HORIZONTAL);
		GridDataFactory.fillDefaults().span(4, 1).grab(true, true).applyTo(both);
		chart = new Chart(both, SWT.NONE);
		chart.getAxisSet().getXAxis(0).enableCategory(true);
		createTable(both);
		// The theme may change while the view is open.
		table.getTable().addListener(SWT.Paint, event -> {
			if (!table.getTable().getBackground().equals(chart.getBackground())) {
				colour();
				chart.redraw();
			}
		});
		both.setWeights(55, 45);
		Help.set(area, "compare");
		refresh();
	}

	/** The chart, for tests. */
	public Chart chart() {
		return chart;
	}

	/** The table, for tests. */
	public TableViewer table() {
		return table;
	}

	/** Compares something else. UI thread. */
	public void compare(Metric metric) {
		metrics.select(metric.ordinal());
		draw();
	}

	@Override
	void show(StudyOutcome shown) {
		List<RunResult> runs = shown == null ? List.of() : shown.result().runs();
		table.setInput(runs);
		String same = fitColumns(runs);
		setContentDescription(shown == null ? "Run a study to compare its policies." : same);
		draw();
	}

	/** Makes columns as wide as what they say, and leaves out those that say the same of all runs. @return what these say */
	private String fitColumns(List<RunResult> runs) {
		StringJoiner same = new StringJoiner(", ");
		for (TableColumn column : table.getTable().getColumns()) {
			String title = column.getText();
			List<String> said = NAMES.containsKey(title) ? runs.stream().map(NAMES.get(title)).distinct().toList() : List.of();
			if (said.size() == 1 && runs.size() > 1) {
				same.add(title.toLowerCase(Locale.ROOT) + " " + said.get(0));
				column.setWidth(0);
			} else {
				column.pack();
			}
		}
		return same.toString();
	}

	private void createTable(Composite parent) {
		Composite holder = new Composite(parent, SWT.NONE);
		holder.setLayout(new FillLayout());
		table = new TableViewer(holder, SWT.FULL_SELECTION | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
		table.getTable().setHeaderVisible(true);
		table.setContentProvider(ArrayContentProvider.getInstance());
		NAMES.forEach((title, text) -> column(title, SWT.LEFT, text));
		for (Metric metric : Metric.values()) {
			column(metric == Metric.BOUND ? "x bound" : metric.title, SWT.RIGHT, metric::text);
		}
	}

	private void column(String title, int style, Function<RunResult, String> text) {
		TableViewerColumn column = new TableViewerColumn(table, style);
		column.getColumn().setText(title);
		column.setLabelProvider(ColumnLabelProvider.createTextProvider(run -> text.apply((RunResult) run)));
	}

	private void draw() {
		List<RunResult> runs = outcome() == null ? List.of() : outcome().result().runs();
		Metric metric = Metric.values()[Math.max(0, metrics.getSelectionIndex())];
		chart.suspendUpdate(true);
		for (ISeries<?> series : chart.getSeriesSet().getSeries()) {
			chart.getSeriesSet().deleteSeries(series.getId());
		}
		colour();
		chart.getTitle().setVisible(false);
		IAxis x = chart.getAxisSet().getXAxis(0);
		IAxis y = chart.getAxisSet().getYAxis(0);
		x.getTitle().setVisible(false);
		y.getTitle().setVisible(false);
		y.getTick().setFormat(metric.format());
		List<String> groups = runs.stream().map(CompareView::group).distinct().toList();
		x.setCategorySeries(groups.isEmpty() ? new String[] { "" } : groups.stream().map(group -> group.substring(group.lastIndexOf('.') + 1)).toArray(String[]::new));
		boolean oneAccelerator = runs.stream().map(RunResult::accelerator).distinct().count() < 2;
		Function<RunResult, String> bar = run -> run.policy() + ", " + run.interconnect() + (oneAccelerator ? "" : " on " + run.accelerator());
		List<String> policies = runs.stream().map(bar).distinct().toList();
		for (int i = 0; i < policies.size(); i++) {
			String policy = policies.get(i);
			IBarSeries<?> bars = (IBarSeries<?>) chart.getSeriesSet().createSeries(SeriesType.BAR, policy);
			bars.setYSeries(groups.stream().mapToDouble(group -> runs.stream().filter(run -> group(run).equals(group) && bar.apply(run).equals(policy)).mapToDouble(metric.value).findFirst()
					.orElse(0)).toArray());
			bars.setBarColor(new Color(OperatorColors.of(i)));
			bars.setBarPadding(18);
		}
		chart.getLegend().setPosition(SWT.BOTTOM);
		chart.getLegend().setVisible(!policies.isEmpty());
		chart.suspendUpdate(false);
		chart.getAxisSet().adjustRange();
		if (!runs.isEmpty()) {
			y.setRange(new Range(0, y.getRange().upper));
		}
		chart.redraw();
	}

	/** The chart knows nothing of the workbench's theme. */
	private void colour() {
		Color ink = table.getTable().getForeground();
		Color ground = table.getTable().getBackground();
		chart.setBackground(ground);
		chart.getPlotArea().setBackground(ground);
		chart.getLegend().setBackground(ground);
		chart.getLegend().setForeground(ink);
		for (IAxis axis : chart.getAxisSet().getAxes()) {
			axis.getTick().setForeground(ink);
			axis.getTitle().setForeground(ink);
			axis.getGrid().setForeground(new Color(OperatorColors.mix(ink.getRGB(), ground.getRGB(), 0.8)));
		}
	}

	private static String group(RunResult run) {
		return run.workloadLabel();
	}
}
