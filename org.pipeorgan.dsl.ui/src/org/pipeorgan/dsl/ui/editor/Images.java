package org.pipeorgan.dsl.ui.editor;

import java.util.Set;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.swt.graphics.Image;
import org.pipeorgan.dsl.ui.Icons;

/** The image of each kind of element. UI thread only; the images belong to the bundle. */
final class Images {
	private static final String OTHER = "element";
	private static final Set<String> KINDS =
			Set.of("workload", "accelerator", "interconnect", "policy", "study", "operator", "tensor", "keyword", OTHER);

	private Images() {
	}

	/** The image of a kind of element, which is the lower-case name of its class in the metamodel, or {@code keyword}. */
	static Image ofKind(String kind) {
		return Icons.image(KINDS.contains(kind) ? kind : OTHER);
	}

	/** The image of an element in the outline; the kinds are those that the language gives to its elements. */
	static Image ofSymbol(SymbolKind kind) {
		return ofKind(switch (kind) {
		case Class -> "workload";
		case Struct -> "accelerator";
		case Interface -> "interconnect";
		case Enum -> "policy";
		case Event -> "study";
		case Function -> "operator";
		case Variable -> "tensor";
		default -> OTHER;
		});
	}
}
