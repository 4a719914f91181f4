/** Workloads as the engine sees them: operators over named ranks, the tensors between them, and the builder that infers shapes. */
package org.pipeorgan.engine.workload;
