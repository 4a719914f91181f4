package org.pipeorgan.dsl.validation;

import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Energies;
import org.pipeorgan.dsl.pipeorgan.GlobalBuffer;
import org.pipeorgan.dsl.pipeorgan.PeArray;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.pipeorgan.Quantity;
import org.pipeorgan.dsl.translation.HardwareTranslator;
import org.pipeorgan.dsl.translation.Quantities;

/** Accelerators are complete and possible. */
public class AcceleratorValidator extends AreaValidator {
	/** Each section once. */
	@Check(CheckType.FAST)
	public void checkSectionsOnce(Accelerator accelerator) {
		checkOnce(accelerator, Literals.ACCELERATOR__CLOCK, "clock");
		checkOnce(accelerator, Literals.ACCELERATOR__ARRAY, "array");
		checkOnce(accelerator, Literals.ACCELERATOR__BUFFER, "buffer");
		checkOnce(accelerator, Literals.ACCELERATOR__MEMORY, "memory");
		checkOnce(accelerator, Literals.ACCELERATOR__INTERCONNECT, "interconnect");
		checkOnce(accelerator, Literals.ACCELERATOR__ENERGY, "energy");
	}

	/** Each property of the array once. */
	@Check(CheckType.FAST)
	public void checkPropertiesOnce(PeArray array) {
		checkOnce(array, Literals.PE_ARRAY__MACS, "macs");
		checkOnce(array, Literals.PE_ARRAY__REGISTERS, "registers");
		checkOnce(array, Literals.PE_ARRAY__PRECISION, "precision");
		checkOnce(array, Literals.PE_ARRAY__PARTIAL_SUMS, "partial sums");
	}

	/** Each energy once. */
	@Check(CheckType.FAST)
	public void checkEnergiesOnce(Energies energies) {
		checkOnce(energies, Literals.ENERGIES__MAC, "mac");
		checkOnce(energies, Literals.ENERGIES__REGISTERS, "registers");
		checkOnce(energies, Literals.ENERGIES__LINK, "link");
		checkOnce(energies, Literals.ENERGIES__BUFFER, "buffer");
		checkOnce(energies, Literals.ENERGIES__MEMORY, "memory");
	}

	/** The sections without which nothing can be computed. */
	@Check(CheckType.FAST)
	public void checkComplete(Accelerator accelerator) {
		checkPresent(accelerator.getClock(), accelerator, Literals.NAMED_ELEMENT__NAME, "the clock", "clock 1 GHz");
		checkPresent(accelerator.getArray(), accelerator, Literals.NAMED_ELEMENT__NAME, "the array", "array 32 x 32 { macs 8 per cycle registers 512 B }");
		checkPresent(accelerator.getBuffer(), accelerator, Literals.NAMED_ELEMENT__NAME, "the global buffer", "buffer 1 MiB at 256 B/cycle");
		checkPresent(accelerator.getMemory(), accelerator, Literals.NAMED_ELEMENT__NAME, "the memory", "memory 64 GB/s");
	}

	/** The register file of the PEs. */
	@Check(CheckType.FAST)
	public void checkRegisters(PeArray array) {
		checkPresent(array.getRegisters(), array, Literals.PE_ARRAY__ROWS, "the PEs' register file", "registers 512 B");
	}

	/** Each property of the buffer once. */
	@Check(CheckType.FAST)
	public void checkPropertiesOnce(GlobalBuffer buffer) {
		checkOnce(buffer, Literals.GLOBAL_BUFFER__BANDWIDTH, "at");
		checkOnce(buffer, Literals.GLOBAL_BUFFER__READS, "reads");
		checkOnce(buffer, Literals.GLOBAL_BUFFER__WRITES, "writes");
		checkOnce(buffer, Literals.GLOBAL_BUFFER__BANKS, "banks");
	}

	/** The bandwidth of the buffer: one that reads and writes share, or one for each. */
	@Check(CheckType.FAST)
	public void checkBufferBandwidth(GlobalBuffer buffer) {
		Quantity reads = buffer.getReads();
		Quantity writes = buffer.getWrites();
		if (buffer.getSize() == null) {
			return;
		}
		if (reads == null && writes == null) {
			checkPresent(buffer.getBandwidth(), buffer, Literals.GLOBAL_BUFFER__SIZE, "the buffer's bandwidth", "at 256 B/cycle");
		} else if (buffer.getBandwidth() != null) {
			report(IssueCode.CONFLICTING_OPTIONS, "reads and writes share the " + Quantities.text(buffer.getBandwidth()) + " of 'at', or have bandwidths of their own, "
					+ Quantities.text(reads != null ? reads : writes) + " for '" + (reads != null ? "reads" : "writes") + "'; not both: remove 'at', or 'reads' and 'writes'",
					buffer, Literals.GLOBAL_BUFFER__BANDWIDTH);
		} else {
			checkPresent(reads, buffer, Literals.GLOBAL_BUFFER__WRITES, "the buffer's bandwidth of reads", "reads 256 B/cycle");
			checkPresent(writes, buffer, Literals.GLOBAL_BUFFER__READS, "the buffer's bandwidth of writes", "writes 128 B/cycle");
		}
	}

	/** At least one bank. */
	@Check(CheckType.FAST)
	public void checkBanks(GlobalBuffer buffer) {
		if (buffer.eIsSet(Literals.GLOBAL_BUFFER__BANKS)) {
			checkAtLeast(1, buffer.getBanks(), "the number of banks", buffer, Literals.GLOBAL_BUFFER__BANKS);
		}
	}

	/** At least one PE with at least one MAC a cycle. */
	@Check(CheckType.FAST)
	public void checkArray(PeArray array) {
		checkAtLeast(1, array.getRows(), "the number of PE rows", array, Literals.PE_ARRAY__ROWS);
		checkAtLeast(1, array.getColumns(), "the number of PE columns", array, Literals.PE_ARRAY__COLUMNS);
		if (array.eIsSet(Literals.PE_ARRAY__MACS)) {
			checkAtLeast(1, array.getMacs(), "the number of MACs a cycle", array, Literals.PE_ARRAY__MACS);
		}
	}

	/** The engine accepts it. */
	@Check(CheckType.NORMAL)
	public void checkPossible(Accelerator accelerator) {
		if (QuantityGuard.allSound(accelerator)) {
			HardwareTranslator.accelerator(accelerator, this::report);
		}
	}
}
