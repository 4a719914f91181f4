package org.pipeorgan.engine.simulation;

/**
 * What a simulation of a segment saw.
 *
 * @param latencyCycles    cycles from the first byte asked of memory to the last one stored, rounded up
 * @param memoryBytes      bytes read from and written to memory
 * @param bufferBytes      bytes read from and written to the global buffer
 * @param hopBits          bits times hops between routers
 * @param events           events that the simulator worked off
 */
public record SimulatedSegment(long latencyCycles, long memoryBytes, long bufferBytes, long hopBits, long events) {
}
