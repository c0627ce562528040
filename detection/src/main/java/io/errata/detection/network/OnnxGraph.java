package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Folded layers as an ONNX model. Its input {@code images} are those of {@link FoldedNetwork#infer}, bytes of shape
 * {@code [B, H, W, 3]}; its output {@code outputs} is the same too.
 */
final class OnnxGraph {

    static final String INPUT = "images";
    static final String OUTPUT = "outputs";

    /** Versions that every runtime of the last years reads. */
    private static final int IR_VERSION = 8;

    private static final int OPERATORS = 13;

    private final OnnxMl.GraphProto.Builder graph =
            OnnxMl.GraphProto.newBuilder().setName("errata");
    private String last = INPUT;

    private OnnxGraph() {}

    /** The model's bytes. */
    static byte[] of(List<FoldedLayer> layers) {
        OnnxGraph onnx = new OnnxGraph();
        onnx.graph.addInput(tensor(INPUT, OnnxMl.TensorProto.DataType.UINT8, "batch", "height", "width", "3"));
        onnx.node("channels_first", "Transpose", List.of(), integers("perm", 0, 3, 1, 2));
        onnx.node("floats", "Cast", List.of(), integer("to", OnnxMl.TensorProto.DataType.FLOAT.getNumber()));
        for (int i = 0; i < layers.size(); i++) {
            onnx.layer("layer" + i, layers.get(i));
        }
        onnx.node(OUTPUT, "Identity", List.of());
        onnx.graph.addOutput(tensor(OUTPUT, OnnxMl.TensorProto.DataType.FLOAT, "batch", "channels", "rows", "columns"));
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("errata")
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
                .setGraph(onnx.graph)
                .build()
                .toByteArray();
    }

    private void layer(String name, FoldedLayer layer) {
        graph.addInitializer(constant(name + ".weight", layer.weight()));
        graph.addInitializer(constant(name + ".bias", layer.bias()));
        node(
                name,
                "Conv",
                List.of(name + ".weight", name + ".bias"),
                integers("strides", layer.stride(), layer.stride()));
        if (layer.rectified()) {
            node(name + ".relu", "Relu", List.of());
        }
    }

    /** Adds a node of this name, which is its output's too, that takes the last one's output. */
    private void node(String name, String operator, List<String> constants, OnnxMl.AttributeProto... attributes) {
        graph.addNode(OnnxMl.NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addInput(last)
                .addAllInput(constants)
                .addAllAttribute(List.of(attributes))
                .addOutput(name));
        last = name;
    }

    private static OnnxMl.TensorProto constant(String name, NDArray values) {
        float[] numbers = values.toFloatArray();
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (long side : values.getShape().getShape()) {
            tensor.addDims(side);
        }
        return tensor.build();
    }

    /** An input or output; a side that is a number is fixed, another one only named. */
    private static OnnxMl.ValueInfoProto tensor(String name, OnnxMl.TensorProto.DataType type, String... sides) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (String side : sides) {
            boolean fixed = Character.isDigit(side.charAt(0));
            shape.addDim(
                    fixed
                            ? OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(Long.parseLong(side))
                            : OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam(side));
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }

    private static OnnxMl.AttributeProto integer(String name, long value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static OnnxMl.AttributeProto integers(String name, long... values) {
        OnnxMl.AttributeProto.Builder attribute =
                OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }
}
