package org.pipeorgan.dsl.imports;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A format of networks of other tools: what the command line and the workbench offer to bring in.
 *
 * @param id         as on the command line
 * @param name       for people: whose files these are
 * @param extensions of the files, without the dot
 * @param pads       whether the file does not say how inputs are padded, so that the user must
 * @param reader     reads a file
 */
public record Importer(String id, String name, List<String> extensions, boolean pads, Reader reader) {
	/** Networks of MAESTRO and XR-Bench. */
	public static final Importer MAESTRO = ofLayers("maestro", "MAESTRO or XR-Bench network", "m", MaestroModel::read);
	/** Topologies of SCALE-Sim. */
	public static final Importer SCALE_SIM = ofLayers("scalesim", "SCALE-Sim topology", "csv", ScaleSimTopology::read);
	/** All formats, in the order in which they are offered. */
	public static final List<Importer> ALL = List.of(MAESTRO, SCALE_SIM);

	/**
	 * What came of a file.
	 *
	 * @param text   text of the language
	 * @param layers number of layers, or operators
	 * @param notes  what the user should know about it
	 */
	public record Imported(String text, int layers, List<String> notes) {
		/** Copies its list. */
		public Imported {
			notes = List.copyOf(notes);
		}
	}

	/** Reads a file. */
	@FunctionalInterface
	public interface Reader {
		/**
		 * Reads a file.
		 *
		 * @param file    name of the file, for the header and where the network has no name
		 * @param name    name of the workload; {@code null} for the network's own
		 * @param padSame whether inputs are padded so that outputs are as large as the input over the stride
		 * @throws ImportException if the content is not of the format; the message says what would mend it
		 */
		Imported read(byte[] content, String file, String name, boolean padSame);
	}

	private static Importer ofLayers(String id, String name, String extension, Function<String, LayerList> reader) {
		return new Importer(id, name, List.of(extension), true, (content, file, chosen, padSame) -> imported(reader.apply(text(content)), file, chosen, padSame));
	}

	private static Imported imported(LayerList list, String file, String chosen, boolean padSame) {
		String name = chosen != null ? chosen : list.name().isEmpty() ? file.replaceFirst("\\.[^.]*$", "") : list.name();
		ImportedWorkload.Result result = ImportedWorkload.write(list, file, name, padSame);
		List<String> notes = new ArrayList<>(list.notes());
		if (result.cuts() > 0) {
			int better = padSame ? result.cuts() : ImportedWorkload.write(list, file, name, true).cuts();
			notes.add(result.cuts() + " of " + (list.layers().size() - 1) + " pairs of neighbours share no tensor, for their shapes differ"
					+ (better < result.cuts() ? "; with --pad same " + better + " would" : ""));
		}
		return new Imported(result.text(), list.layers().size(), notes);
	}

	private static String text(byte[] content) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
		} catch (CharacterCodingException e) {
			throw new ImportException(1, "the file is no UTF-8 text");
		}
	}
}
