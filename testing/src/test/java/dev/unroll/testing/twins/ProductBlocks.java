package dev.unroll.testing.twins;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the micro-kernels of the float product, one for each size of a block of C: all its vectors
 * lie in registers while k passes by. They are flat, because helper methods, arrays of vectors and
 * unrolling over k each cost the compiler its registers (docs/kernels.md).
 */
final class ProductBlocks {
  private static final String HEAD =
      """
      package dev.unroll.tensor.simd;

      %simport jdk.incubator.vector.FloatVector;
      import jdk.incubator.vector.VectorSpecies;

      /** %s */
      final class %s {
        private static final VectorSpecies<Float> S = Species.FLOAT;
        private static final int L = S.length();
      """;

  private static final String PACKED_IMPORTS =
      "import dev.unroll.tensor.spi.Kernels;\n"
          + "import java.lang.foreign.MemorySegment;\n"
          + "import java.nio.ByteOrder;\n";

  private ProductBlocks() {}

  /** Returns the kernels over packed panels. */
  static String packed() {
    return HEAD.formatted(
            PACKED_IMPORTS,
            "The micro-kernels of {@link FloatProduct}, by the rows and panels of a block.",
            "FloatBlocks")
        + """
          private static final long BYTES = S.vectorByteSize();
          private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

          /** The distance between rows of A. */
          private static final int D = Kernels.ROW_DISTANCE;

          private FloatBlocks() {}
        """
        + packed(1, 8)
        + packed(1, 2)
        + packed(2, 4)
        + packed(4, 4)
        + packed(6, 4)
        + packed(2, 2)
        + packed(4, 2)
        + packed(6, 2)
        + "}\n";
  }

  /** Returns the kernels for a right-hand side where it lies. */
  static String inPlace() {
    return HEAD.formatted(
            "",
            "The micro-kernels of {@link FloatProductInPlace}, by the rows of a block.",
            "FloatBlocksInPlace")
        + "private FloatBlocksInPlace() {}\n"
        + inPlace(1)
        + inPlace(2)
        + inPlace(4)
        + "}\n";
  }

  private static String packed(int rows, int panels) {
    String load = "FloatVector.fromMemorySegment(S, p, p%d + at, NATIVE)";
    return "\n/** Adds to %d x %d vectors; panels lie {@code half} bytes apart. */\n"
            .formatted(rows, panels)
        + "static void block%dx%d(int k, float[] a, int ao, ".formatted(rows, panels)
        + "MemorySegment p, long p0, long half, float[] c, int c0"
        + (rows > 1 ? ", int ldc) {\n" : ") {\n")
        + each(1, rows, i -> "int c%d = c0 + %s;\n".formatted(i, times(i, "ldc")))
        + loads(rows, panels)
        + each(1, panels, j -> "long p%d = p0 + %s;\n".formatted(j, times(j, "half")))
        + "for (int q = 0; q < k; q++) {\nlong at = (long) q * BYTES;\n"
        + (rows == 1
            ? fmas(0, panels, "a[ao + q]", load)
            : each(0, panels, j -> "FloatVector b%d = %s;\n".formatted(j, load.formatted(j)))
                + each(0, rows, i -> fmas(i, panels, "a[ao + %sq]".formatted(plus(i, "D")), "b%d")))
        + "}\n"
        + stores(rows, panels)
        + "}\n";
  }

  private static String inPlace(int rows) {
    return "\n/** Adds to %d x 2 vectors. */\n".formatted(rows)
        + "static void block%dx2(int k, float[] a, int a0, ".formatted(rows)
        + (rows > 1 ? "int lda, " : "")
        + "float[] p, int po, int ldp, float[] c, int c0"
        + (rows > 1 ? ", int ldc) {\n" : ") {\n")
        + each(1, rows, i -> "int c%d = c0 + %s;\n".formatted(i, times(i, "ldc")))
        + loads(rows, 2)
        + each(1, rows, i -> "int a%d = a0 + %s;\n".formatted(i, times(i, "lda")))
        + "for (int q = 0; q < k; q++) {\n"
        + "FloatVector b0 = FloatVector.fromArray(S, p, po + q * ldp);\n"
        + "FloatVector b1 = FloatVector.fromArray(S, p, po + q * ldp + L);\n"
        + each(0, rows, i -> fmas(i, 2, "a[a%d + q]".formatted(i), "b%d"))
        + "}\n"
        + stores(rows, 2)
        + "}\n";
  }

  private static String loads(int rows, int panels) {
    return each(
        0,
        rows,
        i ->
            each(
                0,
                panels,
                j ->
                    "FloatVector s%d%d = FloatVector.fromArray(S, c, c%d%s);\n"
                        .formatted(i, j, i, lanes(j))));
  }

  private static String stores(int rows, int panels) {
    return each(
        0,
        rows,
        i -> each(0, panels, j -> "s%d%d.intoArray(c, c%d%s);\n".formatted(i, j, i, lanes(j))));
  }

  /** Multiplies one element of A with the vectors of B, each written as {@code b}. */
  private static String fmas(int row, int panels, String a, String b) {
    return (row == 0 ? "FloatVector " : "")
        + "w = FloatVector.broadcast(S, %s);\n".formatted(a)
        + each(
            0,
            panels,
            j -> "s%d%d = w.fma(%s, s%d%d);\n".formatted(row, j, b.formatted(j), row, j));
  }

  private static String lanes(int j) {
    return j == 0 ? "" : " + " + times(j, "L");
  }

  private static String plus(int i, String distance) {
    return i == 0 ? "" : times(i, distance) + " + ";
  }

  private static String times(int i, String distance) {
    return i == 1 ? distance : String.format(Locale.ROOT, "%d * %s", i, distance);
  }

  private static String each(int from, int to, IntFunction<String> text) {
    return IntStream.range(from, to).mapToObj(text).collect(Collectors.joining());
  }
}
