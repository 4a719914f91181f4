package org.pipeorgan.exploration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.pipeorgan.engine.exploration.StoreException;

/** Lets one process at a time write a store. The file system takes the lock back when the process ends, however it ends. */
final class StoreLock implements AutoCloseable {
	private final Path file;
	private final FileChannel channel;

	private StoreLock(Path file, FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/** @throws StoreException if another process, or another part of this one, has it */
	static StoreLock of(Path store) {
		Path file = store.resolveSibling(store.getFileName() + ".lock");
		try {
			FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
			FileLock lock = null;
			try {
				lock = channel.tryLock();
			} catch (OverlappingFileLockException e) {
				// this process has it
			}
			if (lock == null) {
				String owner = Files.readString(file).strip();
				channel.close();
				throw new StoreException("the store " + store + " is in use by " + (owner.isEmpty() ? "another process" : "process " + owner) + "; wait until it ends, or choose another folder with -o");
			}
			channel.truncate(0);
			channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
			return new StoreLock(file, channel);
		} catch (IOException e) {
			throw new StoreException("cannot write " + file + ": " + e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage()
					+ "; check the permissions of the folder and the room on its disk", e);
		}
	}

	@Override
	public void close() {
		try {
			// the file stays: who deletes it could take it away from under one who has just opened it
			channel.truncate(0);
			channel.close();
		} catch (IOException e) {
			// it is given back with the process at the latest
		}
	}

	@Override
	public String toString() {
		return file.toString();
	}
}
