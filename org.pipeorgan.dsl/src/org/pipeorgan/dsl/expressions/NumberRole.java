package org.pipeorgan.dsl.expressions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.ExtentOption;
import org.pipeorgan.dsl.pipeorgan.Extent;
import org.pipeorgan.dsl.pipeorgan.LoopExtent;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;

/**
 * What a number stands for at one place of the metamodel.
 *
 * @param feature    the containment reference that holds the expression
 * @param name       name in messages, from the element that holds it
 * @param dimensions the dimensions that are accepted there, the customary one first; a plain number is a whole one
 * @param example    what an architect would write there
 * @param zero       whether 0 is accepted
 */
public record NumberRole(EReference feature, Function<EObject, String> name, List<Dimension> dimensions, String example, boolean zero) {
	private static final List<Dimension> COUNT = List.of(Dimension.COUNT);
	private static final List<Dimension> SIZE = List.of(Dimension.SIZE);
	private static final List<Dimension> BANDWIDTH = List.of(Dimension.BANDWIDTH_PER_CYCLE, Dimension.BANDWIDTH);
	private static final List<Dimension> ENERGY_PER_SIZE = List.of(Dimension.ENERGY_PER_SIZE);
	private static final String PRECISION = "the precision";

	private static final List<NumberRole> ALL = List.of(
			quantity(Literals.WORKLOAD__PRECISION, PRECISION, SIZE, "8 bit", false),
			quantity(Literals.INPUT__PRECISION, PRECISION, SIZE, "8 bit", false),
			quantity(Literals.PRECISION_OPTION__PRECISION, PRECISION, SIZE, "8 bit", false),
			quantity(Literals.ACCELERATOR__CLOCK, "the clock", List.of(Dimension.FREQUENCY), "1 GHz", false),
			quantity(Literals.PE_ARRAY__REGISTERS, "the register file", SIZE, "512 B", false),
			quantity(Literals.PE_ARRAY__PRECISION, PRECISION, SIZE, "8 bit", false),
			quantity(Literals.PE_ARRAY__PARTIAL_SUMS, "a partial sum", SIZE, "32 bit", false),
			quantity(Literals.GLOBAL_BUFFER__SIZE, "the buffer", SIZE, "1 MiB", false),
			quantity(Literals.GLOBAL_BUFFER__BANDWIDTH, "the buffer's bandwidth", BANDWIDTH, "256 B/cycle", false),
			quantity(Literals.GLOBAL_BUFFER__READS, "the buffer's bandwidth of reads", BANDWIDTH, "256 B/cycle", false),
			quantity(Literals.GLOBAL_BUFFER__WRITES, "the buffer's bandwidth of writes", BANDWIDTH, "128 B/cycle", false),
			quantity(Literals.GLOBAL_BUFFER__BANKS, "the number of banks", COUNT, "16", false),
			quantity(Literals.INTERCONNECT__PORT_STEP, "the distance between the buffer's ports", COUNT, "4", false),
			quantity(Literals.MEMORY__BANDWIDTH, "the memory's bandwidth", BANDWIDTH.reversed(), "64 GB/s", false),
			quantity(Literals.INTERCONNECT__LINK, "the link's bandwidth", BANDWIDTH, "8 B/cycle", false),
			quantity(Literals.INTERCONNECT__LOCAL, "the local port's bandwidth", BANDWIDTH, "8 B/cycle", false),
			quantity(Literals.INTERCONNECT__HOP, "the hop latency", List.of(Dimension.CYCLES), "1 cycle", true),
			quantity(Literals.ENERGIES__MAC, "the energy of a multiply-accumulate", List.of(Dimension.ENERGY), "0.2 pJ", true),
			quantity(Literals.ENERGIES__REGISTERS, "the energy of a register file access", ENERGY_PER_SIZE, "0.1 pJ/B", true),
			quantity(Literals.ENERGIES__LINK, "the energy of a hop", ENERGY_PER_SIZE, "0.05 pJ/B", true),
			quantity(Literals.ENERGIES__BUFFER, "the energy of a buffer access", ENERGY_PER_SIZE, "1 pJ/B", true),
			quantity(Literals.ENERGIES__MEMORY, "the energy of a memory access", ENERGY_PER_SIZE, "20 pJ/B", true),
			new NumberRole(Literals.EXTENT__VALUE, extent -> ((Extent) extent).getRank().getLiteral(), COUNT, "8", false),
			new NumberRole(Literals.EXTENT_OPTION__VALUE, option -> ((ExtentOption) option).getRank().getLiteral(), COUNT, "8", false),
			new NumberRole(Literals.PAIR_OPTION__ROWS, NumberRole::keyword, COUNT, "2", false),
			new NumberRole(Literals.PAIR_OPTION__COLUMNS, pair -> keyword(pair) + " along columns", COUNT, "2", false),
			quantity(Literals.PAD_OPTION__TOP, "pad (top)", COUNT, "1", true),
			quantity(Literals.PAD_OPTION__BOTTOM, "pad (bottom)", COUNT, "1", true),
			quantity(Literals.PAD_OPTION__LEFT, "pad (left)", COUNT, "1", true),
			quantity(Literals.PAD_OPTION__RIGHT, "pad (right)", COUNT, "1", true),
			quantity(Literals.GROUPS_OPTION__VALUE, "groups", COUNT, "2", false),
			quantity(Literals.RANGE_OPTION__FROM, "the first channel", COUNT, "0", true),
			quantity(Literals.RANGE_OPTION__TO, "the last channel", COUNT, "31", true),
			quantity(Literals.BLOCK_USE__REPEAT, "repeat", COUNT, "2", false),
			quantity(Literals.PE_ARRAY__ROWS, "the number of PE rows", COUNT, "32", false),
			quantity(Literals.PE_ARRAY__COLUMNS, "the number of PE columns", COUNT, "32", false),
			quantity(Literals.PE_ARRAY__MACS, "the number of MACs a cycle", COUNT, "1", false),
			quantity(Literals.EXPRESS__LENGTH, "the length of a long link", COUNT, "4", false),
			quantity(Literals.EXPRESS__START, "the first long link's position", COUNT, "0", true),
			quantity(Literals.EXPRESS__STEP, "the distance between long links", COUNT, "1", true),
			quantity(Literals.POLICY__DEPTH, "the depth", COUNT, "4", false),
			quantity(Literals.POLICY__LEAST_CHUNKS, "chunks", COUNT, "4", false),
			quantity(Literals.POLICY__MOST_CHUNKS, "the most chunks", COUNT, "64", false),
			quantity(Literals.OPERATOR_MAPPING__SHARE, "the share", COUNT, "16", false),
			new NumberRole(Literals.LOOP_EXTENT__VALUE, extent -> ((LoopExtent) extent).getRank().getLiteral(), COUNT, "4", false),
			quantity(Literals.SAMPLING__COUNT, "the number of points", COUNT, "1000", false),
			quantity(Literals.SAMPLING__SEED, "the seed", COUNT, "7", true),
			quantity(Literals.SEGMENT__CHUNKS, "chunks", COUNT, "16", false));
	private static final Map<EStructuralFeature, NumberRole> BY_FEATURE = ALL.stream().collect(Collectors.toUnmodifiableMap(NumberRole::feature, role -> role));

	private static NumberRole quantity(EReference feature, String name, List<Dimension> dimensions, String example, boolean zero) {
		return new NumberRole(feature, holder -> name, dimensions, example, zero);
	}

	/** {@code StrideOption} is called stride. */
	private static String keyword(EObject option) {
		String name = option.eClass().getName();
		return option.eClass() == Literals.SIZE_OPTION ? "to" : name.substring(0, name.length() - "Option".length()).toLowerCase(java.util.Locale.ROOT);
	}

	/** The role of numbers in this containment reference; empty if it holds none, or, as that of parameters, any. */
	public static Optional<NumberRole> of(EStructuralFeature feature) {
		return Optional.ofNullable(BY_FEATURE.get(feature));
	}

	/** The role of the whole expression that this one is a part of. */
	public static Optional<NumberRole> ofOutermost(Expression expression) {
		return of(outermost(expression).eContainingFeature());
	}

	/** The whole expression that this one is a part of. */
	public static Expression outermost(Expression expression) {
		Expression outermost = expression;
		while (outermost.eContainer() instanceof Expression container) {
			outermost = container;
		}
		return outermost;
	}

	/** Every role. */
	public static List<NumberRole> all() {
		return ALL;
	}

	/** Whether it is a precision: a whole number of bits up to 64. */
	public boolean isPrecision(EObject holder) {
		return PRECISION.equals(name.apply(holder));
	}

	/** Units that do here, the customary one first; none for a count. */
	public List<String> units() {
		return dimensions.stream().flatMap(dimension -> Units.names(dimension).stream()).toList();
	}
}
