package dev.unroll.tensor;

import dev.unroll.testing.OnnxNode;
import dev.unroll.testing.OnnxTensor;
import java.util.List;
import java.util.stream.IntStream;

/** A node of ONNX, its inputs as tensors. */
record OnnxCase(OnnxNode node) {

  String op() {
    return node.op();
  }

  boolean has(int input) {
    return node.has(input);
  }

  OnnxTensor value(int input) {
    return node.value(input);
  }

  Tensor in(int input) {
    return tensor(value(input));
  }

  /** Returns every input. */
  List<Tensor> all() {
    return IntStream.range(0, node.size()).mapToObj(this::in).toList();
  }

  int integer(String attribute, int otherwise) {
    return node.integer(attribute, otherwise);
  }

  double real(String attribute, double otherwise) {
    return node.real(attribute, otherwise);
  }

  String text(String attribute, String otherwise) {
    return node.text(attribute, otherwise);
  }

  /** Returns the tensor, if there are tensors of this type. */
  static Tensor tensor(OnnxTensor t) {
    return Tensor.of(Shape.of(t.dims()), t.numbers()).to(type(t.type()));
  }

  /** Returns the integers of an input in its shape, or a mask of type bool. */
  static Tensor ids(OnnxTensor t) {
    return Tensor.of(Shape.of(t.dims()), t.integers());
  }

  static DType type(String name) {
    return switch (name) {
      case "float32" -> DType.FLOAT32;
      case "float64" -> DType.FLOAT64;
      case "int32" -> DType.INT32;
      default -> throw new IllegalArgumentException("type " + name + " is no type of a tensor");
    };
  }
}
