package org.pipeorgan.dsl.translation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Delivery;
import org.pipeorgan.dsl.pipeorgan.Energies;
import org.pipeorgan.dsl.pipeorgan.Express;
import org.pipeorgan.dsl.pipeorgan.GlobalBuffer;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.PeArray;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Quantity;
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
		PeArray array = accelerator.getArray();
		if (accelerator.getClock() == null || array == null || array.getRegisters() == null || !isComplete(accelerator.getBuffer())
				|| accelerator.getMemory() == null || accelerator.getMemory().getBandwidth() == null) {
			return Optional.empty();
		}
		return guarded(accelerator, problems, () -> {
			Rational clock = Quantities.hertz(accelerator.getClock());
			return new org.pipeorgan.engine.hardware.Accelerator(accelerator.getName(), clock, Math.toIntExact(array.getRows()),
					Math.toIntExact(array.getColumns()), array.eIsSet(Literals.PE_ARRAY__MACS) ? array.getMacs() : 1,
					Quantities.bytes(array.getRegisters()),
					array.getPrecision() == null ? (int) DEFAULT_PRECISION_BITS : Quantities.bits(array.getPrecision()),
					Math.toIntExact(array.getPartialSums() == null ? DEFAULT_PARTIAL_SUM_BYTES : Quantities.bytes(array.getPartialSums())),
					buffer(accelerator.getBuffer(), clock),
					Quantities.bytesPerCycle(accelerator.getMemory().getBandwidth(), clock), energies(accelerator.getEnergy()));
		});
	}

	private static boolean isComplete(GlobalBuffer buffer) {
		return buffer != null && buffer.getSize() != null
				&& (buffer.getBandwidth() != null ? buffer.getReads() == null && buffer.getWrites() == null : buffer.getReads() != null && buffer.getWrites() != null);
	}

	private static org.pipeorgan.engine.hardware.GlobalBuffer buffer(GlobalBuffer buffer, Rational clock) {
		return new org.pipeorgan.engine.hardware.GlobalBuffer(Quantities.bytes(buffer.getSize()),
				Quantities.bytesPerCycle(buffer.getBandwidth() == null ? buffer.getReads() : buffer.getBandwidth(), clock),
				Optional.ofNullable(buffer.getWrites()).map(writes -> Quantities.bytesPerCycle(writes, clock)),
				buffer.eIsSet(Literals.GLOBAL_BUFFER__BANKS) ? Math.toIntExact(buffer.getBanks()) : 1);
	}

	/**
	 * The engine's interconnect; empty if a problem was found or a part is missing (a fast check tells).
	 *
	 * @param clockHertz clock of the accelerator that it serves, for bandwidths per second
	 */
	public static Optional<org.pipeorgan.engine.interconnect.Interconnect> interconnect(Interconnect interconnect, Rational clockHertz,
			Consumer<Problem> problems) {
		if (interconnect.getLink() == null) {
			return Optional.empty();
		}
		return guarded(interconnect, problems, () -> {
			Rational link = Quantities.bytesPerCycle(interconnect.getLink(), clockHertz);
			return new org.pipeorgan.engine.interconnect.Interconnect(interconnect.getName(), topology(interconnect),
					interconnect.getExpress().stream().map(HardwareTranslator::express).toList(), link,
					interconnect.getLocal() == null ? link : Quantities.bytesPerCycle(interconnect.getLocal(), clockHertz),
					interconnect.getHop() == null ? 1 : Quantities.cycles(interconnect.getHop()),
					interconnect.getDelivery() == Delivery.MULTICAST,
					interconnect.isSharedDistribution() ? Optional.of(ports(interconnect)) : Optional.empty());
		});
	}

	private static BufferPorts ports(Interconnect interconnect) {
		return new BufferPorts(interconnect.getPortSides().isEmpty() ? BufferPorts.WEST.sides() : interconnect.getPortSides().stream().map(side -> switch (side) {
		case NORTH -> BufferPorts.Side.NORTH;
		case SOUTH -> BufferPorts.Side.SOUTH;
		case WEST -> BufferPorts.Side.WEST;
		case EAST -> BufferPorts.Side.EAST;
		}).toList(), interconnect.eIsSet(Literals.INTERCONNECT__PORT_STEP) ? Math.toIntExact(interconnect.getPortStep()) : BufferPorts.WEST.step());
	}

	/** Checks an interconnect by itself, at a clock of 1 GHz. */
	public static void check(Interconnect interconnect, Consumer<Problem> problems) {
		interconnect(interconnect, ONE_GIGAHERTZ, problems);
	}

	private static ExpressLinks express(Express express) {
		if (express.isAutomatic()) {
			return ExpressLinks.every(ExpressLinks.AUTOMATIC);
		}
		if (express.getLength() < 2) {
			throw new HardwareException("express", "long links have length " + express.getLength() + "; it must be at least 2");
		}
		boolean started = express.eIsSet(Literals.EXPRESS__START);
		boolean stepped = express.eIsSet(Literals.EXPRESS__STEP);
		return new ExpressLinks(Math.toIntExact(express.getLength()), started ? Math.toIntExact(express.getStart()) : 0,
				stepped ? Math.toIntExact(express.getStep()) : 1);
	}

	private static Topology topology(Interconnect interconnect) {
		return switch (interconnect.getTopology()) {
		case MESH -> Topology.MESH;
		case TORUS -> Topology.TORUS;
		case RING -> Topology.RING;
		case FLATTENED_BUTTERFLY -> Topology.FLATTENED_BUTTERFLY;
		};
	}

	private static org.pipeorgan.engine.hardware.Energies energies(Energies energies) {
		org.pipeorgan.engine.hardware.Energies defaults = org.pipeorgan.engine.hardware.Energies.DEFAULT;
		if (energies == null) {
			return defaults;
		}
		return new org.pipeorgan.engine.hardware.Energies(or(energies.getMac(), Quantities::picojoules, defaults.mac()),
				or(energies.getRegisters(), Quantities::picojoulesPerByte, defaults.registers()),
				or(energies.getLink(), Quantities::picojoulesPerByte, defaults.link()),
				or(energies.getBuffer(), Quantities::picojoulesPerByte, defaults.buffer()),
				or(energies.getMemory(), Quantities::picojoulesPerByte, defaults.memory()));
	}

	private static double or(Quantity quantity, ToDoubleFunction<Quantity> value, double absent) {
		return quantity == null ? absent : value.applyAsDouble(quantity);
	}

	private static <T> Optional<T> guarded(EObject element, Consumer<Problem> problems, java.util.function.Supplier<T> translation) {
		try {
			return Optional.of(translation.get());
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
