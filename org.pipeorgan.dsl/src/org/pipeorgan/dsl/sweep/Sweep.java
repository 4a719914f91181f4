package org.pipeorgan.dsl.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.EcoreUtil2;
import org.pipeorgan.dsl.expressions.Amount;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.expressions.Numbers;
import org.pipeorgan.dsl.expressions.Terms;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Direction;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Mapping;
import org.pipeorgan.dsl.pipeorgan.NamedElement;
import org.pipeorgan.dsl.pipeorgan.Parameter;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.pipeorgan.PolicyUse;
import org.pipeorgan.dsl.pipeorgan.SamplingMethod;
import org.pipeorgan.dsl.pipeorgan.Study;
import org.pipeorgan.dsl.pipeorgan.Variation;
import org.pipeorgan.dsl.translation.HardwareTranslator;
import org.pipeorgan.dsl.translation.PolicyTranslator;
import org.pipeorgan.dsl.translation.Problem;
import org.pipeorgan.dsl.translation.StudyTranslator;
import org.pipeorgan.dsl.translation.WorkloadTranslator;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.engine.exploration.Axis;
import org.pipeorgan.engine.exploration.Column;
import org.pipeorgan.engine.exploration.DesignSpace;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.Sampling;
import org.pipeorgan.engine.exploration.UnmappableException;
import org.pipeorgan.engine.search.Objective;
import org.pipeorgan.engine.search.Study.Target;
import org.pipeorgan.engine.workload.Workload;

/**
 * A study that varies, as a space of designs. A point is a choice for each varied parameter, and one of the study's accelerators, interconnects
 * and policies; it is evaluated on all workloads. Safe for many threads: the model behind it is read, and parameters in it are replaced for a
 * moment, by one thread at a time.
 */
public final class Sweep {
	private static final int REMEMBERED_HARDWARE = 256;
	private static final int REMEMBERED_WORKLOADS = 8;

	/** What an axis chooses. */
	private enum Kind {
		PARAMETER, HARDWARE, ACCELERATOR, INTERCONNECT, POLICY_PROPERTY, POLICY
	}

	/** An axis, and for a variation what it sets. */
	private record Slot(Kind kind, Axis axis, List<Choice> choices, Parameter parameter, Property property) {
		static Slot of(Variation variation) {
			List<Choice> choices = Variations.choices(variation);
			Property property = Variations.property(variation).orElse(null);
			Kind kind = property == null ? Kind.PARAMETER : property.isOfPolicy() ? Kind.POLICY_PROPERTY : Kind.HARDWARE;
			return new Slot(kind, new Axis(Variations.name(variation), choices.stream().map(Choice::label).toList()), choices, variation.getParameter(), property);
		}

		static Slot of(Kind kind, String name, List<String> names) {
			return new Slot(kind, new Axis(name, names), List.of(), null, null);
		}
	}

	/** What a point's hardware is, or why there is none. */
	private record Hardware(List<Workload> workloads, org.pipeorgan.engine.hardware.Accelerator accelerator,
			org.pipeorgan.engine.interconnect.Interconnect interconnect, String refusal) {
	}

	private final Study study;
	private final Mapping mapping;
	private final List<Slot> slots = new ArrayList<>();
	private final DesignSpace space;
	private final Sampling sampling;
	private final List<Column> columns = new ArrayList<>();
	private final List<Goal> goals = new ArrayList<>();
	private final String hash;
	private final Map<Long, Hardware> hardware = remember(REMEMBERED_HARDWARE);
	private final Map<List<Integer>, List<Workload>> workloads = remember(REMEMBERED_WORKLOADS);
	private final PointNames names;

	/**
	 * The sweep of a study.
	 *
	 * @param study one without errors
	 * @throws IllegalArgumentException if it varies nothing, or its space is too large
	 */
	public Sweep(Study study) {
		this.study = study;
		if (study.getVariations().isEmpty()) {
			throw new IllegalArgumentException("study '" + study.getName() + "' varies nothing; add, for example, 'vary buffer.size in 256 KiB .. 4 MiB times 2', or use 'run'");
		}
		mapping = study.getMappings().get(0);
		List<Slot> varied = study.getVariations().stream().map(Slot::of).toList();
		varied.stream().filter(slot -> slot.kind() != Kind.POLICY_PROPERTY).forEach(slots::add);
		choose(Kind.ACCELERATOR, "accelerator", names(mapping.getAccelerators()));
		choose(Kind.INTERCONNECT, "interconnect", names(mapping.getInterconnects()));
		varied.stream().filter(slot -> slot.kind() == Kind.POLICY_PROPERTY).forEach(slots::add);
		choose(Kind.POLICY, "policy", names(study.getPolicies().stream().map(PolicyUse::getPolicy).toList()));
		space = new DesignSpace(slots.stream().map(Slot::axis).toList());
		sampling = sampling(study);
		Arrays.stream(Property.values()).filter(Property::isReadable).forEach(property -> columns.add(new Column(property.path(), property.unit())));
		slots.stream().filter(slot -> slot.kind() == Kind.PARAMETER)
				.forEach(slot -> columns.add(new Column(PointNames.PARAMETER + slot.parameter().getName(), unit(slot.choices().get(0).numbers().get(0).dimension()))));
		study.getGoals().forEach(each -> each.getValues().forEach(value -> goals.add(Goal.of(value, each.getDirection() == Direction.MAXIMIZE))));
		if (goals.isEmpty()) {
			goals.add(Goal.of(Metric.LATENCY));
			goals.add(Goal.of(Metric.ENERGY));
		}
		hash = StudyText.hash(study, space);
		names = names(false);
	}

	/** Whether everything is there, and there is only one of it, that a space is made of; whether values can be listed is another question. */
	public static boolean isWhole(Study study) {
		if (study.getVariations().isEmpty() || study.getMappings().size() != 1) {
			return false;
		}
		Mapping mapped = study.getMappings().get(0);
		boolean varies = study.getVariations().stream().allMatch(each -> !each.getValues().isEmpty() && (each.getParameter() != null
				? !each.getParameter().eIsProxy() && each.getParameter().getValue() != null && each.getParameter().getName() != null : Variations.property(each).filter(Property::isVariable).isPresent()));
		boolean once = study.getVariations().stream().map(each -> each.getParameter() != null ? each.getParameter() : each.getProperty()).distinct().count() == study.getVariations().size();
		boolean sampled = study.getSampling() == null || study.getSampling().getMethod() == SamplingMethod.GRID || study.getSampling().getCount() != null;
		return varies && once && sampled && areThere(mapped.getWorkloads()) && areThere(mapped.getAccelerators())
				&& (mapped.getInterconnects().isEmpty() || areThere(mapped.getInterconnects())) && areThere(study.getPolicies().stream().map(PolicyUse::getPolicy).toList())
				&& mapped.getAccelerators().stream().noneMatch(each -> StudyTranslator.interconnects(mapped, each).isEmpty());
	}

	private static boolean areThere(List<? extends NamedElement> elements) {
		return !elements.isEmpty() && elements.stream().noneMatch(each -> each == null || each.eIsProxy() || each.getName() == null)
				&& elements.stream().map(NamedElement::getName).distinct().count() == elements.size();
	}

	/** Whether the values of a variation can be listed. @throws ExpressionException if not */
	public static void checkValues(Variation variation) {
		Variations.choices(variation);
	}

	private static <K, V> Map<K, V> remember(int most) {
		return new LinkedHashMap<>(16, 0.75f, true) {
			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
				return size() > most;
			}
		};
	}

	private void choose(Kind kind, String name, List<String> among) {
		if (among.size() > 1) {
			slots.add(Slot.of(kind, name, among));
		}
	}

	/** The unit in which a dimension's values are kept. */
	private static String unit(Dimension dimension) {
		if (dimension.equals(Dimension.COUNT)) {
			return "";
		}
		String base = Choice.unit(dimension);
		return base.startsWith("bit") ? base.replaceFirst("bit", "B") : base.replace("/bit", "/B");
	}

	private static Sampling sampling(Study study) {
		if (study.getSampling() == null) {
			return Sampling.GRID;
		}
		Numbers numbers = Numbers.of(study);
		Sampling.Method method = switch (study.getSampling().getMethod()) {
		case GRID -> Sampling.Method.GRID;
		case RANDOM -> Sampling.Method.RANDOM;
		case LATIN_HYPERCUBE -> Sampling.Method.LATIN_HYPERCUBE;
		case NSGA2 -> Sampling.Method.NSGA2;
		};
		Expression count = study.getSampling().getCount();
		Expression seed = study.getSampling().getSeed();
		return new Sampling(method, count == null ? Long.MAX_VALUE : numbers.count(count), seed == null ? 1 : numbers.count(seed));
	}

	/** Name of the study. */
	public String name() {
		return study.getName();
	}

	/** The study. */
	public Study study() {
		return study;
	}

	/** All designs. */
	public DesignSpace space() {
		return space;
	}

	/** Which of them are evaluated. */
	public Sampling sampling() {
		return sampling;
	}

	/** What the front is made of, at least one goal. */
	public List<Goal> goals() {
		return List.copyOf(goals);
	}

	/** The properties of every point. */
	public List<Column> columns() {
		return List.copyOf(columns);
	}

	/** What names stand for at a point. @param metrics whether what its evaluation gave has names too */
	public PointNames names(boolean metrics) {
		Map<String, List<String>> declared = Map.of(Property.ACCELERATOR.path(), names(mapping.getAccelerators()), Property.INTERCONNECT.path(),
				names(mapping.getAccelerators().stream().flatMap(accelerator -> StudyTranslator.interconnects(mapping, accelerator).stream()).toList()), Property.POLICY.path(),
				names(study.getPolicies().stream().map(PolicyUse::getPolicy).toList()));
		return new PointNames(columns, declared, metrics);
	}

	private static List<String> names(List<? extends NamedElement> elements) {
		return elements.stream().map(NamedElement::getName).distinct().toList();
	}

	/** Names of the workloads, with their forms. */
	public List<String> workloads() {
		return names(mapping.getWorkloads());
	}

	/** What the policies minimise. */
	public Objective objective() {
		return StudyTranslator.objective(study);
	}

	/** A hash of everything that results depend on, but for the program itself. */
	public String hash() {
		return hash;
	}

	/** Whether the conditions of the study hold at a point. */
	public synchronized boolean admits(long point) {
		if (study.getConditions().isEmpty()) {
			return true;
		}
		names.select(new PointResult(point, PointResult.Status.INFEASIBLE, "", design(point).properties(), null, List.of()));
		Terms terms = new Terms(names);
		return study.getConditions().stream().allMatch(terms::holds);
	}

	/** The properties that a point chooses itself, in the order of {@link #columns()}; {@code null} for all others. */
	List<Object> chosen(long point) {
		return properties(space.choices(point), Optional.empty());
	}

	private List<Object> properties(int[] choices, Optional<Design> design) {
		List<Object> properties = new ArrayList<>();
		for (Property property : Property.values()) {
			if (property.isReadable()) {
				properties.add(design.map(property::read).orElseGet(() -> chosen(property, choices)));
			}
		}
		for (int i = 0; i < choices.length; i++) {
			if (slots.get(i).kind() == Kind.PARAMETER) {
				properties.add(stored(slots.get(i).choices().get(choices[i])));
			}
		}
		return properties;
	}

	private Object chosen(Property property, int[] choices) {
		for (int i = 0; i < choices.length; i++) {
			Slot slot = slots.get(i);
			if (slot.property() == property) {
				Choice choice = slot.choices().get(choices[i]);
				boolean keptSo = choice.name() == null ? property.unit() != null && choice.numbers().get(0).dimension().equals(property.dimension()) : property.unit() == null;
				return !keptSo ? null : choice.name() != null ? choice.name() : stored(choice);
			}
			if (slot.axis().name().equals(property.path()) && slot.choices().isEmpty()) {
				return slot.axis().choices().get(choices[i]);
			}
		}
		return null;
	}

	private static Object stored(Choice choice) {
		Amount amount = choice.numbers().get(0);
		String unit = unit(amount.dimension());
		var value = unit.isEmpty() ? amount.value() : amount.value().dividedBy(org.pipeorgan.dsl.units.Units.find(unit).orElseThrow().factor());
		return value.denominator() == 1 ? (Object) value.numerator() : (Object) value.toDouble();
	}

	/**
	 * What a point stands for.
	 *
	 * @param properties in the order of {@link #columns()}; where there is no design, only those that the point chooses itself
	 * @param design     empty if there is none
	 * @param refusal    why not; empty if there is one
	 */
	record Designed(List<Object> properties, Optional<Design> design, String refusal) {
	}

	/** The design of a point. */
	synchronized Designed design(long point) {
		int[] choices = space.choices(point);
		List<Problem> problems = new ArrayList<>();
		Map<Parameter, Expression> written = replace(choices);
		try {
			Hardware built = hardware(choices);
			Variant variant = variant(choices);
			Optional<Design> design = built.refusal() != null ? Optional.empty() : PolicyTranslator.translate(variant.policy(), problems::add)
					.map(policy -> new Design(built.workloads(), built.accelerator(), built.interconnect(), policy));
			return new Designed(properties(choices, design), design, built.refusal() != null ? built.refusal() : design.isPresent() ? "" : why(problems, variant));
		} finally {
			written.forEach(Sweep::set);
		}
	}

	/** The hardware of a point, which points that differ only in the policy have in common. */
	private Hardware hardware(int[] choices) {
		int[] ofHardware = choices.clone();
		for (int i = 0; i < choices.length; i++) {
			if (slots.get(i).kind() == Kind.POLICY_PROPERTY || slots.get(i).kind() == Kind.POLICY) {
				ofHardware[i] = 0;
			}
		}
		return hardware.computeIfAbsent(space.point(ofHardware), key -> build(choices));
	}

	/** Gives the varied parameters their values. @return what was written */
	private Map<Parameter, Expression> replace(int[] choices) {
		Map<Parameter, Expression> written = new LinkedHashMap<>();
		for (int i = 0; i < choices.length; i++) {
			Slot slot = slots.get(i);
			if (slot.kind() == Kind.PARAMETER) {
				written.put(slot.parameter(), slot.parameter().getValue());
				set(slot.parameter(), slot.choices().get(choices[i]).expression(0));
			}
		}
		return written;
	}

	/** Nobody is told: what was derived from the text of the file stays true of it. */
	private static void set(Parameter parameter, Expression value) {
		boolean delivered = parameter.eDeliver();
		parameter.eSetDeliver(false);
		parameter.setValue(value);
		parameter.eSetDeliver(delivered);
	}

	private Variant variant(int[] choices) {
		Accelerator accelerator = mapping.getAccelerators().get(chosen(Kind.ACCELERATOR, choices));
		Interconnect interconnect = StudyTranslator.interconnects(mapping, accelerator).get(chosen(Kind.INTERCONNECT, choices));
		Policy policy = study.getPolicies().stream().map(PolicyUse::getPolicy).toList().get(chosen(Kind.POLICY, choices));
		Variant variant = new Variant(accelerator, interconnect, policy);
		for (int i = 0; i < choices.length; i++) {
			if (slots.get(i).property() != null) {
				slots.get(i).property().set(variant, slots.get(i).choices().get(choices[i]));
			}
		}
		return variant;
	}

	private int chosen(Kind kind, int[] choices) {
		for (int i = 0; i < choices.length; i++) {
			if (slots.get(i).kind() == kind) {
				return choices[i];
			}
		}
		return 0;
	}

	private Hardware build(int[] choices) {
		List<Problem> problems = new ArrayList<>();
		Variant variant = variant(choices);
		var accelerator = HardwareTranslator.accelerator(variant.accelerator(), problems::add);
		var interconnect = accelerator.flatMap(built -> HardwareTranslator.interconnect(variant.interconnect(), built.clockHertz(), problems::add));
		if (interconnect.isEmpty()) {
			return new Hardware(List.of(), null, null, why(problems, variant));
		}
		List<Integer> parameters = new ArrayList<>();
		for (int i = 0; i < choices.length; i++) {
			if (slots.get(i).kind() == Kind.PARAMETER) {
				parameters.add(choices[i]);
			}
		}
		List<Workload> translated = workloads.get(parameters);
		if (translated == null) {
			translated = mapping.getWorkloads().stream().map(workload -> WorkloadTranslator.translate(workload, problems::add)).flatMap(Optional::stream).toList();
			workloads.put(parameters, translated);
		}
		return translated.size() < mapping.getWorkloads().size() ? new Hardware(List.of(), null, null, why(problems, variant))
				: new Hardware(translated, accelerator.orElseThrow(), interconnect.get(), null);
	}

	/** The first problem; where there is none, a number at fault, which the checks of a file tell where it is written. */
	private String why(List<Problem> problems, Variant variant) {
		Stream<EObject> declarations = Stream.concat(Stream.of(variant.accelerator(), variant.interconnect(), variant.policy()), mapping.getWorkloads().stream());
		return problems.stream().map(Problem::message).findFirst()
				.or(() -> declarations.flatMap(each -> EcoreUtil2.eAllOfType(each, Expression.class).stream()).flatMap(each -> Numbers.of(each).problem(each).stream())
						.map(ExpressionException::getMessage).findFirst())
				.orElse("there is no such design");
	}

	/** The study of a point alone. @throws UnmappableException if it has no design */
	public org.pipeorgan.engine.search.Study study(long point) {
		Designed designed = design(point);
		Design design = designed.design().orElseThrow(() -> new UnmappableException(designed.refusal()));
		return new org.pipeorgan.engine.search.Study(name() + "_point_" + point,
				design.workloads().stream().map(workload -> new Target(workload, design.accelerator(), design.interconnect())).toList(), List.of(design.policy()), null, null,
				objective());
	}

	/** The same sweep with other goals. */
	public Sweep with(List<Goal> others) {
		Sweep sweep = new Sweep(study);
		sweep.goals.clear();
		sweep.goals.addAll(others);
		return sweep;
	}

	/** What a point chooses, as texts with units, in the order of the axes. */
	public List<String> labels(long point) {
		int[] choices = space.choices(point);
		List<String> labels = new ArrayList<>();
		for (int i = 0; i < choices.length; i++) {
			labels.add(space.axes().get(i).choices().get(choices[i]));
		}
		return Collections.unmodifiableList(labels);
	}
}
