package org.pipeorgan.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.pipeorgan.dsl.sweep.Cluster;
import org.pipeorgan.dsl.sweep.PointEvaluator;
import org.pipeorgan.dsl.sweep.StoredStudy;
import org.pipeorgan.engine.exploration.Planned;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.StoreHeader;
import org.pipeorgan.engine.search.Progress;

import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Evaluates points on the executors of a cluster. Points are sent in waves of bounded size, each cut into tasks of neighbours, which share work; the
 * results of a task come back when it is done. Spark runs the tasks of a lost executor again on others. What no executor survives is a failed
 * point.
 */
final class SparkRunner implements Cluster.Session {
	/** Points that the driver has in hand at a time. */
	private static final int WAVE = 400_000;
	/** Tasks for each slot of the cluster, so that slow ones do not hold up the end; and most points of a task, which are lost with the driver. */
	private static final int TASKS = 16;
	private static final int MOST_POINTS = 64;
	/** Executors that may end one after the other without a task done. */
	private static final int MOST_LOSSES = 16;

	private final JavaSparkContext context;
	private final Broadcast<StoreHeader> header;
	private final StoreHeader study;
	private PointEvaluator evaluator;
	private volatile boolean useless;
	private volatile String reason = "";

	SparkRunner(JavaSparkContext context, StoreHeader header) {
		this.context = context;
		study = header;
		this.header = context.broadcast(header);
		context.sc().addSparkListener(new Losses());
	}

	/** Stops what would go on for ever: executors that end before they have done anything. */
	private final class Losses extends SparkListener {
		private int lost;

		@Override
		public void onTaskEnd(SparkListenerTaskEnd end) {
			lost = "SUCCESS".equalsIgnoreCase(end.reason().toString()) ? 0 : lost;
		}

		@Override
		public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
			lost++;
			reason = removed.reason();
			if (lost >= MOST_LOSSES) {
				useless = true;
				context.cancelAllJobs();
			}
		}
	}

	@Override
	public void run(Iterator<Planned> points, BiConsumer<Planned, PointResult> results, BooleanSupplier stop) {
		while (points.hasNext()) {
			List<Planned> wave = new ArrayList<>();
			while (wave.size() < WAVE && points.hasNext()) {
				wave.add(points.next());
			}
			int slots = Math.max(1, context.defaultParallelism());
			evaluate(wave, Math.max(1, Math.min(MOST_POINTS, wave.size() / (slots * TASKS))), results, stop);
		}
	}

	/** Evaluates points; if Spark gives up, those that are left by halves, until it is known which points bring executors down. */
	private void evaluate(List<Planned> points, int each, BiConsumer<Planned, PointResult> results, BooleanSupplier stop) {
		if (stop.getAsBoolean()) {
			throw new CancellationException("the sweep was stopped");
		}
		Set<Long> done = new HashSet<>();
		RuntimeException[] refused = new RuntimeException[1];
		try {
			job(points, each, task -> {
				for (PointTask.Done point : task) {
					if (refused[0] == null) {
						try {
							results.accept(point.planned(), point.result());
							done.add(point.planned().point());
						} catch (RuntimeException e) {
							// the store cannot be written: nothing more is worth computing
							refused[0] = e;
							context.cancelAllJobs();
						}
					}
				}
			});
		} catch (Exception e) {
			if (refused[0] == null && !SparkCluster.isOfSpark(e)) {
				throw e;
			}
			if (refused[0] == null) {
				apart(points.stream().filter(point -> !done.contains(point.point())).toList(), e, results, stop);
			}
		}
		if (refused[0] != null) {
			throw refused[0];
		}
	}

	private void apart(List<Planned> left, Exception cause, BiConsumer<Planned, PointResult> results, BooleanSupplier stop) {
		if (useless) {
			throw new IllegalArgumentException("the executors of the cluster end before they have done anything (" + reason
					+ "); see their logs in the work folders of the workers, and whether these run Java 21 or newer; what was stored is safe, continue with --resume");
		}
		if (context.sc().isStopped()) {
			throw new IllegalArgumentException("the cluster was lost: " + SparkCluster.reason(cause) + "; what was stored is safe, continue with --resume");
		}
		if (left.size() == 1) {
			if (evaluator == null) {
				evaluator = new PointEvaluator(StoredStudy.sweep(study), 1, Progress.NONE);
			}
			results.accept(left.get(0), evaluator.failed(left.get(0).point(), "the cluster gave up: " + SparkCluster.reason(cause) + "; give executors more memory with -Dspark.executor.memory=4g"));
			return;
		}
		evaluate(left.subList(0, left.size() / 2), 1, results, stop);
		evaluate(left.subList(left.size() / 2, left.size()), 1, results, stop);
	}

	/** Told of the results of a task. */
	private interface Finished {
		void accept(ArrayList<PointTask.Done> task);
	}

	private void job(List<Planned> points, int each, Finished finished) {
		int tasks = Math.ceilDiv(points.size(), each);
		RDD<Planned> distributed = context.parallelize(points, tasks).rdd();
		List<Object> partitions = new ArrayList<>();
		for (int i = 0; i < tasks; i++) {
			partitions.add(i);
		}
		context.sc().<Planned, ArrayList<PointTask.Done>>runJob(distributed, new PointTask(header), scala.jdk.javaapi.CollectionConverters.asScala(partitions).toSeq(),
				new AbstractFunction2<Object, ArrayList<PointTask.Done>, BoxedUnit>() {
					@Override
					public BoxedUnit apply(Object task, ArrayList<PointTask.Done> results) {
						finished.accept(results);
						return BoxedUnit.UNIT;
					}
				}, ClassTag$.MODULE$.<ArrayList<PointTask.Done>>apply(ArrayList.class));
	}

	@Override
	public void close() {
		context.close();
	}
}
