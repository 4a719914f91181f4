package org.pipeorgan.dsl.settings;

import com.google.inject.Inject;
import com.google.inject.Singleton;

import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.emf.common.notify.Adapter;
import org.eclipse.emf.common.notify.impl.AdapterImpl;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.resource.ResourceSet;
import org.eclipse.xtext.diagnostics.Severity;
import org.eclipse.xtext.preferences.IPreferenceValues;
import org.eclipse.xtext.preferences.IPreferenceValuesProvider;
import org.eclipse.xtext.util.IResourceScopeCache;
import org.eclipse.xtext.validation.SeverityConverter;

/**
 * Where preferences come from, for the command line, the language server and the workbench alike: what was set for a resource
 * set (a command's options, a workbench's preferences), else the nearest {@link SettingsFile}, else the language's own.
 */
@Singleton
public class SettingsProvider implements IPreferenceValuesProvider {
	@Inject
	private IResourceScopeCache cache;

	/** Sets severities for every file of a resource set, before those of settings files. */
	public static void set(ResourceSet resources, Severities severities) {
		resources.eAdapters().removeIf(Chosen.class::isInstance);
		resources.eAdapters().add(new Chosen(severities));
	}

	/** The settings file that holds for a resource. */
	public SettingsFile file(Resource resource) {
		return cache.get("settings", resource, () -> {
			URI uri = resource.getURI();
			return uri != null && uri.isFile() ? SettingsFile.above(Path.of(uri.toFileString()).toAbsolutePath().normalize().getParent()) : SettingsFile.NONE;
		});
	}

	@Override
	public IPreferenceValues getPreferenceValues(Resource resource) {
		return key -> chosen(resource).of(key.getId()).or(() -> resource == null ? Optional.empty() : file(resource).severities().of(key.getId())).map(SettingsProvider::value)
				.orElse(key.getDefaultValue());
	}

	private static Severities chosen(Resource resource) {
		if (resource != null && resource.getResourceSet() != null) {
			for (Adapter adapter : resource.getResourceSet().eAdapters()) {
				if (adapter instanceof Chosen chosen) {
					return chosen.severities;
				}
			}
		}
		return Severities.NONE;
	}

	private static String value(Severity severity) {
		return switch (severity) {
		case ERROR -> SeverityConverter.SEVERITY_ERROR;
		case WARNING -> SeverityConverter.SEVERITY_WARNING;
		case INFO -> SeverityConverter.SEVERITY_INFO;
		case IGNORE -> SeverityConverter.SEVERITY_IGNORE;
		};
	}

	private static final class Chosen extends AdapterImpl {
		private final Severities severities;

		private Chosen(Severities severities) {
			this.severities = severities;
		}
	}
}
