package org.pipeorgan.dsl.imports;

import java.util.List;

/**
 * Layers in file order.
 *
 * @param name   name of the network; empty if the file has none
 * @param layers at least one
 * @param notes  what the file says besides, which is not imported
 */
public record LayerList(String name, List<Layer> layers, List<String> notes) {
	/** @throws ImportException if there is no layer */
	public LayerList {
		if (layers.isEmpty()) {
			throw new ImportException(1, "there is no layer in the file");
		}
		layers = List.copyOf(layers);
		notes = List.copyOf(notes);
	}
}
