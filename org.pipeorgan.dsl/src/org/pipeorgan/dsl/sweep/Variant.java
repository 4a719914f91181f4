package org.pipeorgan.dsl.sweep;

import org.eclipse.emf.ecore.util.EcoreUtil;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Energies;
import org.pipeorgan.dsl.pipeorgan.GlobalBuffer;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Memory;
import org.pipeorgan.dsl.pipeorgan.PeArray;
import org.pipeorgan.dsl.pipeorgan.PipeorganFactory;
import org.pipeorgan.dsl.pipeorgan.Policy;
import org.pipeorgan.dsl.translation.AcceleratorParts;

/** The hardware and the policy of a point, as declarations that refine those of the study and say only what varies. */
final class Variant {
	private final Accelerator base;
	private final Accelerator accelerator = PipeorganFactory.eINSTANCE.createAccelerator();
	private final Interconnect interconnect = PipeorganFactory.eINSTANCE.createInterconnect();
	private final Policy policy = PipeorganFactory.eINSTANCE.createPolicy();

	Variant(Accelerator accelerator, Interconnect interconnect, Policy policy) {
		base = accelerator;
		this.accelerator.setName(accelerator.getName());
		this.accelerator.setBase(accelerator);
		this.interconnect.setName(interconnect.getName());
		this.interconnect.setBase(interconnect);
		this.policy.setName(policy.getName());
		this.policy.setBase(policy);
	}

	Accelerator accelerator() {
		return accelerator;
	}

	Interconnect interconnect() {
		return interconnect;
	}

	Policy policy() {
		return policy;
	}

	PeArray array() {
		if (accelerator.getArray() == null) {
			PeArray array = PipeorganFactory.eINSTANCE.createPeArray();
			accelerator.setArray(array);
		}
		return accelerator.getArray();
	}

	GlobalBuffer buffer() {
		if (accelerator.getBuffer() == null) {
			accelerator.setBuffer(PipeorganFactory.eINSTANCE.createGlobalBuffer());
		}
		return accelerator.getBuffer();
	}

	/** The buffer with bandwidths of its own for reads and for writes, where they are not stated yet those of the base. */
	GlobalBuffer bufferWithPorts() {
		GlobalBuffer buffer = buffer();
		GlobalBuffer stated = AcceleratorParts.of(base).bufferWithBandwidth();
		if (stated != null && buffer.getReads() == null && stated.getReads() != null) {
			buffer.setReads(EcoreUtil.copy(stated.getReads()));
		}
		if (stated != null && buffer.getWrites() == null && stated.getWrites() != null) {
			buffer.setWrites(EcoreUtil.copy(stated.getWrites()));
		}
		return buffer;
	}

	Memory memory() {
		if (accelerator.getMemory() == null) {
			accelerator.setMemory(PipeorganFactory.eINSTANCE.createMemory());
		}
		return accelerator.getMemory();
	}

	Energies energy() {
		if (accelerator.getEnergy() == null) {
			accelerator.setEnergy(PipeorganFactory.eINSTANCE.createEnergies());
		}
		return accelerator.getEnergy();
	}
}
