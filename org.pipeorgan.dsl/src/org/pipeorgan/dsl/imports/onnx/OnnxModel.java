package org.pipeorgan.dsl.imports.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.pipeorgan.dsl.imports.ImportException;

/** An ONNX file whose dimensions are settled: inputs, constants and nodes in a topological order. */
final class OnnxModel {
	/** Deeper nests of graphs in graphs are no model of anybody. */
	private static final int MOST_NESTING = 64;
	private final GraphProto graph;
	private final Map<String, TensorInfo> infos = new LinkedHashMap<>();
	private final Set<String> external = new TreeSet<>();
	private final List<String> inputs = new ArrayList<>();
	private final long version;

	private OnnxModel(GraphProto graph, long version, Map<String, Long> dimensions) {
		this.graph = graph;
		this.version = version;
		for (TensorProto tensor : graph.getInitializerList()) {
			infos.put(tensor.getName(), constant(tensor));
		}
		graph.getSparseInitializerList().forEach(sparse -> infos.put(sparse.getValues().getName(),
				new TensorInfo(sparse.getDimsList().stream().mapToLong(Long::longValue).toArray(), null, true)));
		inputs(dimensions);
	}

	/**
	 * Reads a file.
	 *
	 * @param dimensions sizes of dynamic dimensions, by name or as {@code input.axis}, and values of whole-numbered scalar inputs
	 * @throws ImportException if it is no ONNX file, is cut off, or dimensions are missing
	 */
	static OnnxModel read(Path file, Map<String, Long> dimensions) throws IOException {
		ModelProto model;
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
			CodedInputStream coded = CodedInputStream.newInstance(in);
			coded.setRecursionLimit(2 * MOST_NESTING);
			model = ModelProto.parseFrom(coded);
		} catch (InvalidProtocolBufferException e) {
			throw new ImportException(0, "this is no ONNX file, or it is damaged or cut off (" + e.getMessage().lines().findFirst().orElse("").replaceAll("\\.$", "") + ")");
		}
		if (model.getGraph().getNodeCount() == 0 || model.getOpsetImportCount() == 0) {
			throw new ImportException(0, "this is no ONNX file: it holds no graph with operators" + (model.getGraph().getNodeCount() > 0 ? " and their version" : ""));
		}
		long version = model.getOpsetImportList().stream().filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")).mapToLong(set -> set.getVersion()).findFirst().orElse(1);
		return new OnnxModel(model.getGraph(), version, dimensions);
	}

	/** Name of the network; may be empty. */
	String name() {
		return graph.getName();
	}

	/** Version of ONNX's own operators. */
	long version() {
		return version;
	}

	/** Names of the inputs that are not constant. */
	List<String> inputs() {
		return inputs;
	}

	List<String> outputs() {
		return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
	}

	List<NodeProto> nodes() {
		return graph.getNodeList();
	}

	/** What is known of inputs and constants, by name. */
	Map<String, TensorInfo> infos() {
		return infos;
	}

	/** Files beside the model that hold weights; they are not read. */
	Set<String> external() {
		return external;
	}

	/** Shapes that the file states of tensors, where all extents are known. */
	Map<String, long[]> stated() {
		Map<String, long[]> stated = new HashMap<>();
		for (ValueInfoProto value : graph.getValueInfoList()) {
			List<Dimension> extents = value.getType().getTensorType().getShape().getDimList();
			if (value.getType().getTensorType().hasShape() && extents.stream().allMatch(extent -> extent.getDimValue() > 0)) {
				stated.put(value.getName(), extents.stream().mapToLong(Dimension::getDimValue).toArray());
			}
		}
		return stated;
	}

	private void inputs(Map<String, Long> dimensions) {
		Set<String> known = new TreeSet<>();
		Set<String> missing = new TreeSet<>();
		for (ValueInfoProto input : graph.getInputList()) {
			if (infos.containsKey(input.getName())) {
				continue;
			}
			if (!input.getType().hasTensorType()) {
				throw new ImportException(0, "input '" + input.getName() + "' is no tensor; sequences, maps and optional inputs cannot be imported");
			}
			List<Dimension> extents = input.getType().getTensorType().getShape().getDimList();
			int type = input.getType().getTensorType().getElemType();
			boolean whole = type == TensorProto.DataType.INT64_VALUE || type == TensorProto.DataType.INT32_VALUE;
			long[] shape = new long[extents.size()];
			for (int i = 0; i < shape.length; i++) {
				shape[i] = extent(input.getName(), i, extents.get(i), dimensions, known, missing);
			}
			if (whole && shape.length <= 1 && (shape.length == 0 || shape[0] == 1)) {
				known.add(input.getName());
				if (dimensions.containsKey(input.getName())) {
					infos.put(input.getName(), TensorInfo.values(shape, dimensions.get(input.getName())));
					continue;
				}
			}
			inputs.add(input.getName());
			infos.put(input.getName(), new TensorInfo(shape, null, false));
		}
		if (!missing.isEmpty()) {
			throw new ImportException(0, "the sizes of some dimensions are open; state them: " + missing.stream().map(name -> "--dim " + name + "=1").collect(Collectors.joining(" ")));
		}
		Set<String> foreign = new TreeSet<>(dimensions.keySet());
		foreign.removeAll(known);
		if (!foreign.isEmpty()) {
			throw new ImportException(0, "the model has no dimension '" + foreign.iterator().next() + "'" + (known.isEmpty() ? ", and none that is open" : "; it has " + String.join(", ", known)));
		}
	}

	private static long extent(String input, int axis, Dimension extent, Map<String, Long> dimensions, Set<String> known, Set<String> missing) {
		String place = input + "." + axis;
		// what is no word, such as a question mark, names nothing
		String symbol = extent.getDimParam().matches("[A-Za-z_][\\w.]*") ? extent.getDimParam() : "";
		if (extent.getDimValue() > 0 && symbol.isEmpty() && !dimensions.containsKey(place)) {
			return extent.getDimValue();
		}
		known.add(place);
		if (!symbol.isEmpty()) {
			known.add(symbol);
		}
		Long stated = dimensions.getOrDefault(place, dimensions.get(symbol));
		if (stated == null) {
			missing.add(symbol.isEmpty() ? place : symbol);
			return 1;
		}
		return stated;
	}

	/** A constant with its values, if they are few, numbers, and in the file. */
	TensorInfo constant(TensorProto tensor) {
		long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
		for (long extent : shape) {
			if (extent < 0) {
				throw new ImportException(0, "the file is damaged: constant '" + tensor.getName() + "' has an extent of " + extent);
			}
		}
		if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
			tensor.getExternalDataList().stream().filter(entry -> entry.getKey().equals("location")).forEach(entry -> external.add(entry.getValue()));
			return new TensorInfo(shape, null, true);
		}
		return new TensorInfo(shape, TensorInfo.elements(shape) <= TensorInfo.MOST_VALUES ? values(tensor, (int) TensorInfo.elements(shape)) : null, true);
	}

	private static double[] values(TensorProto tensor, int count) {
		double[] values;
		if (!tensor.getRawData().isEmpty() || count == 0) {
			ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
			int size = switch (tensor.getDataType()) {
			case TensorProto.DataType.FLOAT_VALUE, TensorProto.DataType.INT32_VALUE, TensorProto.DataType.UINT32_VALUE -> 4;
			case TensorProto.DataType.INT64_VALUE, TensorProto.DataType.DOUBLE_VALUE, TensorProto.DataType.UINT64_VALUE -> 8;
			case TensorProto.DataType.INT8_VALUE, TensorProto.DataType.UINT8_VALUE, TensorProto.DataType.BOOL_VALUE -> 1;
			case TensorProto.DataType.INT16_VALUE, TensorProto.DataType.UINT16_VALUE, TensorProto.DataType.FLOAT16_VALUE -> 2;
			default -> 0;
			};
			if (size == 0) {
				return null;
			}
			if (raw.remaining() != (long) size * count) {
				throw new ImportException(0, "the file is damaged: constant '" + tensor.getName() + "' has " + raw.remaining() + " bytes of data, but its shape asks for " + (long) size * count);
			}
			values = new double[count];
			for (int i = 0; i < count; i++) {
				values[i] = switch (tensor.getDataType()) {
				case TensorProto.DataType.FLOAT_VALUE -> raw.getFloat();
				case TensorProto.DataType.DOUBLE_VALUE -> raw.getDouble();
				case TensorProto.DataType.INT32_VALUE, TensorProto.DataType.UINT32_VALUE -> raw.getInt();
				case TensorProto.DataType.INT64_VALUE, TensorProto.DataType.UINT64_VALUE -> raw.getLong();
				case TensorProto.DataType.FLOAT16_VALUE -> Float.float16ToFloat(raw.getShort());
				case TensorProto.DataType.INT16_VALUE, TensorProto.DataType.UINT16_VALUE -> raw.getShort();
				case TensorProto.DataType.UINT8_VALUE -> raw.get() & 0xff;
				default -> raw.get();
				};
			}
			return values;
		}
		values = switch (tensor.getDataType()) {
		case TensorProto.DataType.FLOAT_VALUE -> tensor.getFloatDataList().stream().mapToDouble(Float::doubleValue).toArray();
		case TensorProto.DataType.DOUBLE_VALUE -> tensor.getDoubleDataList().stream().mapToDouble(Double::doubleValue).toArray();
		case TensorProto.DataType.INT64_VALUE -> tensor.getInt64DataList().stream().mapToDouble(Long::doubleValue).toArray();
		default -> tensor.getInt32DataList().stream().mapToDouble(Integer::doubleValue).toArray();
		};
		return values.length == count ? values : null;
	}
}
