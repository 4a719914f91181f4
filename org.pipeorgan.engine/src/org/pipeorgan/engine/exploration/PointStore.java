package org.pipeorgan.engine.exploration;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Results of a sweep, kept durably. Every method throws a {@link StoreException} if the store is damaged or cannot be written. */
public interface PointStore extends AutoCloseable {
	/** What the store says about its points. */
	StoreHeader header();

	/** Keeps a result. On return it is safe against the end of this process, however that comes. */
	void append(long position, PointResult result);

	/** The result of a point; empty if it is not there. */
	Optional<PointResult> find(long point);

	/** Whether the result of a point is there. */
	boolean contains(long point);

	/** How many points there are of each status. */
	Map<PointResult.Status, Long> counts();

	/** All results, by the numbers of their points, one at a time. */
	void forEach(BiConsumer<Planned, PointResult> reader);

	@Override
	void close();
}
