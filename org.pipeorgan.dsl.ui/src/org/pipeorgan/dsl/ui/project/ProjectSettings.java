package org.pipeorgan.dsl.ui.project;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ProjectScope;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.IScopeContext;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.diagnostics.Severity;
import org.pipeorgan.dsl.settings.Severities;
import org.pipeorgan.dsl.settings.SettingsFile;
import org.pipeorgan.dsl.ui.PipeOrganUi;
import org.pipeorgan.dsl.validation.IssueCode;

/**
 * What users have set: severities, and how projects are built and run. A project's own settings come before those of the
 * workspace. A project's severities are those of its {@code .pipeorgan} file, which the command line and language clients
 * obey too.
 */
public final class ProjectSettings {
	/** Prefix of the workspace's preferences of severities; the issue code follows. */
	public static final String SEVERITY = "severity.";
	/** Folder of the results, relative to the project. */
	public static final String OUTPUT = "output";
	/** Whether the studies of a file are run when it is saved. */
	public static final String RUN_ON_SAVE = "runOnSave";
	/** Whether the files of a project are validated when it is built. */
	public static final String VALIDATE = "validate";
	/** Number of threads that search, at least 1; 0 for as many as there are processors. */
	public static final String THREADS = "threads";
	/** Whether a report is opened when it is there. */
	public static final String OPEN_REPORT = "openReport";
	/** Whether a project has settings of its own. */
	public static final String OWN = "own";

	private ProjectSettings() {
	}

	/** The severities that hold for {@code file}. */
	public static Severities severities(URI file) {
		Severities workspace = workspaceSeverities();
		if (!file.isPlatformResource()) {
			// The language finds the settings file of a file that is in no workspace.
			return file.isFile() ? merged(workspace, SettingsFile.above(Path.of(file.toFileString()).getParent()).severities()) : workspace;
		}
		IFile member = ResourcesPlugin.getWorkspace().getRoot().getFile(IPath.fromOSString(file.toPlatformString(true)));
		IPath location = member.getLocation();
		return location == null ? workspace : merged(workspace, SettingsFile.above(location.removeLastSegments(1).toPath()).severities());
	}

	/** The severities of the workspace's preferences. */
	public static Severities workspaceSeverities() {
		Severities severities = Severities.NONE;
		for (IssueCode code : IssueCode.values()) {
			String chosen = code.isConfigurable() ? text(null, SEVERITY + code.id()) : "";
			if (!chosen.isEmpty()) {
				try {
					severities = severities.with(code.id(), chosen);
				} catch (IllegalArgumentException e) {
					PipeOrganUi.warn("The preference " + SEVERITY + code.id() + " is not used: " + e.getMessage());
				}
			}
		}
		return severities;
	}

	/** The folder of the results of {@code project}, relative to it. */
	public static String output(IProject project) {
		String set = text(project, OUTPUT).strip();
		return set.isEmpty() || IPath.fromPortableString(set).isAbsolute() || set.contains("..") ? DEFAULT_OUTPUT : set;
	}

	/** The folder of the results where nothing is set, as on the command line. */
	public static final String DEFAULT_OUTPUT = "pipeorgan-out";

	/** Whether {@code setting} is switched on for {@code project}, or for the workspace if it is {@code null}. */
	public static boolean isOn(IProject project, String setting) {
		return Boolean.parseBoolean(text(project, setting));
	}

	/** Number of threads that search. */
	public static int threads(IProject project) {
		String set = text(project, THREADS);
		int threads = set.matches("\\d{1,4}") ? Integer.parseInt(set) : 0;
		return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
	}

	private static String text(IProject project, String setting) {
		boolean own = project != null && project.isAccessible() && new ProjectScope(project).getNode(PipeOrganUi.ID).getBoolean(OWN, false);
		IScopeContext[] scopes = own ? new IScopeContext[] { new ProjectScope(project), InstanceScope.INSTANCE, DefaultScope.INSTANCE }
				: new IScopeContext[] { InstanceScope.INSTANCE, DefaultScope.INSTANCE };
		return Platform.getPreferencesService().getString(PipeOrganUi.ID, setting, "", scopes);
	}

	private static Severities merged(Severities less, Severities more) {
		Map<IssueCode, Severity> all = new EnumMap<>(IssueCode.class);
		all.putAll(less.byCode());
		all.putAll(more.byCode());
		return new Severities(all);
	}
}
