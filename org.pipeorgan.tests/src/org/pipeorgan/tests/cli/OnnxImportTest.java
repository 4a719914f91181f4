package org.pipeorgan.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipeorgan.dsl.cli.Console;
import org.pipeorgan.dsl.cli.Main;
import org.pipeorgan.tests.Fuzzing;

/** Networks of ONNX. */
class OnnxImportTest {
	@TempDir
	private Path folder;
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private int run(String... arguments) {
		out.reset();
		err.reset();
		return Main.run(arguments, new Console(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), 0));
	}

	/**
	 * Models that others trained. MACs are those that ONNX Runtime 1.20 showed in a profile of a run with these shapes, plus what it does not show of the
	 * transposed convolutions of the detectors (24 * 160 * 160 * 24 * 4 + 24 * 320 * 320 * 4); those of the sentence embeddings
	 * are 6 layers of 4 * 128 * 384 * 384 + 2 * 128 * 128 * 384 + 2 * 128 * 384 * 1536.
	 */
	@ParameterizedTest
	@CsvSource({ "models/ch_PP-OCRv4_det_infer.onnx, 2301935744, x.0=1 x.2=640 x.3=640", "models/ch_PP-OCRv3_det_infer.onnx, 1911782784, x.0=1 x.2=640 x.3=640",
			"models/ch_PP-OCRv4_rec_infer.onnx, 702469440, x.0=1 x.2=48 x.3=320", "models/ch_PP-OCRv3_rec_infer.onnx, 656847360, x.0=1 x.2=48 x.3=320",
			"models/ch_ppocr_mobile_v2.0_cls_infer.onnx, 16315376, x.0=1 x.2=48 x.3=192", "all-minilm-l6-v2-q.onnx, 1434451968, batch_size=1 sequence_length=128" })
	void realModelsHaveTheirMacs(String resource, long macs, String dimensions) throws IOException {
		Path file = folder.resolve("model.onnx");
		// they are fetched for the plain tests only
		assumeTrue(Boolean.getBoolean("pipeorgan.models"));
		try (InputStream in = getClass().getClassLoader().getResourceAsStream(resource)) {
			Files.copy(in, file);
		}
		String[] options = Arrays.stream(dimensions.split(" ")).flatMap(each -> Stream.of("--dim", each)).toArray(String[]::new);
		imported(file, options);
		assertTrue(out.toString().contains(String.format(java.util.Locale.ROOT, " %,d MACs", macs)), out::toString);
	}

	/** The imported file is valid and laid out. */
	private String imported(Path file, String... options) throws IOException {
		String target = folder.resolve("net.pog").toString();
		assertEquals(0, run(Stream.concat(Stream.of("import", "onnx", file.toString(), "-o", target), Arrays.stream(options)).toArray(String[]::new)), err::toString);
		String said = out.toString();
		String notes = err.toString();
		assertEquals(0, run("validate", target), err::toString);
		assertEquals("", err.toString());
		assertEquals(0, run("format", "--check", target), out::toString);
		out.reset();
		out.writeBytes(said.getBytes(StandardCharsets.UTF_8));
		err.writeBytes(notes.getBytes(StandardCharsets.UTF_8));
		return Files.readString(Path.of(target));
	}

	// Models made here: a line a node, "result = Op(operands) attribute=1,2".

	private static ModelProto model(String inputs, String weights, String nodes, String... outputs) {
		GraphProto.Builder graph = GraphProto.newBuilder().setName("made");
		for (String input : inputs.isEmpty() ? new String[0] : inputs.split(";")) {
			TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
			for (String extent : input.split(":")[1].split(",")) {
				shape.addDim(extent.matches("\\d+") ? Dimension.newBuilder().setDimValue(Long.parseLong(extent)) : Dimension.newBuilder().setDimParam(extent));
			}
			graph.addInput(ValueInfoProto.newBuilder().setName(input.split(":")[0].strip())
					.setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape))));
		}
		for (String weight : weights.isEmpty() ? new String[0] : weights.split(";")) {
			String[] parts = weight.strip().split("[:=]");
			long[] values = Arrays.stream(parts[1].split(",")).mapToLong(Long::parseLong).toArray();
			TensorProto.Builder tensor = TensorProto.newBuilder().setName(parts[0]);
			if (weight.contains("=")) {
				tensor.setDataType(TensorProto.DataType.INT64_VALUE).addDims(values.length).addAllInt64Data(LongStream.of(values).boxed().toList());
			} else {
				// weights elsewhere: shapes are enough
				tensor.setDataType(TensorProto.DataType.FLOAT_VALUE).addAllDims(LongStream.of(values).boxed().toList()).setDataLocation(TensorProto.DataLocation.EXTERNAL);
			}
			graph.addInitializer(tensor);
		}
		for (String line : nodes.strip().split("\n")) {
			String[] parts = line.strip().split("\\s*=\\s*", 2);
			String op = parts[1].substring(0, parts[1].indexOf('('));
			NodeProto.Builder node = NodeProto.newBuilder().setOpType(op).addAllOutput(List.of(parts[0].split(", ")));
			String operands = parts[1].substring(parts[1].indexOf('(') + 1, parts[1].indexOf(')'));
			node.addAllInput(operands.isEmpty() ? List.of() : List.of(operands.split(", ")));
			for (String attribute : parts[1].substring(parts[1].indexOf(')') + 1).strip().split("\\s+")) {
				if (attribute.contains("=")) {
					AttributeProto.Builder value = AttributeProto.newBuilder().setName(attribute.split("=")[0]);
					String written = attribute.split("=")[1];
					if (written.matches("-?\\d+")) {
						value.setI(Long.parseLong(written));
					}
					node.addAttribute(written.contains(",") ? value.addAllInts(Arrays.stream(written.split(",")).map(Long::valueOf).toList()) : value);
				}
			}
			graph.addNode(node);
		}
		for (String output : outputs) {
			graph.addOutput(ValueInfoProto.newBuilder().setName(output));
		}
		return ModelProto.newBuilder().setIrVersion(8).addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17)).setGraph(graph).build();
	}

	private Path file(ModelProto model) throws IOException {
		return Files.write(folder.resolve("made.onnx"), model.toByteArray());
	}

	private static String lines(String text) {
		return text.lines().filter(line -> !line.startsWith("//")).map(String::strip).reduce((a, b) -> a + "\n" + b).orElseThrow();
	}

	@Test
	void aConvolutionalNetworkKeepsItsShapes() throws IOException {
		ModelProto model = model("x:batch,3,32,32", "w:16,3,3,3; d:16,1,3,3; b:16; flat=0,-1; fc:4096,10", """
				c = Conv(x, w) strides=2,2 pads=1,1,1,1
				n = BatchNormalization(c, b, b, b, b)
				r = Relu(n)
				d1 = Conv(r, d) pads=1,1,1,1 group=16
				s = Sigmoid(d1)
				g = Mul(d1, s)
				a = Add(g, r)
				f = Reshape(a, flat)
				y = Gemm(f, fc)
				""", "y");
		assertEquals("""
				workload made {
				input x [C 3, H 32, W 32]
				c = conv(x) K 16 R 3 S 3 stride 2 pad 1
				r = relu(c)
				d1 = depthwise(r) R 3 S 3 pad 1
				g = silu(d1)
				a = add(g, r)
				f_view = reshape(a) [C 4096]
				y = linear(f_view) K 10
				}""", lines(imported(file(model), "--dim", "batch=1")));
		assertTrue(imported(file(model), "--dim", "batch=2").contains("[N 2, C 3, H 32, W 32]"));
	}

	@Test
	void transpositionsOfAttentionMoveNothing() throws IOException {
		ModelProto model = model("x:1,8,16", "wq:16,16; wk:16,16; wv:16,16; wo:16,16; heads=0,0,4,4; joined=0,0,16", """
				q = MatMul(x, wq)
				q4 = Reshape(q, heads)
				qt = Transpose(q4) perm=0,2,1,3
				k = MatMul(x, wk)
				k4 = Reshape(k, heads)
				kt = Transpose(k4) perm=0,2,3,1
				v = MatMul(x, wv)
				v4 = Reshape(v, heads)
				vt = Transpose(v4) perm=0,2,1,3
				s = MatMul(qt, kt)
				p = Softmax(s) axis=-1
				o = MatMul(p, vt)
				ot = Transpose(o) perm=0,2,1,3
				oj = Reshape(ot, joined)
				y = MatMul(oj, wo)
				""", "y");
		assertEquals("""
				workload made {
				input x [C 16, H 8]
				q = linear(x) K 16
				k = linear(x) K 16
				v = linear(x) K 16
				s = matmul(q, k) transposed groups 4
				p = softmax(s) over C groups 4
				o = matmul(p, v) groups 4
				y = linear(o) K 16
				}""", lines(imported(file(model))));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			// parts along channels are slices; along other axes elements change places and are copied
			"x:1,8,4,4 || a, b = Split(x) axis=1 / y = Add(a, b) | a = slice(x) C 0 .. 3",
			"x:1,8,4,4 | from=1; to=3; on=2 | y = Slice(x, from, to, on) | relu(y_moved) // copy",
			"x:1,8,4,4 | from=0; to=4; on=3; by=2 | y = Slice(x, from, to, on, by) | y = maxpool(x) R 1 S 1 stride 1 x 2 // every 2. of an axis",
			"x:1,8,4,4 || t = Relu(x) / y = Concat(t, x) axis=1 | y = concat(t, x)",
			"x:1,8,4,4 || t = Transpose(x) perm=0,2,3,1 / y = Relu(t) | y = relu(x)",
			"x:1,8,4,4 | w:8,6,2,2 | y = ConvTranspose(x, w) strides=2,2 | y = conv(x) K 24 R 1 S 1 // ConvTranspose",
			"x:1,8,5,5 || y = MaxPool(x) kernel_shape=2,2 strides=2,2 ceil_mode=1 | y = maxpool(x) R 2 S 2 stride 2 pad 0 1 x 0 1",
			"x:1,8,5,5 || y = ReduceMean(x) axes=2,3 | y = globalpool(x)",
			"x:1,8,5,5 | w:8,4,1,1 | y = Conv(x, w) group=2 | y = conv(x) K 8 R 1 S 1 groups 2",
			"x:1,8,5 | w:8,8,3 | y = Conv(x, w) pads=1,1 | y = conv(x) K 8 R 3 S 1 pad 1 x 0",
			"x:2,5,16 | g:16; b:16 | y = LayerNormalization(x, g, b) axis=-1 | y = norm(x) over C",
			"x:1,8,4,4 || y = InstanceNormalization(x, x, x) | y = norm(x) over H // InstanceNormalization",
			"x:1,8,4,4; z:1,8,1,1 || y = Mul(x, z) | y = mul(x, z)", "x:1,8,4,4; z:8,1,1 || y = Div(x, z) | y = mul(x, y_view) // Div",
			"x:1,8,4,4 || y = Erf(x) | y = relu(x) // Erf", "x:4,6 | w:5,4 | y = MatMul(w, x) | y = linear(y_view) K 5" })
	void operatorsAreTreatedAsStated(String inputs, String weights, String nodes, String line) throws IOException {
		String text = imported(file(model(inputs, weights == null ? "" : weights, String.join("\n", nodes.split(" / ")), "y")));
		assertTrue(text.contains(line), text);
	}

	@Test
	void shapesThatAModelComputesAreComputed() throws IOException {
		ModelProto model = model("x:n,6,4,4", "zero=0; one=1; rest=-1", """
				s = Shape(x)
				b = Gather(s, zero) axis=0
				l = Concat(b, rest) axis=0
				f = Reshape(x, l)
				y = Relu(f)
				""", "y");
		assertEquals("workload made {\ninput x [N 3, C 6, H 4, W 4]\nf_view = reshape(x) [N 3, C 96]\ny = relu(f_view)\n}", lines(imported(file(model), "--dim", "n=3")));
	}

	@Test
	void dimensionsAreAskedForByName() throws IOException {
		Path file = file(model("x:batch,3,height,width", "", "y = Relu(x)", "y"));
		assertEquals(1, run("import", "onnx", file.toString()));
		assertTrue(err.toString().contains("error: the sizes of some dimensions are open; state them: --dim batch=1 --dim height=1 --dim width=1"), err::toString);
		assertEquals(1, run("import", "onnx", file.toString(), "--dim", "bacth=1", "--dim", "batch=1", "--dim", "height=2", "--dim", "width=2"));
		assertTrue(err.toString().contains("no dimension 'bacth'; it has batch, height, width, x.0, x.2, x.3"), err::toString);
		assertEquals(2, run("import", "onnx", file.toString(), "--dim", "batch=many"));
		assertEquals(2, run("import", "onnx", file.toString(), "--dim", "batch=-1"));
		assertEquals(0, run("import", "onnx", file.toString(), "--dim", "batch=1", "--dim", "x.2=5", "--dim", "width=7"), err::toString);
		assertTrue(out.toString().contains("input x [C 3, H 5, W 7]"), out::toString);
	}

	@Test
	void whatCannotBeImportedIsNamedWithItsNumber() throws IOException {
		ModelProto model = model("x:1,8,6", "w:1,24,6; r:1,24,8; v:1,16,4,4,4", """
				g, gh = GRU(x, w, r)
				h = Squeeze(g)
				n = NonZero(h)
				m = NonZero(x)
				y = Relu(h)
				""", "y", "n", "m");
		Path file = file(model);
		assertEquals(1, run("import", "onnx", file.toString()));
		assertTrue(err.toString().contains("error: the model has operators that cannot be imported: GRU (1, of recurrent layers only LSTM can be imported); NonZero (1, there is no rule for it). "
				+ "With --unsupported cut"), err::toString);
		String text = imported(file(model("x:1,8,6", "w:1,24,6; r:1,24,8", "g, gh = GRU(x, w, r)\ny = Relu(g)", "y")), "--unsupported", "cut");
		assertTrue(text.contains("// 1 operators GRU cannot be imported; their results are inputs of the workload."), text);
	}

	@Test
	void damagedFilesAreRefusedInOneLine() throws IOException {
		byte[] bytes = model("x:1,3,8,8", "w:4,3,3,3", "c = Conv(x, w)\ny = Relu(c)", "y").toByteArray();
		Random random = new Random(Fuzzing.SEED);
		List<byte[]> damaged = new ArrayList<>(List.of(new byte[0], "workload w { }".getBytes(StandardCharsets.UTF_8), new byte[1000]));
		for (int length = 1; length < bytes.length; length += 1 + length / 20) {
			damaged.add(Arrays.copyOf(bytes, length));
		}
		for (int i = 0; i < Fuzzing.count(300); i++) {
			byte[] copy = bytes.clone();
			for (int k = 0; k < 1 + random.nextInt(4); k++) {
				copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
			}
			damaged.add(copy);
		}
		for (byte[] each : damaged) {
			Path file = Files.write(folder.resolve("damaged.onnx"), each);
			int code = run("import", "onnx", file.toString(), "--unsupported", random.nextBoolean() ? "cut" : "refuse");
			assertTrue(code == 0 || code == 1 && err.toString().lines().filter(line -> line.contains(": error: ")).count() == 1, () -> code + " " + err);
			assertFalse(err.toString().contains("Exception"), err::toString);
		}
	}

	@Test
	void nodesThatDoNotFitAreNamed() throws IOException {
		assertRefused("node 'y' (Conv) does not fit its inputs [1, 3, 8, 8], [4, 5, 3, 3]: the weights ask for 5 channels", model("x:1,3,8,8", "w:4,5,3,3", "y = Conv(x, w)", "y"));
		assertRefused("node 'y' (Add) does not fit its inputs [1, 3], [1, 4]", model("x:1,3; z:1,4", "", "y = Add(x, z)", "y"));
		assertRefused("the file is damaged: node 'y' (Relu) reads 'z', which nothing before it makes", model("x:1,3", "", "y = Relu(z)", "y"));
		assertRefused("a window of 9 does not fit into 8", model("x:1,3,8,8", "", "y = MaxPool(x) kernel_shape=9,9", "y"));
		assertRefused("has 3 spatial axes; the language has two", model("x:1,3,8,8,8", "", "y = MaxPool(x) kernel_shape=2,2,2", "y"));
	}

	private void assertRefused(String message, ModelProto model) throws IOException {
		assertEquals(1, run("import", "onnx", file(model).toString()), out::toString);
		assertTrue(err.toString().contains(message), err::toString);
	}
}
