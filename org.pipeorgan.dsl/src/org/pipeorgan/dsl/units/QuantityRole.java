package org.pipeorgan.dsl.units;

import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.ACCELERATOR__CLOCK;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.ENERGIES__BUFFER;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.ENERGIES__LINK;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.ENERGIES__MAC;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.ENERGIES__MEMORY;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.ENERGIES__REGISTERS;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.GLOBAL_BUFFER__BANDWIDTH;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.GLOBAL_BUFFER__READS;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.GLOBAL_BUFFER__SIZE;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.GLOBAL_BUFFER__WRITES;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.INPUT__PRECISION;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.INTERCONNECT__HOP;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.INTERCONNECT__LINK;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.INTERCONNECT__LOCAL;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.MEMORY__BANDWIDTH;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.PE_ARRAY__PARTIAL_SUMS;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.PE_ARRAY__PRECISION;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.PE_ARRAY__REGISTERS;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.PRECISION_OPTION__PRECISION;
import static org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals.WORKLOAD__PRECISION;

import java.util.List;
import java.util.Optional;

import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;

/**
 * What a quantity stands for at one place of the metamodel.
 *
 * @param feature    the containment reference that holds the quantity
 * @param label      name in messages
 * @param dimensions the dimensions that are accepted there, the customary one first
 * @param example    what an architect would write there
 * @param zero       whether 0 is accepted
 */
public record QuantityRole(EReference feature, String label, List<Dimension> dimensions, String example, boolean zero) {
	private static final List<Dimension> SIZE = List.of(Dimension.SIZE);
	private static final List<Dimension> BANDWIDTH = List.of(Dimension.BANDWIDTH_PER_CYCLE, Dimension.BANDWIDTH);
	private static final List<Dimension> ENERGY_PER_SIZE = List.of(Dimension.ENERGY_PER_SIZE);

	private static final List<QuantityRole> ALL = List.of(
			new QuantityRole(WORKLOAD__PRECISION, "the precision", SIZE, "8 bit", false),
			new QuantityRole(INPUT__PRECISION, "the precision", SIZE, "8 bit", false),
			new QuantityRole(PRECISION_OPTION__PRECISION, "the precision", SIZE, "8 bit", false),
			new QuantityRole(ACCELERATOR__CLOCK, "the clock", List.of(Dimension.FREQUENCY), "1 GHz", false),
			new QuantityRole(PE_ARRAY__REGISTERS, "the register file", SIZE, "512 B", false),
			new QuantityRole(PE_ARRAY__PRECISION, "the precision", SIZE, "8 bit", false),
			new QuantityRole(PE_ARRAY__PARTIAL_SUMS, "a partial sum", SIZE, "32 bit", false),
			new QuantityRole(GLOBAL_BUFFER__SIZE, "the buffer", SIZE, "1 MiB", false),
			new QuantityRole(GLOBAL_BUFFER__BANDWIDTH, "the buffer's bandwidth", BANDWIDTH, "256 B/cycle", false),
			new QuantityRole(GLOBAL_BUFFER__READS, "the buffer's bandwidth of reads", BANDWIDTH, "256 B/cycle", false),
			new QuantityRole(GLOBAL_BUFFER__WRITES, "the buffer's bandwidth of writes", BANDWIDTH, "128 B/cycle", false),
			new QuantityRole(MEMORY__BANDWIDTH, "the memory's bandwidth", List.of(Dimension.BANDWIDTH, Dimension.BANDWIDTH_PER_CYCLE), "64 GB/s", false),
			new QuantityRole(INTERCONNECT__LINK, "the link's bandwidth", BANDWIDTH, "8 B/cycle", false),
			new QuantityRole(INTERCONNECT__LOCAL, "the local port's bandwidth", BANDWIDTH, "8 B/cycle", false),
			new QuantityRole(INTERCONNECT__HOP, "the hop latency", List.of(Dimension.CYCLES), "1 cycle", true),
			new QuantityRole(ENERGIES__MAC, "the energy of a multiply-accumulate", List.of(Dimension.ENERGY), "0.2 pJ", true),
			new QuantityRole(ENERGIES__REGISTERS, "the energy of a register file access", ENERGY_PER_SIZE, "0.1 pJ/B", true),
			new QuantityRole(ENERGIES__LINK, "the energy of a hop", ENERGY_PER_SIZE, "0.05 pJ/B", true),
			new QuantityRole(ENERGIES__BUFFER, "the energy of a buffer access", ENERGY_PER_SIZE, "1 pJ/B", true),
			new QuantityRole(ENERGIES__MEMORY, "the energy of a memory access", ENERGY_PER_SIZE, "20 pJ/B", true));

	/** The role of quantities in this containment reference; empty if it holds none. */
	public static Optional<QuantityRole> of(EStructuralFeature feature) {
		return ALL.stream().filter(role -> role.feature() == feature).findFirst();
	}

	/** Every role. */
	public static List<QuantityRole> all() {
		return ALL;
	}
}
