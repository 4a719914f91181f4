/**
 * Files for other simulators, written from a mapping: text only, nothing here opens a file. Each simulator has a class
 * of its own, package-private; {@link org.pipeorgan.engine.export.SimulatorFormat} is the way in.
 */
package org.pipeorgan.engine.export;
