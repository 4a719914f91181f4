package org.pipeorgan.dsl.ui.help;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.help.IHelpContentProducer;
import org.pipeorgan.dsl.ui.help.Documentation.Page;

/** Gives the pages of the documentation to the platform's help. */
public final class DocumentationContent implements IHelpContentProducer {
	@Override
	public InputStream getInputStream(String plugin, String href, Locale locale) {
		String path = href.replaceFirst("[?#].*", "");
		if (!path.startsWith(Documentation.PREFIX) || !path.endsWith(Documentation.SUFFIX)) {
			return null;
		}
		return Documentation.page(path.substring(Documentation.PREFIX.length(), path.length() - Documentation.SUFFIX.length())).map(DocumentationContent::stream).orElse(null);
	}

	private static InputStream stream(Page page) {
		return new ByteArrayInputStream(Documentation.html(page).getBytes(StandardCharsets.UTF_8));
	}
}
