package org.pipeorgan.dsl.validation;

import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.xtext.validation.Check;
import org.eclipse.xtext.validation.CheckType;
import org.pipeorgan.dsl.expressions.Evaluator;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Energies;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.GlobalBuffer;
import org.pipeorgan.dsl.pipeorgan.PeArray;
import org.pipeorgan.dsl.pipeorgan.PipeorganPackage.Literals;
import org.pipeorgan.dsl.translation.AcceleratorParts;
import org.pipeorgan.dsl.translation.HardwareTranslator;

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

	/** Each property of the buffer once. */
	@Check(CheckType.FAST)
	public void checkPropertiesOnce(GlobalBuffer buffer) {
		checkOnce(buffer, Literals.GLOBAL_BUFFER__BANDWIDTH, "at");
		checkOnce(buffer, Literals.GLOBAL_BUFFER__READS, "reads");
		checkOnce(buffer, Literals.GLOBAL_BUFFER__WRITES, "writes");
		checkOnce(buffer, Literals.GLOBAL_BUFFER__BANKS, "banks");
	}

	/** The bandwidths of the buffer: one that reads and writes share, or one for each. */
	@Check(CheckType.FAST)
	public void checkBufferBandwidth(GlobalBuffer buffer) {
		Expression reads = buffer.getReads();
		Expression writes = buffer.getWrites();
		if (buffer.getSize() == null || reads == null && writes == null) {
			return;
		}
		if (buffer.getBandwidth() != null) {
			report(IssueCode.CONFLICTING_OPTIONS, "reads and writes share the " + Evaluator.text(buffer.getBandwidth()) + " of 'at', or have bandwidths of their own, "
					+ Evaluator.text(reads != null ? reads : writes) + " for '" + (reads != null ? "reads" : "writes") + "'; not both: remove 'at', or 'reads' and 'writes'",
					buffer, Literals.GLOBAL_BUFFER__BANDWIDTH);
		} else {
			checkPresent(reads, buffer, Literals.GLOBAL_BUFFER__WRITES, "the buffer's bandwidth of reads", "reads 256 B/cycle");
			checkPresent(writes, buffer, Literals.GLOBAL_BUFFER__READS, "the buffer's bandwidth of writes", "writes 128 B/cycle");
		}
	}

	/** Everything without which nothing can be computed, of its own or from what it refines. */
	@Check(CheckType.NORMAL)
	public void checkComplete(Accelerator accelerator) {
		AcceleratorParts parts = AcceleratorParts.of(accelerator);
		EStructuralFeature name = Literals.NAMED_ELEMENT__NAME;
		checkPresent(parts.clock(), accelerator, name, "the clock", "clock 1 GHz");
		checkPresent(parts.rows(), accelerator, name, "the array", "array 32 x 32 { macs 8 per cycle registers 512 B }");
		if (parts.rows() != null) {
			PeArray array = accelerator.getArray();
			checkPresent(parts.registers(), array == null ? accelerator : array, array == null ? name : Literals.PE_ARRAY__ROWS, "the PEs' register file", "registers 512 B");
		}
		checkPresent(parts.bufferSize(), accelerator, name, "the global buffer", "buffer 1 MiB at 256 B/cycle");
		if (parts.bufferSize() != null) {
			GlobalBuffer buffer = accelerator.getBuffer();
			checkPresent(parts.bufferWithBandwidth(), buffer == null ? accelerator : buffer, buffer == null ? name : Literals.GLOBAL_BUFFER__SIZE, "the buffer's bandwidth",
					"at 256 B/cycle");
		}
		checkPresent(parts.memoryBandwidth(), accelerator, name, "the memory", "memory 64 GB/s");
	}

	/** The engine accepts it. */
	@Check(CheckType.NORMAL)
	public void checkPossible(Accelerator accelerator) {
		HardwareTranslator.accelerator(accelerator, this::report);
	}
}
