package org.pipeorgan.tests.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FormatterTest {
	static final String FORMATTED = """
			// first
			package a.b

			import library.xrbench.*
			import "x.pog"

			/** Documentation. */
			workload T {
			  precision 8 bit

			  input i [C 4, H 8, W 8] precision 16 bit // behind
			  y = conv(i) K 8 R 3 S 3 stride 2 x 1 pad same

			  // alone
			  z = add(y, y)
			  s = slice(z) C 0 .. 3
			  output y
			}

			param side = 4 * (2 + 1) - -1
			param wide = max(side, -(side - 2))

			block B(x, y) {
			  param k
			  param g = 1

			  // no blank line lost

			  // between comments
			  // of two lines

			  /* of */

			  /* any kind */
			  a = conv(x) K 2 * (k + g) R 1 S 1 pad (k) 0 x k (g)
			  [p, q] = C(a, y)
			  output p
			  output q
			}

			block C(x, y) {
			  r = relu(x)
			  s = B(x, y, k = 2, g = 3) repeat side / 2
			  output s
			}

			interconnect n refines amp {
			  param p = 2

			  topology mesh
			  express every 4
			  link 8 B/cycle
			  multicast
			  shared distribution ports north, south every 4
			}

			accelerator A {
			  param p = 2
			  clock 1.50 GHz
			  array 32 x 32 {
			    macs 8 per cycle
			    registers 512 B
			    partial sums 32 bit
			  }
			  buffer 1 MiB at 256 B/cycle banks 16
			  memory 64 GB/s
			  interconnect n
			  energy {
			    mac 0.20 pJ
			    memory 20 pJ/B
			  }
			}

			policy shallow refines pipeorgan {
			  depth 4
			}

			policy mine {
			  strategy fixed
			  restrict unicast

			  segment {
			    operators y .. z
			    order weight_outer
			    chunks 4
			    organization blocked-1d-columns
			    weights registers_or_memory
			    keep y, z
			    operator y {
			      tile K 2 P 4
			      share 12
			      split K 2 P 1 Q 3
			    }
			  }
			  segment {
			    operators s
			    chunks 1
			  }
			}

			study s {
			  map T, structured.ES_RITNet on A with mesh, n
			  policies shallow, tangram as baseline on n
			  objective latency
			  write html, json
			}
			""";

	@Test
	void keepsWhatIsFormatted() {
		assertEquals(FORMATTED, Pog.format(FORMATTED));
	}

	@Test
	void mendsSpacesAndLines() {
		String crowded = FORMATTED.replaceAll("(?m)^ +", "").replace("\n\n", "\n\n\n\n").replace(" {\n", "{\n\n").replace(", ", " ,").replace("(", " ( ");
		assertEquals(FORMATTED, Pog.format(crowded));
	}

	@Test
	void leavesSectionsThatAreWrittenTwiceAsTheyAre() {
		String text = "accelerator  A { memory 1 GB/s memory 2 GB/s }";
		assertEquals(text, Pog.format(text));
	}

	@Test
	void isIdempotentOnOneLine() {
		String line = FORMATTED.replaceAll("(?m)//.*$", "").replaceAll("\\s+", " ");
		String once = Pog.format(line);
		assertEquals(once, Pog.format(once));
	}
}
