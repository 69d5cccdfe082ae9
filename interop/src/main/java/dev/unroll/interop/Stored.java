package dev.unroll.interop;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The element types of a safetensors file, and the types that they are read as; null if
 * unsupported.
 */
enum Stored {
  F64(64, DType.FLOAT64),
  F32(32, DType.FLOAT32),
  F16(16, DType.FLOAT32),
  BF16(16, DType.FLOAT32),
  I64(64, DType.INT32),
  U64(64, DType.INT32),
  I32(32, DType.INT32),
  U32(32, DType.INT32),
  I16(16, DType.INT32),
  U16(16, DType.INT32),
  I8(8, DType.INT32),
  U8(8, DType.INT32),
  BOOL(8, DType.INT32),
  C64(64, null),
  F8_E5M2(8, null),
  F8_E4M3(8, null),
  F8_E8M0(8, null),
  F8_E4M3FNUZ(8, null),
  F8_E5M2FNUZ(8, null),
  F6_E2M3(6, null),
  F6_E3M2(6, null),
  F4(4, null);

  /** The number of elements read at a time. */
  static final int CHUNK = 1 << 14;

  private final int bits;
  private final @Nullable DType type;

  Stored(int bits, @Nullable DType type) {
    this.bits = bits;
    this.type = type;
  }

  /** Returns the size of an element in bits. */
  int bits() {
    return bits;
  }

  /** Returns the type that the elements are read as, null if unsupported. */
  @Nullable DType type() {
    return type;
  }

  static Stored of(DType type) {
    return switch (type) {
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
      case INT32 -> I32;
    };
  }

  /** Reads elements one by one. */
  interface Reader {
    /** Reads an element and returns whether it fits the type that it is read as. */
    boolean take(ByteBuffer from);

    Tensor tensor();
  }

  Reader reader(Shape shape) {
    return switch (Objects.requireNonNull(type)) {
      case FLOAT32 -> new Floats(this, shape);
      case FLOAT64 -> new Doubles(shape);
      case INT32 -> new Ints(this, shape);
    };
  }

  private static final class Floats implements Reader {
    private final Stored stored;
    private final Shape shape;
    private final float[] x;
    private int n;

    Floats(Stored stored, Shape shape) {
      this.stored = stored;
      this.shape = shape;
      x = new float[shape.size()];
    }

    @Override
    public boolean take(ByteBuffer from) {
      x[n++] =
          switch (stored) {
            case F16 -> Float.float16ToFloat(from.getShort());
            case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
            default -> from.getFloat();
          };
      return true;
    }

    @Override
    public Tensor tensor() {
      return Tensor.of(shape, x);
    }
  }

  private static final class Doubles implements Reader {
    private final Shape shape;
    private final double[] x;
    private int n;

    Doubles(Shape shape) {
      this.shape = shape;
      x = new double[shape.size()];
    }

    @Override
    public boolean take(ByteBuffer from) {
      x[n++] = from.getDouble();
      return true;
    }

    @Override
    public Tensor tensor() {
      return Tensor.of(shape, x);
    }
  }

  private static final class Ints implements Reader {
    private final Stored stored;
    private final Shape shape;
    private final int[] x;
    private int n;

    Ints(Stored stored, Shape shape) {
      this.stored = stored;
      this.shape = shape;
      x = new int[shape.size()];
    }

    @Override
    public boolean take(ByteBuffer from) {
      long v = value(from);
      x[n++] = (int) v;
      return v == (int) v;
    }

    private long value(ByteBuffer from) {
      return switch (stored) {
        case I64, U64 -> from.getLong();
        case U32 -> Integer.toUnsignedLong(from.getInt());
        case I16 -> from.getShort();
        case U16 -> Short.toUnsignedInt(from.getShort());
        case I8 -> from.get();
        case U8, BOOL -> Byte.toUnsignedInt(from.get());
        default -> from.getInt();
      };
    }

    @Override
    public Tensor tensor() {
      return Tensor.of(shape, x);
    }
  }

  /** Returns the elements of a tensor, little-endian. */
  static byte[] bytes(Tensor t) {
    ByteBuffer b =
        ByteBuffer.allocate(Math.multiplyExact(t.shape().size(), of(t.type()).bits / 8))
            .order(ByteOrder.LITTLE_ENDIAN);
    switch (t.type()) {
      case FLOAT32 -> b.asFloatBuffer().put(t.toFloats());
      case FLOAT64 -> b.asDoubleBuffer().put(t.toDoubles());
      case INT32 -> b.asIntBuffer().put(t.toInts());
    }
    return b.array();
  }
}
