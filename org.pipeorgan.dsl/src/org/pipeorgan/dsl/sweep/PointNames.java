package org.pipeorgan.dsl.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.pipeorgan.dsl.expressions.Terms;
import org.pipeorgan.dsl.expressions.Terms.Term;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.engine.exploration.Column;
import org.pipeorgan.engine.exploration.PointResult;

/** What names stand for at a point: its properties and parameters, and what its evaluation gave. */
public final class PointNames implements Terms.Names {
	/** Before the name of a parameter in columns. */
	static final String PARAMETER = "param.";

	private static final String STATUS = "status";

	private final List<Column> columns;
	private final Map<String, List<String>> declared;
	private final Map<String, Integer> positions = new LinkedHashMap<>();
	private final boolean metrics;
	private PointResult point;

	/**
	 * No point yet: every number is 1 of its dimension.
	 *
	 * @param columns  the columns of the sweep
	 * @param declared the names that properties of names take for which the study declares them
	 * @param metrics  whether what the evaluation gave has names too, which then go before properties of the same name
	 */
	PointNames(List<Column> columns, Map<String, List<String>> declared, boolean metrics) {
		this.columns = columns;
		this.declared = declared;
		this.metrics = metrics;
		for (int i = 0; i < columns.size(); i++) {
			String name = columns.get(i).name();
			positions.putIfAbsent(name.startsWith(PARAMETER) ? name.substring(PARAMETER.length()) : name, i);
		}
	}

	/** The point that is asked next. */
	public void select(PointResult selected) {
		point = selected;
	}

	@Override
	public Optional<Term> find(String name) {
		Optional<Metric> metric = metrics ? Metric.of(name) : Optional.empty();
		if (metric.isPresent()) {
			return Optional.of(Term.number(point == null ? 1 : point.totals() == null ? Double.NaN : metric.get().read(point.totals(), peak()), metric.get().dimension()));
		}
		if (metrics && name.equals(STATUS)) {
			return Optional.of(Term.name(point == null ? "ok" : point.status().keyword()));
		}
		return Optional.ofNullable(positions.get(name)).map(this::property);
	}

	private Term property(int position) {
		String unit = columns.get(position).unit();
		Object value = point == null ? null : point.properties().get(position);
		if (unit == null) {
			return Term.name((String) value);
		}
		Dimension dimension = unit.isEmpty() ? Dimension.COUNT : Units.find(unit).orElseThrow().dimension();
		return Term.number(point == null ? 1 : value instanceof Number number ? Terms.base(number, unit) : Double.NaN, dimension);
	}

	private double peak() {
		return number(Property.ARRAY_PES) * number(Property.ARRAY_MACS);
	}

	private double number(Property property) {
		return find(property.path()).map(Term::number).orElse(Double.NaN);
	}

	@Override
	public List<String> all() {
		List<String> all = new ArrayList<>();
		if (metrics) {
			Arrays.stream(Metric.values()).map(Metric::keyword).forEach(all::add);
		}
		all.addAll(positions.keySet());
		return all;
	}

	@Override
	public List<String> values(String property) {
		if (metrics && property.equals(STATUS)) {
			return Arrays.stream(PointResult.Status.values()).map(PointResult.Status::keyword).toList();
		}
		return declared.getOrDefault(property, Property.of(property).filter(p -> p != Property.POLICY_RESTRICT).map(Property::names).orElse(List.of()));
	}

	@Override
	public Optional<String> instead(String name) {
		return metrics || !name.equals(STATUS) && Metric.of(name).isEmpty() ? Optional.empty()
				: Optional.of("it is a result, which a point has when it is evaluated; keep points out of what is shown with 'pipeorgan query --where'");
	}
}
