package org.pipeorgan.dsl.sweep;

import java.util.List;

import org.pipeorgan.engine.hardware.Accelerator;
import org.pipeorgan.engine.interconnect.Interconnect;
import org.pipeorgan.engine.search.Policy;
import org.pipeorgan.engine.workload.Workload;

/**
 * What a point of a sweep stands for.
 *
 * @param workloads    what runs on it
 * @param accelerator  the accelerator
 * @param interconnect the interconnect
 * @param policy       the policy that maps
 */
record Design(List<Workload> workloads, Accelerator accelerator, Interconnect interconnect, Policy policy) {
}
