package org.pipeorgan.dsl.ui.language;

import org.eclipse.xtext.util.ITextRegion;

/**
 * What a hover tells about the element at an offset.
 *
 * @param source the place in the text that was asked about
 * @param title kind and name of the element
 * @param documentation the element's documentation comment, empty when there is none
 */
public record Description(ITextRegion source, String title, String documentation) {
}
