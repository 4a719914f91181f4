package org.pipeorgan.tests;

/** A text with most sections of the language, to be converted and damaged. */
public final class Sample {
	/** The text; it validates. */
	public static final String TEXT = """
			param lanes = 4 + 4
			block B(x) {
			  param k = 3
			  y = conv(x) K k R 3 S 3 pad 1
			}
			workload W {
			  input image [C 3, H 16, W 16]
			  b = B(image, k = 8) repeat 2
			  c = maxpool(b) R 2 S 2 stride 2
			  s = slice(c) C 0 .. 3
			}
			accelerator A {
			  clock 1 GHz
			  array 4 x 4 {
			    macs lanes
			    registers 64 B
			  }
			  buffer 16 KiB at 16 B/cycle
			  memory 1 GB/s
			}
			interconnect n refines mesh {
			  express every 2 from 0 step 2
			}
			policy p refines optimal {
			  organization striped
			  together b.1 .. c
			  operator c {
			    tile P 2
			  }
			}
			policy f {
			  strategy fixed
			  segment {
			    operators b.1 .. b
			    chunks 4
			    keep b
			  }
			  segment {
			    operators c
			    chunks 4
			  }
			}
			study s {
			  map W on A with mesh, n
			  policies p, f
			  vary buffer.size in 1 KiB .. 4 KiB times 2
			  where buffer.size < 3 KiB
			  sample random 2 seed 1
			  minimize latency
			}
			""";

	private Sample() {
	}
}
