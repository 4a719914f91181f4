package org.pipeorgan.dsl.imports;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.pipeorgan.dsl.imports.Layer.Kind;

/**
 * A list of layers as a workload of the language. Neighbours share a tensor where the output of one has the shape of the other's input; elsewhere
 * the list does not say where the input comes from, and the layer gets one of its own.
 */
public final class ImportedWorkload {
	private final StringBuilder lines = new StringBuilder();
	private final Set<String> taken = new HashSet<>();
	private int cuts;

	private ImportedWorkload() {
	}

	/**
	 * The text of a workload and how it came about.
	 *
	 * @param text text of the language
	 * @param cuts neighbours that share no tensor
	 */
	public record Result(String text, int cuts) {
	}

	/**
	 * Writes a workload.
	 *
	 * @param source  name of the file, for the header
	 * @param name    name of the workload; made an identifier
	 * @param padSame whether inputs are padded so that outputs are as large as input over stride; else there is no padding, as SCALE-Sim and MAESTRO
	 *                compute
	 * @throws ImportException if a filter is larger than its input
	 */
	public static Result write(LayerList list, String source, String name, boolean padSame) {
		ImportedWorkload workload = new ImportedWorkload();
		String previous = null;
		long[] shape = {};
		for (Layer layer : list.layers()) {
			long[] input = { layer.n(), layer.c(), layer.h(), layer.w() };
			String result = workload.identifier(layer.name(), "layer");
			boolean chained = previous != null && Arrays.equals(shape, input);
			if (!chained) {
				workload.cuts += previous == null ? 0 : 1;
				String tensor = workload.identifier(result + "_in", "input");
				workload.lines.append(String.format(Locale.ROOT, "%n  input %s [%sC %d, H %d, W %d]%n", tensor, layer.n() == 1 ? "" : "N " + layer.n() + ", ", layer.c(), layer.h(), layer.w())
						.replace("\r", ""));
				previous = tensor;
			}
			shape = output(layer, padSame);
			if (layer.kind() == Kind.TRANSPOSED) {
				String phases = workload.identifier(result + "_phases", "phases");
				workload.lines.append("  ").append(phases).append(" = linear(").append(previous).append(") K ").append(layer.k() * layer.r() * layer.s()).append('\n');
				workload.lines.append(String.format(Locale.ROOT, "  %s = reshape(%s) [%sC %d, H %d, W %d]\n", result, phases, layer.n() == 1 ? "" : "N " + layer.n() + ", ", shape[1], shape[2], shape[3]));
			} else {
				workload.lines.append("  ").append(result).append(" = ").append(operator(layer, previous, padSame)).append('\n');
			}
			previous = result;
		}
		String text = "// " + list.layers().size() + " layers, imported from " + source.replaceAll("\\s", " ") + ".\nworkload " + new ImportedWorkload().identifier(name, "Imported") + " {\n"
				+ workload.lines.toString().replaceFirst("^\n", "") + "}\n";
		return new Result(text, workload.cuts);
	}

	private static String operator(Layer layer, String input, boolean padSame) {
		String window = " R " + layer.r() + " S " + layer.s() + (layer.strideRows() == 1 && layer.strideColumns() == 1 ? ""
				: layer.strideRows() == layer.strideColumns() ? " stride " + layer.strideRows() : " stride " + layer.strideRows() + " x " + layer.strideColumns())
				+ (padSame && (layer.r() > 1 || layer.s() > 1) ? " pad same" : "");
		return switch (layer.kind()) {
		case CONVOLUTION -> "conv(" + input + ") K " + layer.k() + window + (layer.groups() == 1 ? "" : " groups " + layer.groups());
		case DEPTHWISE -> "depthwise(" + input + ")" + window;
		case POOL -> "maxpool(" + input + ")" + window;
		case LINEAR, TRANSPOSED -> "linear(" + input + ") K " + layer.k();
		};
	}

	private static long[] output(Layer layer, boolean padSame) {
		if (layer.kind() == Kind.TRANSPOSED) {
			return new long[] { layer.n(), layer.k(), layer.h() * layer.r(), layer.w() * layer.s() };
		}
		long rows = padSame ? Math.ceilDiv(layer.h(), layer.strideRows()) : (layer.h() - layer.r()) / layer.strideRows() + 1;
		long columns = padSame ? Math.ceilDiv(layer.w(), layer.strideColumns()) : (layer.w() - layer.s()) / layer.strideColumns() + 1;
		if (!padSame && (layer.h() < layer.r() || layer.w() < layer.s())) {
			throw new ImportException(layer.line(), "layer '" + layer.name() + "' has a filter of " + layer.r() + " x " + layer.s() + " and an input of only " + layer.h() + " x " + layer.w()
					+ "; import with --pad same if the input is padded");
		}
		boolean channels = layer.kind() == Kind.CONVOLUTION || layer.kind() == Kind.LINEAR;
		return new long[] { layer.n(), channels ? layer.k() : layer.c(), rows, columns };
	}

	private String identifier(String written, String fallback) {
		String plain = written.replaceAll("[^A-Za-z0-9_]+", "_");
		plain = plain.isEmpty() || plain.equals("_") ? fallback : Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
		String free = plain;
		for (int i = 2; !taken.add(free); i++) {
			free = plain + "_" + i;
		}
		return free;
	}
}
