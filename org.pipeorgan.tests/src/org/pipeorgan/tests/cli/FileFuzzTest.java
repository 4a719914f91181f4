package org.pipeorgan.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipeorgan.dsl.cli.Console;
import org.pipeorgan.dsl.cli.Main;
import org.pipeorgan.tests.Fuzzing;
import org.pipeorgan.tests.Sample;

/** Damaged files bring no command down. */
class FileFuzzTest {
	private static final int COUNT = Fuzzing.count(40);
	private static final List<String> PIECES = List.of("", "<", ">", "\"", "&", "&#0;", "/>", "//@declarations.0", "//@declarations.99", "xsi:type=\"pog:Study\"", "xsi:type=\"ecore:EClass\"", "-1", "99999999999999999999",
			"href=\"other.pog#//\"", "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>", "\u0000", "\uFFFF");
	@TempDir
	private Path folder;

	private static int run(ByteArrayOutputStream err, String... arguments) {
		return Main.run(arguments, new Console(new PrintStream(new ByteArrayOutputStream()), new PrintStream(err, true, StandardCharsets.UTF_8), 0));
	}

	@Test
	void mutatedXmiBringsNothingDown() throws IOException {
		Path source = Files.writeString(folder.resolve("a.pog"), Sample.TEXT);
		Path xmi = folder.resolve("a.xmi");
		assertEquals(0, run(new ByteArrayOutputStream(), "convert", source.toString(), xmi.toString()));
		String whole = Files.readString(xmi);
		Random random = new Random(Fuzzing.SEED);
		for (int i = 0; i < COUNT; i++) {
			StringBuilder text = new StringBuilder(whole);
			for (int k = random.nextInt(5); k >= 0 && !text.isEmpty(); k--) {
				int at = random.nextInt(text.length());
				switch (random.nextInt(4)) {
				case 0 -> text.setLength(at);
				case 1 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(80))));
				default -> text.replace(at, Math.min(text.length(), at + random.nextInt(12)), PIECES.get(random.nextInt(PIECES.size())));
				}
			}
			Path file = Files.writeString(folder.resolve("mutated.xmi"), text.toString(), StandardCharsets.UTF_8);
			ByteArrayOutputStream err = new ByteArrayOutputStream();
			int code = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> run(err, "validate", file.toString()), text::toString);
			assertTrue(code == 0 || code == 1 && !err.toString().isEmpty(), () -> code + " " + err + "\n" + text);
			ByteArrayOutputStream said = new ByteArrayOutputStream();
			int converted = run(said, "convert", file.toString(), folder.resolve("mutated.pog").toString());
			assertTrue(converted == 0 || converted == 1, () -> converted + " " + said + "\n" + text);
		}
	}

	/** Files in other encodings, with bytes of none, that import each other. */
	@Test
	void damagedBytesInACycleOfImportsBringNothingDown() throws IOException {
		Path first = folder.resolve("first.pog");
		Path second = folder.resolve("second.pog");
		Files.writeString(second, "import \"first.pog\"\n\npolicy q refines p {\n}\n");
		String text = "import \"second.pog\"\n\n" + Sample.TEXT.replace("policies p,", "policies p, q,");
		Files.writeString(first, text);
		assertEquals(0, run(new ByteArrayOutputStream(), "validate", first.toString()));
		for (int seed = Fuzzing.SEED; seed < Fuzzing.SEED + COUNT; seed++) {
			Random random = new Random(seed);
			byte[] bytes = text.getBytes(random.nextInt(3) > 0 ? StandardCharsets.UTF_8 : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE).get(random.nextInt(3)));
			bytes = Arrays.copyOf(bytes, random.nextInt(3) > 0 ? bytes.length : random.nextInt(bytes.length));
			for (int k = random.nextInt(5); k >= 0 && bytes.length > 0; k--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
			}
			Files.write(first, bytes);
			String shown = "seed " + seed + ": " + new String(bytes, StandardCharsets.ISO_8859_1);
			for (Path each : List.of(first, second)) {
				ByteArrayOutputStream err = new ByteArrayOutputStream();
				int code = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> run(err, "validate", each.toString()), shown);
				assertTrue(code == 0 || code == 1 && !err.toString().isEmpty(), () -> code + " " + err + "\n" + shown);
				assertFalse(err.toString().contains("Exception"), () -> err + "\n" + shown);
			}
		}
	}
}
