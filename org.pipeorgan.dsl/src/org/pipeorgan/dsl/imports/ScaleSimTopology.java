package org.pipeorgan.dsl.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.pipeorgan.dsl.imports.Layer.Kind;

/**
 * Topologies of SCALE-Sim: a header, then a row for each layer - input rows and columns, filter rows and columns, channels, filters, stride
 * - or, for products, rows, columns and depth. As in SCALE-Sim a name that contains {@code DP} is a depthwise layer.
 */
public final class ScaleSimTopology {
	private ScaleSimTopology() {
	}

	/** Reads a topology. @throws ImportException if a row is not of either form */
	public static LayerList read(String text) {
		List<Layer> layers = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		try (CSVParser rows = CSVParser.parse(text, CSVFormat.DEFAULT.builder().setTrim(true).setIgnoreEmptyLines(true).get())) {
			boolean header = true;
			for (CSVRecord row : rows) {
				if (!header) {
					layers.add(layer(row, (int) rows.getCurrentLineNumber(), notes));
				}
				header = false;
			}
		} catch (IOException e) {
			throw new ImportException(1, "the file is no CSV: " + e.getMessage());
		} catch (UncheckedIOException e) {
			throw new ImportException(1, "the file is no CSV: " + e.getCause().getMessage());
		}
		return new LayerList("", layers, notes);
	}

	private static Layer layer(CSVRecord row, int line, List<String> notes) {
		List<String> fields = new ArrayList<>(row.toList());
		while (!fields.isEmpty() && fields.get(fields.size() - 1).isEmpty()) {
			fields.remove(fields.size() - 1); // every row ends with a comma
		}
		String name = fields.isEmpty() ? "" : fields.get(0);
		if (fields.size() > 8 || fields.size() == 5) {
			String sparsity = fields.remove(fields.size() - 1);
			if (!sparsity.matches("\\d+:\\d+")) {
				throw wrong(line, name, fields.size() + 1);
			}
			notes.add("sparsity " + sparsity + " of layer '" + name + "' is not imported: the layer is dense");
		}
		if (fields.size() == 4) {
			return new Layer(line, name, Kind.LINEAR, 1, number(fields, 2, line), number(fields, 3, line), number(fields, 1, line), 1, 1, 1, 1, 1, 1);
		}
		if (fields.size() != 8) {
			throw wrong(line, name, fields.size());
		}
		boolean depthwise = name.toUpperCase(Locale.ROOT).contains("DP");
		long stride = number(fields, 7, line);
		long channels = number(fields, 5, line);
		return new Layer(line, name, depthwise ? Kind.DEPTHWISE : Kind.CONVOLUTION, 1, depthwise ? channels : number(fields, 6, line), channels, number(fields, 1, line),
				number(fields, 2, line), number(fields, 3, line), number(fields, 4, line), 1, stride, stride);
	}

	private static ImportException wrong(int line, String name, int fields) {
		return new ImportException(line, "layer '" + name + "' has " + fields + " fields; a convolution has 8 (name, input rows, input columns, filter rows, filter columns, channels, filters, stride), "
				+ "a product 4 (name, M, N, K)");
	}

	private static long number(List<String> fields, int index, int line) {
		try {
			return Long.parseLong(fields.get(index));
		} catch (NumberFormatException e) {
			throw new ImportException(line, "'" + fields.get(index) + "' in layer '" + fields.get(0) + "' is no whole number");
		}
	}
}
