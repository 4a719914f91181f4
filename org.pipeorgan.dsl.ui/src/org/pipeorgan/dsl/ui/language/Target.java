package org.pipeorgan.dsl.ui.language;

import org.eclipse.emf.common.util.URI;
import org.eclipse.xtext.util.ITextRegion;

/**
 * A declaration that a name stands for.
 *
 * @param source the name's place in the text that was asked about
 * @param file the file of the declaration
 * @param region the place to select in that file
 * @param label the declaration's name
 */
public record Target(ITextRegion source, URI file, ITextRegion region, String label) {
}
