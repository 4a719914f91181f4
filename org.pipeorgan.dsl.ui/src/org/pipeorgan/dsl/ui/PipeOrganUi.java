package org.pipeorgan.dsl.ui;

import com.google.inject.Injector;
import java.util.Optional;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ImageRegistry;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.ui.plugin.AbstractUIPlugin;
import org.eclipse.xtext.ide.ExecutorServiceProvider;
import org.osgi.framework.BundleContext;
import org.pipeorgan.dsl.ide.PipeOrganIdeSetup;
import org.pipeorgan.dsl.ui.language.LanguageServices;

/**
 * The bundle: owns the one injector of the language that the whole workbench shares, the images and the log.
 */
public final class PipeOrganUi extends AbstractUIPlugin {
	/** The bundle's symbolic name and the prefix of all its ids. */
	public static final String ID = "org.pipeorgan.dsl.ui";
	/** Content type of PipeOrgan files. */
	public static final String CONTENT_TYPE = "org.pipeorgan.dsl.pog";
	/** File extension of PipeOrgan files, without the dot. */
	public static final String FILE_EXTENSION = "pog";

	private static PipeOrganUi instance;
	private Injector injector;
	private volatile LanguageServices loaded;

	/** Called by OSGi. */
	public PipeOrganUi() {
	}

	/** The running bundle; {@code null} once it is stopped. */
	public static synchronized PipeOrganUi get() {
		return instance;
	}

	/** The editor services of the language. Not for the UI thread: creating them takes some tenths of a second the first time. */
	public static LanguageServices language() {
		LanguageServices services = get().injector().getInstance(LanguageServices.class);
		get().loaded = services;
		return services;
	}

	/** The editor services of the language, if they were asked for before; at once, so for the UI thread. */
	public static Optional<LanguageServices> languageIfLoaded() {
		return Optional.ofNullable(get().loaded);
	}

	/** Writes {@code problem} to the error log. */
	public static void log(String message, Throwable problem) {
		log(IStatus.ERROR, message, problem);
	}

	/** Writes a warning to the error log. */
	public static void warn(String message) {
		log(IStatus.WARNING, message, null);
	}

	/** Writes something worth knowing to the error log. */
	public static void info(String message) {
		log(IStatus.INFO, message, null);
	}

	private static void log(int severity, String message, Throwable problem) {
		PipeOrganUi bundle = get();
		if (bundle != null) {
			bundle.getLog().log(new Status(severity, ID, message, problem));
		}
	}

	/**
	 * Descriptor of the SVG image {@code icons/NAME.svg} of this bundle, cached in the image registry under its name.
	 *
	 * @param name file name without extension
	 */
	public ImageDescriptor image(String name) {
		ImageRegistry images = getImageRegistry();
		if (images.getDescriptor(name) == null) {
			images.put(name, ResourceLocator.imageDescriptorFromBundle(ID, "icons/" + name + ".svg")
					.orElseGet(ImageDescriptor::getMissingImageDescriptor));
		}
		return images.getDescriptor(name);
	}

	@Override
	public void start(BundleContext context) throws Exception {
		super.start(context);
		synchronized (PipeOrganUi.class) {
			instance = this;
		}
	}

	@Override
	public void stop(BundleContext context) throws Exception {
		synchronized (PipeOrganUi.class) {
			instance = null;
		}
		synchronized (this) {
			if (injector != null) {
				injector.getInstance(ExecutorServiceProvider.class).dispose();
				injector = null;
			}
		}
		super.stop(context);
	}

	private synchronized Injector injector() {
		if (injector == null) {
			injector = new PipeOrganIdeSetup().createInjectorAndDoEMFRegistration();
		}
		return injector;
	}
}
