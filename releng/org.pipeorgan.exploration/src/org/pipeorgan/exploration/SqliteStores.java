package org.pipeorgan.exploration;

import java.nio.file.Path;

import org.pipeorgan.engine.exploration.PointStore;
import org.pipeorgan.engine.exploration.PointStores;
import org.pipeorgan.engine.exploration.StoreHeader;

/** Stores in files of SQLite. */
public final class SqliteStores implements PointStores {
	@Override
	public PointStore create(Path file, StoreHeader header) {
		return SqliteStore.create(file, header);
	}

	@Override
	public PointStore append(Path file) {
		return SqliteStore.open(file, true);
	}

	@Override
	public PointStore read(Path file) {
		return SqliteStore.open(file, false);
	}
}
