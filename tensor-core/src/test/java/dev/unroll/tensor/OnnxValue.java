package dev.unroll.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A tensor of an ONNX file ({@code TensorProto}): its type as ONNX calls it, and its numbers. */
record OnnxValue(String type, Shape shape, double[] numbers) {

  static OnnxValue of(Protobuf p) {
    int[] dims = Arrays.stream(p.integers(1)).mapToInt(Math::toIntExact).toArray();
    Shape shape = Shape.of(dims);
    int code = (int) p.integers(2)[0];
    double[] numbers = new double[shape.size()];
    if (p.has(4)) { // float_data, packed
      ByteBuffer in = little(p.bytes(4).getFirst());
      Arrays.setAll(numbers, i -> in.getFloat());
    } else if (p.has(5) || p.has(7)) { // int32_data, int64_data
      long[] values = p.integers(p.has(5) ? 5 : 7);
      Arrays.setAll(numbers, i -> values[i]);
    } else if (shape.size() > 0) { // raw_data
      ByteBuffer in = little(p.bytes(9).getFirst());
      Arrays.setAll(numbers, i -> next(code, in));
    }
    return new OnnxValue(name(code), shape, numbers);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String name(int code) {
    return switch (code) {
      case 1 -> "float32";
      case 2 -> "uint8";
      case 3 -> "int8";
      case 4 -> "uint16";
      case 5 -> "int16";
      case 6 -> "int32";
      case 7 -> "int64";
      case 9 -> "bool";
      case 10 -> "float16";
      case 11 -> "float64";
      case 12 -> "uint32";
      case 13 -> "uint64";
      default -> throw new IllegalArgumentException("type number " + code);
    };
  }

  private static double next(int code, ByteBuffer in) {
    return switch (code) {
      case 1 -> in.getFloat();
      case 2, 3, 9 -> in.get();
      case 4, 5, 10 -> in.getShort();
      case 6, 12 -> in.getInt();
      case 7, 13 -> in.getLong();
      default -> in.getDouble();
    };
  }

  /** Returns the tensor, if there are tensors of this type. */
  Tensor tensor() {
    return Tensor.of(shape, numbers).to(type(type));
  }

  static DType type(String name) {
    return switch (name) {
      case "float32" -> DType.FLOAT32;
      case "float64" -> DType.FLOAT64;
      case "int32" -> DType.INT32;
      default -> throw new IllegalArgumentException("type " + name + " is no type of a tensor");
    };
  }

  /** Returns the numbers of what ONNX has as int64 and tensors here as int32: axes, sizes, ids. */
  int[] integers() {
    return Arrays.stream(numbers).mapToInt(v -> (int) v).toArray();
  }

  /** Returns what {@link #integers} does, or a mask of type bool, in its shape. */
  Tensor ids() {
    return Tensor.of(shape, integers());
  }
}
