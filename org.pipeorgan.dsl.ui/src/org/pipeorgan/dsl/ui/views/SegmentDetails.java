package org.pipeorgan.dsl.ui.views;

import java.util.ArrayList;
import java.util.List;
import org.pipeorgan.engine.interconnect.LinkLoads;
import org.pipeorgan.engine.interconnect.Network;
import org.pipeorgan.engine.result.RunResult;
import org.pipeorgan.engine.result.SegmentResult;
import org.pipeorgan.engine.search.MappedRun;

/**
 * A segment of a run as the array shows it.
 *
 * @param run the run
 * @param index position of the segment in the run
 * @param loads what the links between PEs carry; {@code null} if it is not known
 */
public record SegmentDetails(RunResult run, int index, List<LinkLoad> loads) {
	/** The segment. */
	public SegmentResult segment() {
		return run.segments().get(index);
	}

	/** The busiest link; {@code null} if nothing moves between PEs or that is not known. */
	LinkLoad busiest() {
		return loads == null ? null : loads.stream().max((one, other) -> Double.compare(one.cycles(), other.cycles())).orElse(null);
	}

	/** The details of a segment of {@code mapped}, which may be {@code null}: then without loads. */
	static SegmentDetails of(RunResult run, MappedRun mapped, int index) {
		return new SegmentDetails(run, index, mapped == null ? null : loads(mapped, index));
	}

	private static List<LinkLoad> loads(MappedRun mapped, int index) {
		LinkLoads loads = mapped.model().traffic(mapped.segments().get(index).plan(), (source, destinations, units, end) -> {
			// Only the sums on the links matter here.
		});
		Network network = mapped.model().network();
		List<LinkLoad> busy = new ArrayList<>();
		for (int link = 0; link < network.routerLinks(); link++) {
			if (loads.load(link) > 0) {
				double bytes = loads.load(link) / 8.0;
				busy.add(new LinkLoad(network.from(link), network.to(link), bytes, bytes / network.bandwidth(link).toDouble()));
			}
		}
		return busy;
	}
}
