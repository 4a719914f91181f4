package org.pipeorgan.dsl.ui.search;

import org.eclipse.search.ui.text.Match;
import org.pipeorgan.dsl.ide.References.Reference;

/** A place that names the element, in the Search view. */
public final class ReferenceMatch extends Match {
	private final Reference place;

	ReferenceMatch(Object element, Reference place) {
		super(element, place.offset(), place.length());
		this.place = place;
	}

	/** The place. */
	public Reference place() {
		return place;
	}
}
