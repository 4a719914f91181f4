package org.pipeorgan.dsl.ui.language;

import java.util.List;
import org.eclipse.emf.common.util.URI;
import org.pipeorgan.dsl.ide.References;

/**
 * Where an element is named in the workspace.
 *
 * @param kind what it is
 * @param simpleName its name
 * @param name its name, with what it is in
 * @param file the file that declares it
 * @param changeable whether that file is in the workspace, rather than in the library
 * @param places in order of files and offsets, the declaration among them
 */
public record Usage(String kind, String simpleName, String name, URI file, boolean changeable, List<References.Reference> places) {
}
