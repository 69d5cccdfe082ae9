package dev.unroll.examples.serving;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a model of {@link Networks} as an ONNX graph, with the operators that PyTorch's exporter
 * uses for an {@code nn.LSTM} of one sequence: Gather of ids, LSTM, Gemm of the last output,
 * Softmax.
 */
final class OnnxModel {
  /** Name of the input: float {@code [T, 1, I]}, or int32 ids {@code [T, 1]}. */
  static final String INPUT = "input";

  /** ONNX has the gates in the order i, o, f, c; {@link LstmCell} in the order i, f, g, o. */
  private static final List<Integer> GATES = List.of(0, 3, 1, 2);

  private static final int IR = 8;
  private static final int OPSET = 17;

  private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("model");

  private OnnxModel() {}

  /** Writes a model: an LSTM, before it an embedding or nothing, and after it a linear layer. */
  static void write(ManyToOne model, Path file) throws IOException {
    Files.write(file, new OnnxModel().build(model).toByteArray());
  }

  private OnnxMl.ModelProto build(ManyToOne model) {
    String vectors = INPUT;
    if (model.front() instanceof Embedding embedding) {
      input(OnnxMl.TensorProto.DataType.INT32, 1);
      weight("words", embedding.weight().value());
      vectors = "vectors";
      node("Gather", vectors, "words", INPUT);
    } else {
      input(OnnxMl.TensorProto.DataType.FLOAT, 1, model.recurrent().inputSize());
    }
    if (!(model.recurrent() instanceof Unroll<?> unroll && unroll.cell() instanceof LstmCell cell)
        || !(model.head() instanceof Linear head)) {
      throw new IllegalArgumentException("[onnx] expected an LSTM and a linear layer: " + model);
    }
    lstm(cell, vectors);
    weight("headWeight", head.weight().value());
    weight("headBias", head.bias().value());
    node("Gemm", "logits", "state", "headWeight", "headBias");
    node("Softmax", "probabilities", "logits");
    graph
        .addOutputBuilder()
        .setName("probabilities")
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber());
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(IR)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build();
  }

  private void lstm(LstmCell cell, String vectors) {
    int hidden = cell.outputSize();
    Tensor bias = cell.bias().value();
    gates("W", cell.weightInput().value(), cell.inputSize(), hidden);
    gates("R", cell.weightRecurrent().value(), hidden, hidden);
    float[] both = new float[8 * hidden]; // Of the input, and of the state: ours is their sum.
    System.arraycopy(ordered(bias.toFloats(), 1, hidden), 0, both, 0, 4 * hidden);
    initializer("B", both, 1, 8 * hidden);
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setOpType("LSTM")
            .addAllInput(List.of(vectors, "W", "R", "B"))
            .addAllOutput(List.of("", "last"))
            .addAttribute(
                OnnxMl.AttributeProto.newBuilder()
                    .setName("hidden_size")
                    .setType(OnnxMl.AttributeProto.AttributeType.INT)
                    .setI(hidden)));
    graph.addInitializer(
        OnnxMl.TensorProto.newBuilder()
            .setName("directions")
            .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
            .addDims(1)
            .addInt64Data(0));
    node("Squeeze", "state", "last", "directions");
  }

  /** Adds weights {@code [rows, 4H]} as {@code [1, 4H, rows]}. */
  private void gates(String name, Tensor weight, int rows, int hidden) {
    initializer(name, ordered(weight.toFloats(), rows, hidden), 1, 4 * hidden, rows);
  }

  /** Transposes weights {@code [rows, 4H]}, and changes the order of the gates. */
  private static float[] ordered(float[] weight, int rows, int hidden) {
    float[] result = new float[weight.length];
    int at = 0;
    for (int gate : GATES) {
      for (int column = gate * hidden; column < (gate + 1) * hidden; column++) {
        for (int row = 0; row < rows; row++) {
          result[at++] = weight[row * 4 * hidden + column];
        }
      }
    }
    return result;
  }

  private void input(OnnxMl.TensorProto.DataType type, int... dims) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("T");
    for (int dim : dims) {
      shape.addDimBuilder().setDimValue(dim);
    }
    graph
        .addInputBuilder()
        .setName(INPUT)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(type.getNumber())
        .setShape(shape);
  }

  private void node(String type, String output, String... inputs) {
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setOpType(type)
            .addAllInput(List.of(inputs))
            .addOutput(output));
  }

  private void weight(String name, Tensor value) {
    initializer(name, value.toFloats(), value.shape().dims());
  }

  private void initializer(String name, float[] values, int... dims) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (int dim : dims) {
      tensor.addDims(dim);
    }
    graph.addInitializer(tensor);
  }
}
