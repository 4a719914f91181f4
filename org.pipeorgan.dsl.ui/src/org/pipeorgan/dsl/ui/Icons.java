package org.pipeorgan.dsl.ui;

import org.eclipse.swt.graphics.Image;

/** The images of the bundle, by name. They belong to the bundle. */
public final class Icons {
	private Icons() {
	}

	/** The SVG image {@code icons/NAME.svg}. UI thread. */
	public static Image image(String name) {
		PipeOrganUi bundle = PipeOrganUi.get();
		bundle.image(name);
		return bundle.getImageRegistry().get(name);
	}
}
