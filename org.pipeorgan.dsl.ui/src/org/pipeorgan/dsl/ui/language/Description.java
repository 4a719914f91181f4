package org.pipeorgan.dsl.ui.language;

import java.util.List;
import org.eclipse.xtext.util.ITextRegion;

/**
 * What there is to say about an element.
 *
 * @param source the place in the text that was asked about
 * @param kind what it is
 * @param name its name, with what it is in
 * @param documentation its documentation comment, empty when there is none
 * @param facts what the engine computes about it, one a line
 */
public record Description(ITextRegion source, String kind, String name, String documentation, List<String> facts) {
	/** Kind and name. */
	public String title() {
		return kind + " " + name;
	}
}
