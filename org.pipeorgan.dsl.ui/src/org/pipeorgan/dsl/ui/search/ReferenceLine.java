package org.pipeorgan.dsl.ui.search;

import org.eclipse.emf.common.util.URI;

/**
 * A line with matches, as the Search view shows it.
 *
 * @param file its file
 * @param number from 1
 * @param text its text
 */
record ReferenceLine(URI file, int number, String text) {
}
