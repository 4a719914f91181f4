package org.pipeorgan.dsl.imports.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.pipeorgan.dsl.imports.ImportException;
import org.pipeorgan.engine.workload.Workload;
import org.pipeorgan.engine.workload.WorkloadException;

/** Brings networks of ONNX in. */
public final class OnnxImport {
	private OnnxImport() {
	}

	/**
	 * What an import came to.
	 *
	 * @param text     text of the language
	 * @param workload the same for the engine
	 * @param notes    what was left out or is said in another way, for people
	 */
	public record Result(String text, Workload workload, List<String> notes) {
	}

	/**
	 * Reads a model and writes it in the language.
	 *
	 * @param name       of the workload; made an identifier
	 * @param dimensions sizes of dynamic dimensions, by their name or as {@code input.axis}, and values of whole-numbered scalar inputs
	 * @param cut        whether results of operators that cannot be imported become inputs of the workload; else such models are refused
	 * @throws ImportException if it is no model, or cannot be imported; the message says why and what would mend it
	 */
	public static Result read(Path file, String name, Map<String, Long> dimensions, boolean cut) throws IOException {
		try {
			OnnxModel model = OnnxModel.read(file, dimensions);
			Inference inference = new Inference(model);
			WorkloadText text = new WorkloadText(name);
			Lowering lowering = new Lowering(model, inference, text, cut);
			lowering.write();
			List<String> notes = new ArrayList<>(lowering.notes());
			if (!model.external().isEmpty()) {
				notes.add("weights are in " + String.join(", ", model.external()) + ", which is not read: shapes are enough");
			}
			Workload workload = text.workload();
			StringBuilder header = new StringBuilder("// Imported from " + file.getFileName().toString().replaceAll("\\s", " ") + String.format(Locale.ROOT, ": %,d MACs, %,d weights.\n", workload.macs(), workload.weights()));
			notes.forEach(note -> header.append("// ").append(note.replaceAll("\\s+", " ")).append(".\n"));
			return new Result(text.text(header.toString()), workload, notes);
		} catch (WorkloadException | ArithmeticException e) {
			throw new ImportException(0, e instanceof ArithmeticException ? "an extent or a count does not fit into 64 bits" : "no operator is left to import: " + e.getMessage());
		} catch (StackOverflowError e) {
			throw new ImportException(0, "this is no ONNX file: its parts are nested without end");
		}
	}
}
