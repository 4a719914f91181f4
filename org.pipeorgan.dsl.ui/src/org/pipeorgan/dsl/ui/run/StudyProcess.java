package org.pipeorgan.dsl.ui.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.PlatformObject;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.debug.core.DebugEvent;
import org.eclipse.debug.core.DebugException;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunch;
import org.eclipse.debug.core.IStreamListener;
import org.eclipse.debug.core.model.IProcess;
import org.eclipse.debug.core.model.IStreamMonitor;
import org.eclipse.debug.core.model.IStreamsProxy;

/**
 * A run of studies as the platform sees launched things: it has a console and can be terminated, at once. The work is done
 * by a {@link StudyRunJob}.
 */
public final class StudyProcess extends PlatformObject implements IProcess, StudyRunJob.Listener {
	/** Type of these processes, by which the console knows them. */
	public static final String TYPE = "org.pipeorgan.dsl.ui.study";

	/** Lines of a stream, all that were written so far. */
	private static final class Lines implements IStreamMonitor {
		private final StringBuffer text = new StringBuffer();
		private final List<IStreamListener> listeners = new CopyOnWriteArrayList<>();

		private void add(String line) {
			text.append(line).append('\n');
			listeners.forEach(listener -> listener.streamAppended(line + "\n", this));
		}

		@Override
		public void addListener(IStreamListener listener) {
			listeners.add(listener);
		}

		@Override
		public String getContents() {
			return text.toString();
		}

		@Override
		public void removeListener(IStreamListener listener) {
			listeners.remove(listener);
		}
	}

	private final Lines output = new Lines();
	private final Lines errors = new Lines();
	private final IStreamsProxy streams = new IStreamsProxy() {
		@Override
		public IStreamMonitor getErrorStreamMonitor() {
			return errors;
		}

		@Override
		public IStreamMonitor getOutputStreamMonitor() {
			return output;
		}

		@Override
		public void write(String input) {
			// A study reads nothing.
		}
	};
	private final Map<String, String> attributes = new ConcurrentHashMap<>();
	private final ILaunch launch;
	private final StudyRunJob job;
	private volatile boolean terminated;
	private volatile boolean done;

	/** Makes the process of {@code launch}; {@link #start} begins it. */
	StudyProcess(ILaunch launch, StudyRun run) {
		this.launch = launch;
		job = new StudyRunJob(run, this);
		job.addJobChangeListener(new JobChangeAdapter() {
			@Override
			public void done(IJobChangeEvent event) {
				ended();
			}
		});
		attributes.put(IProcess.ATTR_PROCESS_TYPE, TYPE);
		attributes.put(IProcess.ATTR_PROCESS_LABEL, getLabel());
		launch.addProcess(this);
		fire(DebugEvent.CREATE);
	}

	/** Begins the run. */
	void start() {
		job.schedule();
	}

	/** The user does not want to run after all. */
	void abandon() {
		ended();
	}

	/** What does the work. */
	public StudyRunJob job() {
		return job;
	}

	@Override
	public void line(String text, boolean error) {
		(error ? errors : output).add(text);
	}

	@Override
	public void written(List<IFile> files) {
		done = true;
		StudyRuns.show(files, job.what().openReport());
	}

	@Override
	public String getLabel() {
		return "PipeOrgan Study " + job.what().file().getFullPath().makeRelative();
	}

	@Override
	public ILaunch getLaunch() {
		return launch;
	}

	@Override
	public IStreamsProxy getStreamsProxy() {
		return streams;
	}

	@Override
	public void setAttribute(String key, String value) {
		attributes.put(key, value);
	}

	@Override
	public String getAttribute(String key) {
		return attributes.get(key);
	}

	@Override
	public int getExitValue() throws DebugException {
		return done ? 0 : 1;
	}

	@Override
	public boolean canTerminate() {
		return !terminated;
	}

	@Override
	public boolean isTerminated() {
		return terminated;
	}

	@Override
	public void terminate() {
		job.cancel();
	}

	@Override
	public <T> T getAdapter(Class<T> adapter) {
		return adapter == IProcess.class ? adapter.cast(this) : adapter == ILaunch.class ? adapter.cast(launch) : super.getAdapter(adapter);
	}

	private void ended() {
		if (!terminated) {
			terminated = true;
			fire(DebugEvent.TERMINATE);
		}
	}

	private void fire(int kind) {
		DebugPlugin debug = DebugPlugin.getDefault();
		if (debug != null) {
			debug.fireDebugEventSet(new DebugEvent[] { new DebugEvent(this, kind) });
		}
	}
}
