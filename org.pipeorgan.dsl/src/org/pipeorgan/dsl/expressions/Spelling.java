package org.pipeorgan.dsl.expressions;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what somebody may have meant. */
public final class Spelling {
	private Spelling() {
	}

	/** The name that is most like a word, if any is much like it. */
	public static Optional<String> similar(String written, Stream<String> names) {
		int most = Math.max(1, written.length() / 3);
		return names.filter(name -> Math.abs(name.length() - written.length()) <= most).filter(name -> distance(name, written) <= most)
				.min(Comparator.<String>comparingInt(name -> distance(name, written)).thenComparing(name -> name));
	}

	/** Edit distance, case ignored. */
	private static int distance(String a, String b) {
		String left = a.toLowerCase(Locale.ROOT);
		String right = b.toLowerCase(Locale.ROOT);
		int[] last = new int[right.length() + 1];
		for (int j = 0; j < last.length; j++) {
			last[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int[] next = new int[right.length() + 1];
			next[0] = i;
			for (int j = 1; j <= right.length(); j++) {
				int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
				next[j] = Math.min(Math.min(next[j - 1], last[j]) + 1, last[j - 1] + change);
			}
			last = next;
		}
		return last[right.length()];
	}
}
