package org.pipeorgan.dsl.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.pipeorgan.dsl.imports.Layer.Kind;

/**
 * Networks of MAESTRO and of the fork that XR-Bench uses: {@code Network n { Layer l { Type: CONV Stride { X: 1, Y: 1 } Dimensions { K: 64, ... } } }},
 * with or without colons, and with {@code Constant name number;} before it. Dataflows are not imported: a policy finds its own.
 */
public final class MaestroModel {
	private static final Pattern TOKEN = Pattern.compile("//[^\\n]*|/\\*(?s:.*?)\\*/|[A-Za-z_][\\w.-]*|\\d+|[{}:,;()]|\\S");
	private static final Map<String, Kind> KINDS = Map.of("CONV", Kind.CONVOLUTION, "NGCONV", Kind.CONVOLUTION, "DSCONV", Kind.DEPTHWISE, "FC", Kind.CONVOLUTION, "POOL", Kind.POOL, "GEMM", Kind.LINEAR,
			"TRCONV", Kind.TRANSPOSED);
	private static final Set<String> READ = Set.of("Type", "Stride", "Dimensions");

	private final List<String> tokens = new ArrayList<>();
	private final List<Integer> lines = new ArrayList<>();
	private int next;
	private final List<Layer> layers = new ArrayList<>();
	private final Map<String, Long> constants = new HashMap<>();
	private final Map<String, Integer> ignored = new TreeMap<>();
	private final Map<String, Integer> unsupported = new TreeMap<>();
	private int firstUnsupported;

	private MaestroModel(String text) {
		int line = 1;
		int counted = 0;
		for (Matcher matcher = TOKEN.matcher(text); matcher.find();) {
			line += (int) text.substring(counted, matcher.start()).chars().filter(c -> c == '\n').count();
			counted = matcher.start();
			if (!matcher.group().startsWith("//") && !matcher.group().startsWith("/*")) {
				tokens.add(matcher.group());
				lines.add(line);
			}
		}
	}

	/** Reads a network. @throws ImportException if it is not of the form, or has layers of a type that cannot be imported; the message lists all of these */
	public static LayerList read(String text) {
		MaestroModel model = new MaestroModel(text);
		String name = model.network();
		if (!model.unsupported.isEmpty()) {
			throw new ImportException(model.firstUnsupported, "layers of these types cannot be imported: "
					+ model.unsupported.entrySet().stream().map(entry -> entry.getKey() + " (" + entry.getValue() + ")").collect(Collectors.joining(", "))
					+ "; take them out of the file, or write them in the language");
		}
		return new LayerList(name, model.layers,
				model.ignored.entrySet().stream().map(entry -> entry.getKey() + " of " + entry.getValue() + (entry.getValue() == 1 ? " layer" : " layers") + " is not imported").toList());
	}

	private String network() {
		String name = "";
		while (next < tokens.size()) {
			String word = take();
			if (word.equals("Network")) {
				name = take();
				expect("{");
				while (!peek().equals("}")) {
					expect("Layer");
					layer();
				}
				expect("}");
			} else if (word.equals("Constant")) {
				String constant = take();
				constants.put(constant, number(constant));
				if (peek().equals(";")) {
					take();
				}
			} else if (peek().equals("{") || next + 1 < tokens.size() && tokens.get(next + 1).equals("{")) {
				// an accelerator, or constants, in the same file
				while (!take().equals("{")) {
					// its name
				}
				skip();
			} else {
				throw wrong("'" + word + "' where 'Network NAME {' was expected");
			}
		}
		return name;
	}

	private void layer() {
		int line = lines.get(next);
		String name = take();
		expect("{");
		String type = "CONV";
		Map<String, Long> dimensions = new HashMap<>();
		Map<String, Long> stride = new HashMap<>();
		while (!peek().equals("}")) {
			String section = take();
			if (peek().equals(":")) {
				take();
			}
			if (section.equals("Type")) {
				type = take().toUpperCase(Locale.ROOT);
			} else if (section.equals("Stride") || section.equals("Dimensions")) {
				numbers(section.equals("Stride") ? stride : dimensions);
			} else if (peek().equals("{")) {
				take();
				skip();
			} else {
				take();
			}
			if (!READ.contains(section)) {
				ignored.merge(section, 1, Integer::sum);
			}
			if (peek().equals(";") || peek().equals(",")) {
				take();
			}
		}
		expect("}");
		add(line, name, type, dimensions, stride);
	}

	private void add(int line, String name, String type, Map<String, Long> dimensions, Map<String, Long> stride) {
		Kind kind = KINDS.get(type);
		if (kind == null) {
			firstUnsupported = unsupported.isEmpty() ? line : firstUnsupported;
			unsupported.merge(type, 1, Integer::sum);
			return;
		}
		boolean filters = kind == Kind.CONVOLUTION || kind == Kind.TRANSPOSED;
		for (String needed : kind == Kind.LINEAR ? List.of("M", "N", "K") : filters ? List.of("K", "C", "R", "S", "Y", "X") : List.of("C", "R", "S", "Y", "X")) {
			if (!dimensions.containsKey(needed)) {
				throw new ImportException(line, "layer '" + name + "' of type " + type + " has no dimension " + needed + "; add it to 'Dimensions'");
			}
		}
		if (kind == Kind.LINEAR) {
			// an M x K matrix times a K x N one
			layers.add(new Layer(line, name, kind, 1, dimensions.get("N"), dimensions.get("K"), dimensions.get("M"), 1, 1, 1, 1, 1, 1));
			return;
		}
		long c = dimensions.get("C");
		// of groups, K counts the filters of one
		long groups = dimensions.getOrDefault("G", 1L);
		layers.add(new Layer(line, name, kind, dimensions.getOrDefault("N", 1L), filters ? filters(line, name, dimensions.get("K"), groups) : c, c, dimensions.get("Y"), dimensions.get("X"),
				dimensions.get("R"), dimensions.get("S"), groups, stride.getOrDefault("Y", 1L), stride.getOrDefault("X", 1L)));
	}

	private static long filters(int line, String name, long each, long groups) {
		try {
			return Math.multiplyExact(each, groups);
		} catch (ArithmeticException e) {
			throw new ImportException(line, "layer '" + name + "' has " + groups + " groups of " + each + " filters; together they do not fit into 64 bits");
		}
	}

	private void numbers(Map<String, Long> into) {
		expect("{");
		while (!peek().equals("}")) {
			String key = take();
			if (peek().equals(":")) {
				take();
			}
			into.put(key, number(key));
			if (peek().equals(",") || peek().equals(";")) {
				take();
			}
		}
		expect("}");
	}

	/** A number, or a constant that stands for one. */
	private long number(String key) {
		String value = take();
		if (constants.containsKey(value)) {
			return constants.get(value);
		}
		try {
			return Long.parseLong(value);
		} catch (NumberFormatException e) {
			next--;
			throw wrong("'" + value + "' where the number of " + key + " was expected");
		}
	}

	/** Up to the brace that closes the one taken last. */
	private void skip() {
		for (int depth = 1; depth > 0;) {
			String word = take();
			depth += word.equals("{") ? 1 : word.equals("}") ? -1 : 0;
		}
	}

	private String peek() {
		return next < tokens.size() ? tokens.get(next) : "";
	}

	private String take() {
		if (next >= tokens.size()) {
			throw new ImportException(lines.isEmpty() ? 1 : lines.get(lines.size() - 1), "the file ends in the middle; a closing brace is missing");
		}
		return tokens.get(next++);
	}

	private void expect(String word) {
		if (!take().equals(word)) {
			next--;
			throw wrong("'" + peek() + "' where '" + word + "' was expected");
		}
	}

	private ImportException wrong(String message) {
		return new ImportException(lines.get(Math.min(next, lines.size() - 1)), message);
	}
}
