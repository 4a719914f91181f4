package org.pipeorgan.dsl.ui.language;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.impl.URIHandlerImpl;

/** Has a resource set read files as editors show them. */
final class UnsavedTextHandler extends URIHandlerImpl {
	private final UnsavedTexts texts;

	UnsavedTextHandler(UnsavedTexts texts) {
		this.texts = texts;
	}

	@Override
	public boolean canHandle(URI uri) {
		return texts.of(uri.trimFragment()).isPresent();
	}

	@Override
	public InputStream createInputStream(URI uri, Map<?, ?> options) {
		return new ByteArrayInputStream(texts.of(uri.trimFragment()).orElse("").getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public boolean exists(URI uri, Map<?, ?> options) {
		return true;
	}
}
