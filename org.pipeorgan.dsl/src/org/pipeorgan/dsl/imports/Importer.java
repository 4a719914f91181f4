package org.pipeorgan.dsl.imports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.pipeorgan.dsl.imports.onnx.OnnxImport;

/**
 * A format of networks of other tools: what the command line and the workbench offer to bring in.
 *
 * @param id         as on the command line
 * @param name       for people: whose files these are
 * @param extensions of the files, without the dot
 * @param pads       whether the file does not say how inputs are padded, so that the user must
 * @param dynamic    whether dimensions may be left open, so that the user must give their sizes, and operators may be unknown
 * @param reader     reads a file
 */
public record Importer(String id, String name, List<String> extensions, boolean pads, boolean dynamic, Reader reader) {
	/** Models of ONNX. */
	public static final Importer ONNX = new Importer("onnx", "ONNX model", List.of("onnx"), false, true, Importer::onnx);
	/** Networks of MAESTRO and XR-Bench. */
	public static final Importer MAESTRO = ofLayers("maestro", "MAESTRO or XR-Bench network", "m", MaestroModel::read);
	/** Topologies of SCALE-Sim. */
	public static final Importer SCALE_SIM = ofLayers("scalesim", "SCALE-Sim topology", "csv", ScaleSimTopology::read);
	/** All formats, in the order in which they are offered. */
	public static final List<Importer> ALL = List.of(ONNX, MAESTRO, SCALE_SIM);

	/**
	 * What came of a file.
	 *
	 * @param text   text of the language
	 * @param size   how large it is, for people: {@code 12 layers}
	 * @param notes  what the user should know about it
	 */
	public record Imported(String text, String size, List<String> notes) {
		/** Copies its list. */
		public Imported {
			notes = List.copyOf(notes);
		}
	}

	/**
	 * What the user chose.
	 *
	 * @param name       name of the workload; {@code null} for the network's own, or the file's
	 * @param padSame    whether inputs are padded so that outputs are as large as the input over the stride
	 * @param dimensions sizes of dimensions that the file leaves open, by name or as {@code INPUT.AXIS}
	 * @param cut        whether operators that cannot be imported are cut out, rather than refused
	 */
	public record Options(String name, boolean padSame, Map<String, Long> dimensions, boolean cut) {
		/** Copies its map. */
		public Options {
			dimensions = Map.copyOf(dimensions);
		}
	}

	/** Reads a file. */
	@FunctionalInterface
	public interface Reader {
		/**
		 * Reads a file.
		 *
		 * @throws ImportException if the content is not of the format; the message says what would mend it
		 * @throws IOException     if it cannot be read
		 */
		Imported read(Path file, Options options) throws IOException;
	}

	private static Imported onnx(Path file, Options options) throws IOException {
		OnnxImport.Result result = OnnxImport.read(file, options.name != null ? options.name : stem(file), options.dimensions, options.cut);
		return new Imported(result.text(), String.format(Locale.ROOT, "%d operators, %,d MACs, %,d weights", result.workload().operators().size(), result.workload().macs(),
				result.workload().weights()), result.notes());
	}

	private static String stem(Path file) {
		return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
	}

	private static Importer ofLayers(String id, String name, String extension, Function<String, LayerList> reader) {
		return new Importer(id, name, List.of(extension), true, false, (file, options) -> imported(reader.apply(text(Files.readAllBytes(file))), file, options));
	}

	private static Imported imported(LayerList list, Path path, Options options) {
		boolean padSame = options.padSame;
		String file = path.getFileName().toString();
		String name = options.name != null ? options.name : list.name().isEmpty() ? stem(path) : list.name();
		ImportedWorkload.Result result = ImportedWorkload.write(list, file, name, padSame);
		List<String> notes = new ArrayList<>(list.notes());
		if (result.cuts() > 0) {
			int better = padSame ? result.cuts() : ImportedWorkload.write(list, file, name, true).cuts();
			notes.add(result.cuts() + " of " + (list.layers().size() - 1) + " pairs of neighbours share no tensor, for their shapes differ"
					+ (better < result.cuts() ? "; with --pad same " + better + " would" : ""));
		}
		return new Imported(result.text(), list.layers().size() + " layers", notes);
	}

	private static String text(byte[] content) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
		} catch (CharacterCodingException e) {
			throw new ImportException(1, "the file is no UTF-8 text");
		}
	}
}
