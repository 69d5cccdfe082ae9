package dev.unroll.benchmarks.peers;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * An ONNX model of one LSTM node (operator set 14), written as protocol buffers: the few fields
 * that it takes need no library.
 */
final class OnnxModel {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private OnnxModel() {}

  /** Returns X [T, 1, size], h [1, 1, size], c [1, 1, size] to Y [T, 1, 1, size], hN, cN. */
  static byte[] lstm(int steps, int size) {
    OnnxModel node = new OnnxModel();
    List.of("X", "W", "R", "B", "", "h", "c").forEach(name -> node.text(1, name));
    List.of("Y", "hN", "cN").forEach(name -> node.text(2, name));
    node.text(4, "LSTM");
    node.message(5, new OnnxModel().text(1, "hidden_size").number(3, size).number(20, 2));
    OnnxModel graph = new OnnxModel().message(1, node).text(2, "lstm");
    graph.message(5, weights("W", 1, 4 * size, size));
    graph.message(5, weights("R", 1, 4 * size, size));
    graph.message(5, weights("B", 1, 8 * size));
    graph.message(11, value("X", steps, 1, size));
    graph.message(11, value("h", 1, 1, size));
    graph.message(11, value("c", 1, 1, size));
    graph.message(12, value("Y", steps, 1, 1, size));
    graph.message(12, value("hN", 1, 1, size));
    graph.message(12, value("cN", 1, 1, size));
    OnnxModel set = new OnnxModel().text(1, "").number(2, 14);
    return new OnnxModel().number(1, 8).message(7, graph).message(8, set).out.toByteArray();
  }

  private static OnnxModel weights(String name, int... dims) {
    OnnxModel t = new OnnxModel();
    int n = 1;
    for (int d : dims) {
      t.number(1, d);
      n *= d;
    }
    ByteBuffer data = ByteBuffer.allocate(n * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(1);
    for (int i = 0; i < n; i++) {
      data.putFloat((float) (0.1 * random.nextGaussian()));
    }
    return t.number(2, 1).text(8, name).bytes(9, data.array());
  }

  private static OnnxModel value(String name, int... dims) {
    OnnxModel shape = new OnnxModel();
    for (int d : dims) {
      shape.message(1, new OnnxModel().number(1, d));
    }
    OnnxModel tensor = new OnnxModel().number(1, 1).message(2, shape);
    return new OnnxModel().text(1, name).message(2, new OnnxModel().message(1, tensor));
  }

  private OnnxModel number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  private OnnxModel text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private OnnxModel message(int field, OnnxModel value) {
    return bytes(field, value.out.toByteArray());
  }

  private OnnxModel bytes(int field, byte[] value) {
    varint(((long) field << 3) | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void varint(long value) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
