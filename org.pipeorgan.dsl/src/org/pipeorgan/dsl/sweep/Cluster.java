package org.pipeorgan.dsl.sweep;

import java.util.Optional;
import java.util.ServiceLoader;

import org.pipeorgan.engine.exploration.PointRunner;
import org.pipeorgan.engine.exploration.StoreHeader;

/** Evaluates points on many machines; provided by a module of its own, so that nothing here depends on one. */
public interface Cluster {
	/** A connection to a cluster, and what evaluates points on it. */
	interface Session extends PointRunner, AutoCloseable {
		@Override
		void close();
	}

	/**
	 * Connects to a cluster.
	 *
	 * @param master address of the cluster
	 * @param header the study, with its texts
	 * @throws IllegalArgumentException if there is no cluster at the address; the message says why
	 */
	Session connect(String master, StoreHeader header);

	/** The cluster of this program; empty if it has none. */
	static Optional<Cluster> service() {
		return ServiceLoader.load(Cluster.class, Cluster.class.getClassLoader()).findFirst();
	}
}
