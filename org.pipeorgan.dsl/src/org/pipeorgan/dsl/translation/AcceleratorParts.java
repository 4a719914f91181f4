package org.pipeorgan.dsl.translation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.pipeorgan.dsl.expressions.Refinement;
import org.pipeorgan.dsl.pipeorgan.Accelerator;
import org.pipeorgan.dsl.pipeorgan.Energies;
import org.pipeorgan.dsl.pipeorgan.Expression;
import org.pipeorgan.dsl.pipeorgan.GlobalBuffer;
import org.pipeorgan.dsl.pipeorgan.Interconnect;
import org.pipeorgan.dsl.pipeorgan.Memory;
import org.pipeorgan.dsl.pipeorgan.PeArray;

/** What an accelerator consists of, its own parts and those of the accelerators that it refines; {@code null} where there is none. */
public final class AcceleratorParts {
	private final List<Accelerator> lineage;

	private AcceleratorParts(List<Accelerator> lineage) {
		this.lineage = lineage;
	}

	/** The parts of an accelerator. */
	public static AcceleratorParts of(Accelerator accelerator) {
		return new AcceleratorParts(Refinement.lineage(accelerator));
	}

	/** Clock frequency. */
	public Expression clock() {
		return Refinement.nearest(lineage, Accelerator::getClock).orElse(null);
	}

	/** Rows of PEs. */
	public Expression rows() {
		return array(PeArray::getRows);
	}

	/** Columns of PEs. */
	public Expression columns() {
		return array(PeArray::getColumns);
	}

	/** Multiply-accumulates of a PE in a cycle. */
	public Expression macs() {
		return array(PeArray::getMacs);
	}

	/** Register file of a PE. */
	public Expression registers() {
		return array(PeArray::getRegisters);
	}

	/** Precision of tensors that state none. */
	public Expression precision() {
		return array(PeArray::getPrecision);
	}

	/** Size of a partial sum. */
	public Expression partialSums() {
		return array(PeArray::getPartialSums);
	}

	/** Size of the global buffer. */
	public Expression bufferSize() {
		return part(Accelerator::getBuffer, GlobalBuffer::getSize);
	}

	/** The description of the global buffer that states its bandwidths, shared or apart. */
	public GlobalBuffer bufferWithBandwidth() {
		return lineage.stream().map(Accelerator::getBuffer)
				.filter(buffer -> buffer != null && (buffer.getBandwidth() != null || buffer.getReads() != null || buffer.getWrites() != null)).findFirst().orElse(null);
	}

	/** Number of banks of the global buffer. */
	public Expression bufferBanks() {
		return part(Accelerator::getBuffer, GlobalBuffer::getBanks);
	}

	/** Bandwidth of the memory. */
	public Expression memoryBandwidth() {
		return part(Accelerator::getMemory, Memory::getBandwidth);
	}

	/** The network on chip that is used when a study names none. */
	public Interconnect interconnect() {
		return Refinement.nearest(lineage, Accelerator::getInterconnect).orElse(null);
	}

	/** One of the energies. */
	public Optional<Expression> energy(Function<Energies, Expression> which) {
		return Optional.ofNullable(part(Accelerator::getEnergy, which));
	}

	/** Whether everything is there without which nothing can be computed. */
	public boolean isComplete() {
		return clock() != null && rows() != null && columns() != null && registers() != null && bufferSize() != null && hasBandwidths(bufferWithBandwidth())
				&& memoryBandwidth() != null;
	}

	private static boolean hasBandwidths(GlobalBuffer buffer) {
		return buffer != null && (buffer.getBandwidth() != null ? buffer.getReads() == null && buffer.getWrites() == null : buffer.getReads() != null && buffer.getWrites() != null);
	}

	private Expression array(Function<PeArray, Expression> property) {
		return part(Accelerator::getArray, property);
	}

	private <S> Expression part(Function<Accelerator, S> section, Function<S, Expression> property) {
		return Refinement.nearest(lineage, accelerator -> section.apply(accelerator) == null ? null : property.apply(section.apply(accelerator))).orElse(null);
	}
}
