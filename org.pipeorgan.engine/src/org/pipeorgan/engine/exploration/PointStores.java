package org.pipeorgan.engine.exploration;

import java.nio.file.Path;
import java.util.ServiceLoader;

/** Makes and opens stores; provided by a bundle of its own, so that nothing else depends on a database. */
public interface PointStores {
	/** Makes a new store, which no other process may write until it is closed. @throws StoreException if there is one already, or the folder cannot be written */
	PointStore create(Path file, StoreHeader header);

	/** Opens a store to append to it; no other process may until it is closed. @throws StoreException if it is damaged, or in use */
	PointStore append(Path file);

	/** Opens a store to read it, also while another process appends. @throws StoreException if it is damaged */
	PointStore read(Path file);

	/** The stores of this program. @throws StoreException if it has none */
	static PointStores service() {
		return ServiceLoader.load(PointStores.class, PointStores.class.getClassLoader()).findFirst()
				.orElseThrow(() -> new StoreException("there is no store for sweeps on the class path; it is in the jar of the command line, in the module org.pipeorgan.exploration"));
	}
}
