package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Doubles;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.kernel.Ints;

/** The element types of the API, and those of the kernels. */
final class ElementTypes {
  private ElementTypes() {}

  /** Returns the elements of a type. */
  static Elements<?> elements(DType type) {
    return switch (type) {
      case FLOAT32 -> Floats.INSTANCE;
      case FLOAT64 -> Doubles.INSTANCE;
      case INT32 -> Ints.INSTANCE;
    };
  }

  /** Returns the type of elements. */
  static DType type(Elements<?> e) {
    return switch (e) {
      case Floats f -> DType.FLOAT32;
      case Doubles d -> DType.FLOAT64;
      case Ints i -> DType.INT32;
    };
  }
}
