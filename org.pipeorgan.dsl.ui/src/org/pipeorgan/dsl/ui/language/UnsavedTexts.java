package org.pipeorgan.dsl.ui.language;

import java.util.Optional;
import org.eclipse.emf.common.util.URI;

/** Texts of files that are being edited, which others read before they are saved. Asked from any thread. */
@FunctionalInterface
public interface UnsavedTexts {
	/** Every file is read as it is saved. */
	UnsavedTexts NONE = file -> Optional.empty();

	/** The text of {@code file} where it is being edited. */
	Optional<String> of(URI file);
}
