package org.pipeorgan.dsl.ui.preferences;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.pipeorgan.dsl.settings.SettingsFile;
import org.pipeorgan.dsl.settings.Severities;
import org.pipeorgan.dsl.ui.project.ProjectSettings;

/** How bad problems are in a project: edits its file {@code .pipeorgan}, which the command line obeys too. */
public final class ProjectSeverityPage extends SeverityPage {
	private static final String PREFIX = "severity.";

	@Override
	String about() {
		return "Kept in the project's file " + SettingsFile.NAME + ", which the command line and language servers obey too.";
	}

	@Override
	Severities inherited() {
		return ProjectSettings.workspaceSeverities();
	}

	@Override
	Severities stored() {
		IPath folder = project().getLocation();
		return folder == null || !file().exists() ? Severities.NONE : SettingsFile.above(folder.toPath()).severities();
	}

	@Override
	void store(Severities chosen) throws CoreException {
		file().write(text(chosen).getBytes(StandardCharsets.UTF_8), true, false, true, null);
	}

	/** Keeps what else stands in the file: comments, and lines that mean nothing. */
	private String text(Severities chosen) throws CoreException {
		List<String> lines = new ArrayList<>();
		if (file().exists()) {
			new String(file().readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.strip().startsWith(PREFIX)).forEach(lines::add);
		}
		new TreeMap<>(chosen.byCode()).forEach((code, severity) -> lines.add(PREFIX + code.id() + " = " + severity.name().toLowerCase(Locale.ROOT)));
		return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
	}

	private IFile file() {
		return project().getFile(SettingsFile.NAME);
	}

	private IProject project() {
		return Adapters.adapt(getElement(), IProject.class);
	}
}
