package org.pipeorgan.dsl.sweep;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.pipeorgan.dsl.pipeorgan.Delivery;
import org.pipeorgan.dsl.pipeorgan.Express;
import org.pipeorgan.dsl.pipeorgan.PipeorganFactory;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage;
import org.pipeorgan.dsl.pipeorgan.Restriction;
import org.pipeorgan.dsl.pipeorgan.Topology;
import org.pipeorgan.dsl.units.Dimension;
import org.pipeorgan.dsl.units.Units;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.ExpressLinks;

/**
 * What may vary, be compared and be counted of a design, by the name that a study writes. A bandwidth of the buffer or of the interconnect is one
 * per cycle, that of the memory one per second.
 */
public enum Property {
	/** Name of the accelerator. */
	ACCELERATOR("accelerator", design -> design.accelerator().name()),
	/** Name of the interconnect. */
	INTERCONNECT("interconnect", design -> design.interconnect().name()),
	/** Name of the policy. */
	POLICY("policy", design -> design.policy().name()),
	/** Rows and columns of PEs together. */
	ARRAY("array", (variant, choice) -> {
		variant.array().setRows(choice.expression(0));
		variant.array().setColumns(choice.expression(1));
	}),
	/** Rows of PEs. */
	ARRAY_ROWS("array.rows", "", (variant, choice) -> variant.array().setRows(choice.expression(0)), design -> whole(design.accelerator().rows())),
	/** Columns of PEs. */
	ARRAY_COLUMNS("array.columns", "", (variant, choice) -> variant.array().setColumns(choice.expression(0)), design -> whole(design.accelerator().columns())),
	/** Rows times columns. */
	ARRAY_PES("array.pes", "", null, design -> whole(design.accelerator().pes())),
	/** Multiply-accumulates of a PE in a cycle. */
	ARRAY_MACS("array.macs", "", (variant, choice) -> variant.array().setMacs(choice.expression(0)), design -> whole(design.accelerator().macsPerCycle())),
	/** Register file of a PE. */
	ARRAY_REGISTERS("array.registers", "B", (variant, choice) -> variant.array().setRegisters(choice.expression(0)), design -> whole(design.accelerator().registerBytes())),
	/** Precision of tensors that state none. */
	ARRAY_PRECISION("array.precision", "bit", (variant, choice) -> variant.array().setPrecision(choice.expression(0)), design -> whole(design.accelerator().precisionBits())),
	/** A partial sum. */
	ARRAY_PARTIAL_SUMS("array.partial_sums", "B", (variant, choice) -> variant.array().setPartialSums(choice.expression(0)),
			design -> whole(design.accelerator().partialSumBytes())),
	/** Size of the global buffer. */
	BUFFER_SIZE("buffer.size", "B", (variant, choice) -> variant.buffer().setSize(choice.expression(0)), design -> whole(design.accelerator().bufferBytes())),
	/** Bandwidth that reads and writes of the buffer share; that of its reads where they have one of their own. */
	BUFFER_BANDWIDTH("buffer.bandwidth", "B/cycle", (variant, choice) -> variant.buffer().setBandwidth(choice.expression(0)),
			design -> number(design.accelerator().buffer().bandwidth())),
	/** Bandwidth of the buffer's reads. */
	BUFFER_READS("buffer.reads", "B/cycle", (variant, choice) -> variant.bufferWithPorts().setReads(choice.expression(0)),
			design -> number(design.accelerator().buffer().bandwidth())),
	/** Bandwidth of the buffer's writes; the shared one where they have none of their own. */
	BUFFER_WRITES("buffer.writes", "B/cycle", (variant, choice) -> variant.bufferWithPorts().setWrites(choice.expression(0)),
			design -> number(design.accelerator().buffer().writeBandwidth().orElse(design.accelerator().buffer().bandwidth()))),
	/** Banks of the buffer. */
	BUFFER_BANKS("buffer.banks", "", (variant, choice) -> variant.buffer().setBanks(choice.expression(0)), design -> whole(design.accelerator().buffer().banks())),
	/** Bandwidth of the memory. */
	MEMORY_BANDWIDTH("memory.bandwidth", "B/s", (variant, choice) -> variant.memory().setBandwidth(choice.expression(0)),
			design -> number(design.accelerator().memoryBandwidth().times(design.accelerator().clockHertz()))),
	/** Clock frequency. */
	CLOCK("clock", "Hz", (variant, choice) -> variant.accelerator().setClock(choice.expression(0)), design -> number(design.accelerator().clockHertz())),
	/** Energy of a multiply-accumulate. */
	ENERGY_MAC("energy.mac", "pJ", (variant, choice) -> variant.energy().setMac(choice.expression(0)), design -> design.accelerator().energies().mac()),
	/** Energy of a register file access. */
	ENERGY_REGISTERS("energy.registers", "pJ/B", (variant, choice) -> variant.energy().setRegisters(choice.expression(0)), design -> design.accelerator().energies().registers()),
	/** Energy of a hop. */
	ENERGY_LINK("energy.link", "pJ/B", (variant, choice) -> variant.energy().setLink(choice.expression(0)), design -> design.accelerator().energies().link()),
	/** Energy of a buffer access. */
	ENERGY_BUFFER("energy.buffer", "pJ/B", (variant, choice) -> variant.energy().setBuffer(choice.expression(0)), design -> design.accelerator().energies().buffer()),
	/** Energy of a memory access. */
	ENERGY_MEMORY("energy.memory", "pJ/B", (variant, choice) -> variant.energy().setMemory(choice.expression(0)), design -> design.accelerator().energies().memory()),
	/** How the routers are joined. */
	INTERCONNECT_TOPOLOGY("interconnect.topology", Arrays.stream(Topology.values()).map(Topology::getLiteral).toList(),
			(variant, choice) -> variant.interconnect().setTopology(Topology.get(choice.name())), design -> design.interconnect().topology().keyword()),
	/** Length of the long links, 0 for none. */
	INTERCONNECT_EXPRESS("interconnect.express", "", (variant, choice) -> express(variant, choice),
			design -> whole(design.interconnect().express().stream().mapToInt(links -> links.lengthOn(design.accelerator().columns())).max().orElse(0))),
	/** Bandwidth of a link. */
	INTERCONNECT_LINK("interconnect.link", "B/cycle", (variant, choice) -> variant.interconnect().setLink(choice.expression(0)),
			design -> number(design.interconnect().linkBandwidth())),
	/** Bandwidth of the port between PE and router. */
	INTERCONNECT_LOCAL("interconnect.local", "B/cycle", (variant, choice) -> variant.interconnect().setLocal(choice.expression(0)),
			design -> number(design.interconnect().localBandwidth())),
	/** Latency of a hop. */
	INTERCONNECT_HOP("interconnect.hop", "cycle", (variant, choice) -> variant.interconnect().setHop(choice.expression(0)), design -> whole(design.interconnect().hopCycles())),
	/** Whether a link carries an element once for all its destinations. */
	INTERCONNECT_DELIVERY("interconnect.delivery", Arrays.stream(Delivery.values()).map(Delivery::getLiteral).toList(),
			(variant, choice) -> variant.interconnect().setDelivery(Delivery.get(choice.name())),
			design -> (design.interconnect().multicast() ? Delivery.MULTICAST : Delivery.UNICAST).getLiteral()),
	/** Largest number of operators of a segment. */
	POLICY_DEPTH("policy.depth", "", (variant, choice) -> variant.policy().setDepth(choice.expression(0)), design -> whole(design.policy().maxDepth())),
	/** What the policy does without. */
	POLICY_RESTRICT("policy.restrict", names("none", Arrays.stream(Restriction.values()).map(Restriction::getLiteral).toList()), (variant, choice) -> {
		if (!"none".equals(choice.name())) {
			variant.policy().getRestrictions().add(Restriction.get(choice.name()));
		}
	}, design -> design.policy().restrictions().isEmpty() ? "none"
			: design.policy().restrictions().stream().map(org.pipeorgan.engine.search.Restriction::keyword).collect(Collectors.joining("+")));

	/** Names that {@code interconnect.express} takes besides lengths. */
	static final List<String> EXPRESS_NAMES = List.of("none", "auto");
	private final String path;
	private final String unit;
	private final List<String> names;
	private final BiConsumer<Variant, Choice> setter;
	private final Function<Design, Object> reader;

	Property(String path, String unit, List<String> names, BiConsumer<Variant, Choice> setter, Function<Design, Object> reader) {
		this.path = path;
		this.unit = unit;
		this.names = names;
		this.setter = setter;
		this.reader = reader;
	}

	/** A number. */
	Property(String path, String unit, BiConsumer<Variant, Choice> setter, Function<Design, Object> reader) {
		this(path, unit, List.of(), setter, reader);
	}

	/** One of some names. */
	Property(String path, List<String> names, BiConsumer<Variant, Choice> setter, Function<Design, Object> reader) {
		this(path, null, names, setter, reader);
	}

	/** A name that the study chooses in other ways. */
	Property(String path, Function<Design, Object> reader) {
		this(path, null, List.of(), null, reader);
	}

	/** Several numbers, each of which is a property of its own. */
	Property(String path, BiConsumer<Variant, Choice> setter) {
		this(path, "", List.of(), setter, null);
	}

	private static List<String> names(String first, List<String> rest) {
		return java.util.stream.Stream.concat(java.util.stream.Stream.of(first), rest.stream()).toList();
	}

	/** Name in the language and in stores, such as {@code buffer.size}. */
	public String path() {
		return path;
	}

	/** The unit in which stores keep it, empty for a count; {@code null} for a name. */
	public String unit() {
		return unit;
	}

	/** What the number measures; {@code null} for a name. */
	public Dimension dimension() {
		return unit == null ? null : unit.isEmpty() ? Dimension.COUNT : Units.find(unit).orElseThrow().dimension();
	}

	/** The dimensions in which its values may be written. */
	List<Dimension> accepted() {
		Dimension own = dimension();
		return own.equals(Dimension.BANDWIDTH) ? List.of(own, Dimension.BANDWIDTH_PER_CYCLE) : own.equals(Dimension.BANDWIDTH_PER_CYCLE) ? List.of(own, Dimension.BANDWIDTH)
				: List.of(own);
	}

	/** The names that it may be; empty for a number, and for names that a file declares. */
	public List<String> names() {
		return this == INTERCONNECT_EXPRESS ? EXPRESS_NAMES : names;
	}

	/** Whether a study may vary it by itself. */
	public boolean isVariable() {
		return setter != null;
	}

	/** Whether a design has it as one number or name. */
	boolean isReadable() {
		return reader != null;
	}

	/** Whether it belongs to the policy, so that points that differ only in it have their targets in common. */
	boolean isOfPolicy() {
		return this == POLICY_DEPTH || this == POLICY_RESTRICT;
	}

	void set(Variant variant, Choice choice) {
		setter.accept(variant, choice);
	}

	/** A {@link Long}, a {@link Double} or a {@link String}. */
	Object read(Design design) {
		return reader.apply(design);
	}

	/** The property of this name. */
	public static Optional<Property> of(String path) {
		return Arrays.stream(values()).filter(property -> property.path.equals(path)).findFirst();
	}

	private static void express(Variant variant, Choice choice) {
		Express links = PipeorganFactory.eINSTANCE.createExpress();
		if ("none".equals(choice.name())) {
			links.setNone(true);
		} else if (choice.name() != null) {
			links.setAutomatic(true);
		} else {
			links.setLength(choice.expression(0));
		}
		variant.interconnect().getExpress().add(links);
	}

	private static Object whole(long value) {
		return value;
	}

	private static Object number(Rational value) {
		return value.denominator() == 1 ? (Object) value.numerator() : (Object) value.toDouble();
	}
}
