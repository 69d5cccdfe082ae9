package dev.unroll.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of ONNX, with inputs and the outputs that it must have (onnx.proto3 has the numbers). */
record OnnxCase(
    String op,
    Map<String, Protobuf> attributes,
    List<@Nullable OnnxValue> inputs,
    List<OnnxValue> outputs) {

  static OnnxCase read(Path folder) {
    Protobuf graph = message(folder.resolve("model.onnx")).messages(7).getFirst();
    Protobuf node = graph.messages(1).getFirst();
    Map<String, OnnxValue> values = new HashMap<>();
    for (Protobuf initializer : graph.messages(5)) {
      values.put(initializer.text(8), OnnxValue.of(initializer));
    }
    Path data = folder.resolve("test_data_set_0");
    int n = 0;
    for (Protobuf input : graph.messages(11)) {
      values.put(input.text(1), OnnxValue.of(message(data.resolve("input_" + n++ + ".pb"))));
    }
    List<@Nullable OnnxValue> inputs = new ArrayList<>();
    node.texts(1).forEach(name -> inputs.add(values.get(name)));
    List<OnnxValue> outputs = new ArrayList<>();
    for (int i = 0; i < graph.messages(12).size(); i++) {
      outputs.add(OnnxValue.of(message(data.resolve("output_" + i + ".pb"))));
    }
    Map<String, Protobuf> attributes = new HashMap<>();
    node.messages(5).forEach(a -> attributes.put(a.text(1), a));
    return new OnnxCase(node.text(4), attributes, inputs, outputs);
  }

  private static Protobuf message(Path file) {
    try {
      return Protobuf.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(int input) {
    return input < inputs.size() && inputs.get(input) != null;
  }

  OnnxValue value(int input) {
    OnnxValue v = inputs.get(input);
    if (v == null) {
      throw new IllegalArgumentException("op " + op + " without input " + input);
    }
    return v;
  }

  Tensor in(int input) {
    return value(input).tensor();
  }

  /** Returns every input. */
  List<Tensor> all() {
    return inputs.stream().map(v -> v.tensor()).toList();
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  int integer(String attribute, int otherwise) {
    return has(attribute) ? (int) attributes.get(attribute).integers(3)[0] : otherwise;
  }

  double real(String attribute, double otherwise) {
    return has(attribute) ? attributes.get(attribute).real(2) : otherwise;
  }

  String text(String attribute, String otherwise) {
    return has(attribute) ? attributes.get(attribute).text(4) : otherwise;
  }

  int[] integers(String attribute) {
    return java.util.Arrays.stream(attributes.get(attribute).integers(8))
        .mapToInt(Math::toIntExact)
        .toArray();
  }
}
