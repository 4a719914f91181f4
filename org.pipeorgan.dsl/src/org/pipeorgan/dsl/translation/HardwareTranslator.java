package org.pipeorgan.dsl.translation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.pipeorgan.dsl.expressions.ExpressionException;
import org.pipeorgan.dsl.expressions.Numbers;
import org.pipeorgan.dsl.expressions.Refinement;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Delivery;
import org.pipeorgan.dsl.pipeorgan.Energies;
import org.pipeorgan.dsl.pipeorgan.Express;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.GlobalBuffer;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.validation.IssueCode;
import org.pipeorgan.engine.hardware.HardwareException;
import org.pipeorgan.engine.hardware.Rational;
import org.pipeorgan.engine.interconnect.BufferPorts;
import org.pipeorgan.engine.interconnect.ExpressLinks;
import org.pipeorgan.engine.interconnect.Topology;

/** Translates accelerators and interconnects; what the engine refuses becomes a problem at the parameter at fault. */
public final class HardwareTranslator {
	private static final long DEFAULT_PRECISION_BITS = 8;
	private static final long DEFAULT_PARTIAL_SUM_BYTES = 4;
	private static final Rational ONE_GIGAHERTZ = Rational.of(1_000_000_000L);
	private static final Map<String, EStructuralFeature> FEATURES = Map.ofEntries(Map.entry("clock", Literals.ACCELERATOR__CLOCK),
			Map.entry("array", Literals.ACCELERATOR__ARRAY), Map.entry("array.rows", Literals.ACCELERATOR__ARRAY),
			Map.entry("array.columns", Literals.ACCELERATOR__ARRAY), Map.entry("array.macs", Literals.ACCELERATOR__ARRAY),
			Map.entry("array.registers", Literals.ACCELERATOR__ARRAY), Map.entry("array.precision", Literals.ACCELERATOR__ARRAY),
			Map.entry("array.partial_sums", Literals.ACCELERATOR__ARRAY), Map.entry("buffer", Literals.ACCELERATOR__BUFFER),
			Map.entry("buffer.bandwidth", Literals.ACCELERATOR__BUFFER), Map.entry("buffer.writes", Literals.ACCELERATOR__BUFFER),
			Map.entry("buffer.banks", Literals.ACCELERATOR__BUFFER), Map.entry("memory.bandwidth", Literals.ACCELERATOR__MEMORY),
			Map.entry("link", Literals.INTERCONNECT__LINK), Map.entry("local", Literals.INTERCONNECT__LOCAL),
			Map.entry("hop", Literals.INTERCONNECT__HOP), Map.entry("express", Literals.INTERCONNECT__EXPRESS), Map.entry("ports", Literals.INTERCONNECT__PORT_SIDES));

	private HardwareTranslator() {
	}

	/** The engine's accelerator; empty if a problem was found or a part is missing (a fast check tells). */
	public static Optional<org.pipeorgan.engine.hardware.Accelerator> accelerator(Accelerator accelerator, Consumer<Problem> problems) {
		AcceleratorParts parts = AcceleratorParts.of(accelerator);
		if (!parts.isComplete()) {
			return Optional.empty();
		}
		return guarded(accelerator, problems, () -> {
			Numbers numbers = Numbers.of(accelerator);
			Rational clock = numbers.hertz(parts.clock());
			return new org.pipeorgan.engine.hardware.Accelerator(accelerator.getName(), clock, numbers.smallCount(parts.rows()), numbers.smallCount(parts.columns()),
					parts.macs() == null ? 1 : numbers.count(parts.macs()), numbers.bytes(parts.registers()),
					parts.precision() == null ? (int) DEFAULT_PRECISION_BITS : numbers.bits(parts.precision()),
					Math.toIntExact(parts.partialSums() == null ? DEFAULT_PARTIAL_SUM_BYTES : numbers.bytes(parts.partialSums())), buffer(parts, numbers, clock),
					numbers.bytesPerCycle(parts.memoryBandwidth(), clock), energies(parts, numbers));
		});
	}

	private static org.pipeorgan.engine.hardware.GlobalBuffer buffer(AcceleratorParts parts, Numbers numbers, Rational clock) {
		GlobalBuffer bandwidths = parts.bufferWithBandwidth();
		return new org.pipeorgan.engine.hardware.GlobalBuffer(numbers.bytes(parts.bufferSize()),
				numbers.bytesPerCycle(bandwidths.getBandwidth() == null ? bandwidths.getReads() : bandwidths.getBandwidth(), clock),
				Optional.ofNullable(bandwidths.getWrites()).map(writes -> numbers.bytesPerCycle(writes, clock)),
				parts.bufferBanks() == null ? 1 : numbers.smallCount(parts.bufferBanks()));
	}

	/**
	 * The engine's interconnect; empty if a problem was found or a part is missing (a fast check tells).
	 *
	 * @param clockHertz clock of the accelerator that it serves, for bandwidths per second
	 */
	public static Optional<org.pipeorgan.engine.interconnect.Interconnect> interconnect(Interconnect interconnect, Rational clockHertz,
			Consumer<Problem> problems) {
		List<Interconnect> lineage = Refinement.lineage(interconnect);
		Optional<Expression> written = Refinement.nearest(lineage, Interconnect::getLink);
		if (written.isEmpty()) {
			return Optional.empty();
		}
		return guarded(interconnect, problems, () -> {
			Numbers numbers = Numbers.of(interconnect);
			Rational link = numbers.bytesPerCycle(written.get(), clockHertz);
			return new org.pipeorgan.engine.interconnect.Interconnect(interconnect.getName(), topology(lineage),
					Refinement.nearestThat(lineage, i -> !i.getExpress().isEmpty()).stream().flatMap(i -> i.getExpress().stream()).filter(e -> !e.isNone()).map(e -> express(e, numbers)).toList(), link,
					Refinement.nearest(lineage, Interconnect::getLocal).map(local -> numbers.bytesPerCycle(local, clockHertz)).orElse(link),
					Refinement.nearest(lineage, Interconnect::getHop).map(numbers::cycles).orElse(1L),
					Refinement.nearestThat(lineage, i -> i.eIsSet(Literals.INTERCONNECT__DELIVERY)).map(i -> i.getDelivery() == Delivery.MULTICAST).orElse(true),
					Refinement.nearestThat(lineage, Interconnect::isSharedDistribution).map(i -> ports(i, numbers)));
		});
	}

	private static BufferPorts ports(Interconnect interconnect, Numbers numbers) {
		return new BufferPorts(interconnect.getPortSides().isEmpty() ? BufferPorts.WEST.sides() : interconnect.getPortSides().stream().map(side -> switch (side) {
		case NORTH -> BufferPorts.Side.NORTH;
		case SOUTH -> BufferPorts.Side.SOUTH;
		case WEST -> BufferPorts.Side.WEST;
		case EAST -> BufferPorts.Side.EAST;
		}).toList(), interconnect.getPortStep() == null ? BufferPorts.WEST.step() : numbers.smallCount(interconnect.getPortStep()));
	}

	/** Checks an interconnect by itself, at a clock of 1 GHz. */
	public static void check(Interconnect interconnect, Consumer<Problem> problems) {
		interconnect(interconnect, ONE_GIGAHERTZ, problems);
	}

	private static ExpressLinks express(Express express, Numbers numbers) {
		if (express.isAutomatic()) {
			return ExpressLinks.every(ExpressLinks.AUTOMATIC);
		}
		int length = numbers.smallCount(express.getLength());
		if (length < 2) {
			throw new HardwareException("express", "long links have length " + length + "; it must be at least 2");
		}
		return new ExpressLinks(length, express.getStart() == null ? 0 : numbers.smallCount(express.getStart()),
				express.getStep() == null ? 1 : numbers.smallCount(express.getStep()));
	}

	private static Topology topology(List<Interconnect> lineage) {
		return switch (Refinement.nearestThat(lineage, i -> i.eIsSet(Literals.INTERCONNECT__TOPOLOGY)).orElse(lineage.get(0)).getTopology()) {
		case MESH -> Topology.MESH;
		case TORUS -> Topology.TORUS;
		case RING -> Topology.RING;
		case FLATTENED_BUTTERFLY -> Topology.FLATTENED_BUTTERFLY;
		};
	}

	private static org.pipeorgan.engine.hardware.Energies energies(AcceleratorParts parts, Numbers numbers) {
		org.pipeorgan.engine.hardware.Energies defaults = org.pipeorgan.engine.hardware.Energies.DEFAULT;
		return new org.pipeorgan.engine.hardware.Energies(parts.energy(Energies::getMac).map(numbers::picojoules).orElse(defaults.mac()),
				parts.energy(Energies::getRegisters).map(numbers::picojoulesPerByte).orElse(defaults.registers()),
				parts.energy(Energies::getLink).map(numbers::picojoulesPerByte).orElse(defaults.link()),
				parts.energy(Energies::getBuffer).map(numbers::picojoulesPerByte).orElse(defaults.buffer()),
				parts.energy(Energies::getMemory).map(numbers::picojoulesPerByte).orElse(defaults.memory()));
	}

	private static <T> Optional<T> guarded(EObject element, Consumer<Problem> problems, java.util.function.Supplier<T> translation) {
		try {
			return Optional.of(translation.get());
		} catch (ExpressionException e) {
			Problem.of(e, element).ifPresent(problems);
		} catch (HardwareException e) {
			EStructuralFeature feature = FEATURES.get(e.parameter());
			boolean fits = feature != null && feature.getEContainingClass().isInstance(element) && element.eIsSet(feature);
			problems.accept(Problem.at(element, fits ? feature : Literals.NAMED_ELEMENT__NAME, IssueCode.VALUE_OUT_OF_RANGE, e.getMessage()));
		} catch (IllegalArgumentException e) {
			problems.accept(Problem.at(element, Literals.NAMED_ELEMENT__NAME, IssueCode.VALUE_OUT_OF_RANGE, e.getMessage()));
		} catch (ArithmeticException e) {
			problems.accept(Problem.at(element, Literals.NAMED_ELEMENT__NAME, IssueCode.VALUE_OUT_OF_RANGE,
					"a number is too large or too fine for exact 64-bit arithmetic; use a larger or smaller unit, or fewer digits"));
		}
		return Optional.empty();
	}
}
