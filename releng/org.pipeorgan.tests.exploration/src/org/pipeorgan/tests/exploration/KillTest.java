package org.pipeorgan.tests.exploration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pipeorgan.tests.exploration.Commands.run;
import static org.pipeorgan.tests.exploration.Commands.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps that are killed, and continued until they end. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KillTest {
	private static final int KILLS = 4;
	@TempDir
	private Path folder;

	/** Killed at random moments, a sweep loses nothing that was stored, and ends like an undisturbed one. */
	@ParameterizedTest
	@ValueSource(strings = { "", "  sample random 700 seed 4", "  sample nsga2 600 seed 4" })
	void aKilledSweepIsContinued(String sampling) throws Exception {
		Path file = study(folder, "  vary array.rows in 1 .. 20\n  vary array.columns in 1 .. 10\n  vary buffer.size in 4 KiB .. 64 KiB times 2\n  vary array.macs in 1, 2\n" + sampling);
		Path out = folder.resolve("out");
		// the moments are random from run to run; a failure names the seed
		long seed = System.nanoTime();
		Random random = new Random(seed);
		long stored = 0;
		int kills = 0;
		while (kills < KILLS) {
			Process sweep = Commands.start(folder, List.of(), Commands.classPath(), "sweep", file, "-o", out, "--threads", 2, "--resume");
			while (sweep.isAlive() && Commands.stored(out) <= stored) {
				Thread.sleep(20);
			}
			sweep.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
			boolean killed = sweep.isAlive();
			sweep.destroyForcibly().waitFor();
			if (!killed) {
				break;
			}
			kills++;
			long now = Commands.stored(out);
			assertTrue(now > stored, "nothing is lost, seed " + seed + ": " + now + " points after " + stored);
			stored = now;
		}
		assertTrue(kills > 0);
		Commands.Result rest = run("sweep", file, "-o", out, "--resume");
		assertEquals(0, rest.code(), rest.err());
		Commands.assertAsUndisturbed(file, out, "seed " + seed + ", " + kills + " kills");
	}
}
