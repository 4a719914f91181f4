package org.pipeorgan.journey;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;

/**
 * Drives a real workbench from a thread of its own, as a user would. Nothing here waits for a fixed time: {@link #waitFor} lets the workbench work until a condition
 * holds, with a deadline.
 */
public final class WorkbenchRobot {
	/** System property that names the folder of the screenshots. */
	private static final String SCREENSHOTS = "pipeorgan.screenshots";
	private static final long DEADLINE_SECONDS = 60;
	private static final int PAUSE_MILLISECONDS = 20;
	private static final int FRAMES = 30;

	private WorkbenchRobot() {
	}

	/** Runs {@code work} in the UI thread and returns its result. */
	public static <T> T ui(Callable<T> work) {
		List<T> result = new ArrayList<>();
		List<Throwable> problem = new ArrayList<>();
		Display.getDefault().syncExec(() -> {
			try {
				result.add(work.call());
			} catch (Exception | Error e) {
				problem.add(e);
			}
		});
		if (!problem.isEmpty()) {
			throw new AssertionError(problem.get(0));
		}
		return result.get(0);
	}

	/** Waits until {@code condition} holds in the UI thread, while the workbench goes on working; fails after the deadline. */
	public static void waitFor(String what, Callable<Boolean> condition) {
		waitFor(what, condition, () -> "");
	}

	/** As {@link #waitFor(String, Callable)}, with something to tell about the state when the deadline passes. */
	public static void waitFor(String what, Callable<Boolean> condition, Supplier<String> state) {
		long deadline = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000;
		while (!ui(condition)) {
			if (System.nanoTime() > deadline) {
				String told = ui(state::get);
				try {
					screenshot("failure-" + what.replaceAll("\\W+", "-"));
				} catch (IOException e) {
					told += " (" + e + ")";
				}
				throw new AssertionError("Waited " + DEADLINE_SECONDS + " s for " + what + ": " + told);
			}
			pause();
		}
	}

	/** Runs a command as a menu would: it may open a dialog, so nothing waits for it. */
	public static void later(String serialized) {
		Display.getDefault().asyncExec(() -> {
			try {
				ParameterizedCommand command = PlatformUI.getWorkbench().getService(ICommandService.class).deserialize(serialized);
				window().getService(IHandlerService.class).executeCommand(command, null);
			} catch (Exception e) {
				throw new IllegalStateException(serialized, e);
			}
		});
	}

	/** The workbench window; {@code null} as long as there is none. UI thread. */
	public static IWorkbenchWindow window() {
		IWorkbenchWindow active = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		return active != null || PlatformUI.getWorkbench().getWorkbenchWindowCount() == 0 ? active : PlatformUI.getWorkbench().getWorkbenchWindows()[0];
	}

	/** The page of the workbench window. UI thread. */
	public static IWorkbenchPage page() {
		return window().getActivePage();
	}

	/** Makes the workbench window as large as the screen. UI thread. */
	public static void fillScreen() {
		window().getShell().setBounds(Display.getDefault().getPrimaryMonitor().getBounds());
		window().getShell().forceActive();
	}

	/** The first open shell that fits. UI thread. */
	public static Optional<Shell> shell(Predicate<Shell> condition) {
		for (Shell shell : Display.getDefault().getShells()) {
			if (!shell.isDisposed() && shell.isVisible() && condition.test(shell)) {
				return Optional.of(shell);
			}
		}
		return Optional.empty();
	}

	/** The first control of a class below {@code parent} that fits; fails if there is none. UI thread. */
	public static <T extends Control> T find(Composite parent, Class<T> type, Predicate<T> condition) {
		T found = search(parent, type, condition);
		if (found == null) {
			throw new AssertionError("There is no such " + type.getSimpleName() + " in " + parent);
		}
		return found;
	}

	/** The button of a dialog. UI thread. @param id its number, as of {@code IDialogConstants} */
	public static Button button(Shell dialog, int id) {
		return find(dialog, Button.class, button -> Integer.valueOf(id).equals(button.getData()));
	}

	/** Presses the button of a dialog. UI thread. */
	public static void press(Shell dialog, int id) {
		button(dialog, id).notifyListeners(SWT.Selection, null);
	}

	/** Writes a picture of the workbench window, with the popups above it, into the folder of the screenshots. */
	public static void screenshot(String name) throws IOException {
		File folder = new File(System.getProperty(SCREENSHOTS, "target/screenshots"));
		if (!folder.isDirectory() && !folder.mkdirs()) {
			throw new IOException("Cannot make " + folder);
		}
		letPaint();
		ui(() -> {
			Display display = Display.getDefault();
			Rectangle area = shown(window().getShell());
			Image image = new Image(display, area.width, area.height);
			GC gc = new GC(display);
			try {
				gc.copyArea(image, area.x, area.y);
				ImageLoader loader = new ImageLoader();
				loader.data = new ImageData[] { image.getImageData() };
				loader.save(new File(folder, name + ".png").getPath(), SWT.IMAGE_PNG);
			} finally {
				gc.dispose();
				image.dispose();
			}
			return null;
		});
	}

	/** Without the frame, which a display without a window manager does not draw. */
	private static Rectangle shown(Shell shell) {
		Rectangle bounds = shell.getBounds();
		Rectangle inside = shell.getClientArea();
		Point end = shell.toDisplay(inside.x + inside.width, inside.y + inside.height);
		return new Rectangle(bounds.x, bounds.y, end.x - bounds.x, end.y - bounds.y);
	}

	private static <T extends Control> T search(Composite parent, Class<T> type, Predicate<T> condition) {
		for (Control child : parent.getChildren()) {
			if (type.isInstance(child) && condition.test(type.cast(child))) {
				return type.cast(child);
			}
			T below = child instanceof Composite composite ? search(composite, type, condition) : null;
			if (below != null) {
				return below;
			}
		}
		return null;
	}

	/** Lets the workbench paint some frames, only for pictures: nothing tells when all is painted. */
	private static void letPaint() {
		for (int frame = 0; frame < FRAMES; frame++) {
			ui(() -> {
				Display.getDefault().update();
				return null;
			});
			pause();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(PAUSE_MILLISECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
