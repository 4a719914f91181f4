package org.pipeorgan.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.pipeorgan.dsl.sweep.PointEvaluator;
import org.pipeorgan.dsl.sweep.StoredStudy;
import org.pipeorgan.engine.exploration.Planned;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.StoreHeader;
import org.pipeorgan.engine.search.Progress;

import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** Evaluates the points of one partition on an executor, which reads the study once. */
final class PointTask extends AbstractFunction2<TaskContext, Iterator<Planned>, ArrayList<PointTask.Done>> implements Serializable {
	private static final long serialVersionUID = 1L;
	private static final Map<String, PointEvaluator> EVALUATORS = new ConcurrentHashMap<>();

	/** A point with its result. */
	record Done(Planned planned, PointResult result) implements Serializable {
	}

	private final Broadcast<StoreHeader> header;

	PointTask(Broadcast<StoreHeader> header) {
		this.header = header;
	}

	@Override
	public ArrayList<Done> apply(TaskContext context, Iterator<Planned> points) {
		PointEvaluator evaluator = EVALUATORS.computeIfAbsent(header.value().hash(),
				hash -> new PointEvaluator(StoredStudy.sweep(header.value()), Runtime.getRuntime().availableProcessors(), Progress.NONE));
		ArrayList<Done> done = new ArrayList<>();
		while (points.hasNext() && !context.isInterrupted()) {
			Planned planned = points.next();
			done.add(new Done(planned, evaluator.evaluate(planned.point())));
		}
		return done;
	}
}
