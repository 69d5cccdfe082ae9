package dev.unroll.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A tensor of an ONNX file ({@code TensorProto}): its type as ONNX calls it, and its numbers. */
public final class OnnxTensor {
  private final String type;
  private final int[] dims;
  private final double[] numbers;

  private OnnxTensor(String type, int[] dims, double[] numbers) {
    this.type = type;
    this.dims = dims;
    this.numbers = numbers;
  }

  static OnnxTensor of(Protobuf p) {
    int[] dims = Arrays.stream(p.integers(1)).mapToInt(Math::toIntExact).toArray();
    int size = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    int code = (int) p.integers(2)[0];
    double[] numbers = new double[size];
    if (p.has(4)) { // float_data, packed
      ByteBuffer in = little(p.bytes(4).getFirst());
      Arrays.setAll(numbers, i -> in.getFloat());
    } else if (p.has(5) || p.has(7)) { // int32_data, int64_data
      long[] values = p.integers(p.has(5) ? 5 : 7);
      Arrays.setAll(numbers, i -> values[i]);
    } else if (size > 0) { // raw_data
      ByteBuffer in = little(p.bytes(9).getFirst());
      Arrays.setAll(numbers, i -> next(code, in));
    }
    return new OnnxTensor(name(code), dims, numbers);
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

  /** Returns its type as ONNX calls it: float32, int64, bool, ... */
  public String type() {
    return type;
  }

  /** Returns the sizes of the axes. */
  public int[] dims() {
    return dims.clone();
  }

  /** Returns the numbers in row-major order. */
  public double[] numbers() {
    return numbers.clone();
  }

  /** Returns the numbers of what ONNX has as int64 and tensors here as int32: axes, sizes, ids. */
  public int[] integers() {
    return Arrays.stream(numbers).mapToInt(v -> (int) v).toArray();
  }
}
