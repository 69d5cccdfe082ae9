package dev.unroll.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A node of ONNX, with inputs and the outputs that it must have (onnx.proto3 has the numbers). It
 * knows which attributes and inputs were read: {@link #end} throws where one was overlooked.
 */
public final class OnnxNode {
  private final String op;
  private final Map<String, Protobuf> attributes;
  private final List<@Nullable OnnxTensor> inputs;
  private final List<OnnxTensor> outputs;
  private final Set<String> read = new HashSet<>();

  private OnnxNode(
      String op,
      Map<String, Protobuf> attributes,
      List<@Nullable OnnxTensor> inputs,
      List<OnnxTensor> outputs) {
    this.op = op;
    this.attributes = attributes;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** Reads the node of a folder of a node test. */
  public static OnnxNode read(Path folder) {
    Protobuf graph = message(folder.resolve("model.onnx")).messages(7).getFirst();
    if (graph.messages(1).size() != 1) {
      throw new IllegalArgumentException("op graph of several nodes is not here");
    }
    Protobuf node = graph.messages(1).getFirst();
    Map<String, OnnxTensor> values = new HashMap<>();
    for (Protobuf initializer : graph.messages(5)) {
      values.put(initializer.text(8), OnnxTensor.of(initializer));
    }
    Path data = folder.resolve("test_data_set_0");
    int n = 0;
    for (Protobuf input : graph.messages(11)) {
      values.put(input.text(1), OnnxTensor.of(message(data.resolve("input_" + n++ + ".pb"))));
    }
    List<@Nullable OnnxTensor> inputs = new ArrayList<>();
    node.texts(1).forEach(name -> inputs.add(values.get(name)));
    List<OnnxTensor> outputs = new ArrayList<>();
    for (int i = 0; i < graph.messages(12).size(); i++) {
      outputs.add(OnnxTensor.of(message(data.resolve("output_" + i + ".pb"))));
    }
    Map<String, Protobuf> attributes = new HashMap<>();
    node.messages(5).forEach(a -> attributes.put(a.text(1), a));
    return new OnnxNode(node.text(4), attributes, inputs, outputs);
  }

  private static Protobuf message(Path file) {
    try {
      return Protobuf.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the operator. */
  public String op() {
    return op;
  }

  /** Returns the outputs that it must have. */
  public List<OnnxTensor> outputs() {
    return outputs;
  }

  /** Returns the number of inputs. */
  public int size() {
    return inputs.size();
  }

  /**
   * Ends the reading.
   *
   * @throws AssertionError if an attribute or an input was not read
   */
  public void end() {
    Set<String> left = new TreeSet<>(attributes.keySet());
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) != null) {
        left.add("input " + i);
      }
    }
    left.removeAll(read);
    if (!left.isEmpty()) {
      throw new AssertionError("op " + op + ": the reader does not consume " + left);
    }
  }

  /** Returns whether there is an input; it still has to be read. */
  public boolean has(int input) {
    return input < inputs.size() && inputs.get(input) != null;
  }

  /** Returns an input. */
  public OnnxTensor value(int input) {
    OnnxTensor v = inputs.get(input);
    read.add("input " + input);
    if (v == null) {
      throw new IllegalArgumentException("op " + op + " without input " + input);
    }
    return v;
  }

  /** Returns whether there is an attribute; it still has to be read. */
  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  private Protobuf attribute(String name) {
    read.add(name);
    return attributes.get(name);
  }

  /** Returns an attribute, or a default. */
  public int integer(String attribute, int otherwise) {
    return has(attribute) ? (int) attribute(attribute).integers(3)[0] : otherwise;
  }

  /** Returns an attribute, or a default. */
  public double real(String attribute, double otherwise) {
    return has(attribute) ? attribute(attribute).real(2) : otherwise;
  }

  /** Returns an attribute, or a default. */
  public String text(String attribute, String otherwise) {
    return has(attribute) ? attribute(attribute).text(4) : otherwise;
  }

  /** Returns an attribute that is a tensor. */
  public OnnxTensor tensor(String attribute) {
    return OnnxTensor.of(attribute(attribute).messages(5).getFirst());
  }

  /** Returns an attribute that is a list of texts. */
  public List<String> texts(String attribute) {
    return attribute(attribute).texts(9);
  }

  /** Returns an attribute. */
  public int[] integers(String attribute) {
    return Arrays.stream(attribute(attribute).integers(8)).mapToInt(Math::toIntExact).toArray();
  }
}
