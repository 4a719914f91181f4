package org.pipeorgan.engine.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Names that every tool can read: letters, digits and underscores, a letter first, at most {@value #LONGEST} of them. Each name gets one of its own,
 * whatever the case of its letters, since they become file names too.
 */
final class ToolNames {
	private static final int LONGEST = 100;
	private final Map<String, String> known = new HashMap<>();
	private final Set<String> used = new HashSet<>();

	/** The tool's name for one of ours; the same for the same. */
	String of(String name) {
		return known.computeIfAbsent(name, this::unused);
	}

	/** A name of letters, digits and underscores; different names may become the same. */
	static String escape(String name) {
		// SCALE-Sim expands layers whose names contain DP
		String plain = name.replaceAll("[^A-Za-z0-9_]", "_").replace("DP", "D_P");
		String begun = plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "x" + plain : plain;
		return begun.substring(0, Math.min(LONGEST, begun.length()));
	}

	private String unused(String name) {
		String plain = escape(name);
		String free = plain;
		for (int i = 2; !used.add(free.toLowerCase(java.util.Locale.ROOT)); i++) {
			free = plain + "_" + i;
		}
		return free;
	}
}
