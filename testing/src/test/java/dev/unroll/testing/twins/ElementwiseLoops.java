package dev.unroll.testing.twins;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the classes that follow from the table of elementwise operations, over float. */
final class ElementwiseLoops {
  private static final String HEAD = "package dev.unroll.tensor.%s;\n\n";
  private static final String[] ARRAYS = {"x", "y", "z"};
  private static final String[] VALUES = {"a", "b", "c"};

  private ElementwiseLoops() {}

  /** Returns the enum of the operations. */
  static String codes(List<Formula> table) {
    return HEAD.formatted("spi")
        + """
        /** What an instruction of a pointwise program computes from its operands a, b and c. */
        public enum Code {
        """
        + table.stream()
            .map(f -> "  /** %s */\n  %s(%d)".formatted(f.meaning(), f.name(), f.operands()))
            .collect(Collectors.joining(",\n"))
        + """
        ;

          private final int operands;

          Code(int operands) {
            this.operands = operands;
          }

          /** Returns the number of operands, 1 to 3. */
          public int operands() {
            return operands;
          }
        }
        """;
  }

  /** Returns the plain loops. */
  static String scalar(List<Formula> table) {
    return HEAD.formatted("scalar")
        + """
        import dev.unroll.tensor.spi.Code;

        /** The plain loops of the elementwise operations over {@code float[]}. */
        public final class ScalarFloatElementwise {
          private ScalarFloatElementwise() {}

          /** Returns a loop for each operation. */
          public static ElementwiseLoops<float[]> loops() {
            ElementwiseLoops<float[]> loops = new ElementwiseLoops<>();
        """
        + table.stream().map(ElementwiseLoops::scalarLoop).collect(Collectors.joining())
        + "    return loops;\n  }\n}\n";
  }

  private static String scalarLoop(Formula f) {
    return put(f)
        + "for (int k = 0; k < n; k++) {\n"
        + operands(f, "float %s = %s[%so + k];\n")
        + "out[oo + k] = "
        + f.scalar()
        + ";\n}\n});\n";
  }

  /** Returns the loops over vectors; what has no formula over them is left to the plain loops. */
  static String simd(List<Formula> table, String type) {
    List<Formula> vectorized = table.stream().filter(f -> f.isVectorized(type)).toList();
    String body =
        vectorized.stream().map(ElementwiseLoops::vectorLoop).collect(Collectors.joining());
    String operators =
        Stream.of("EQ", "GE", "GT", "LE", "LT", "NE")
            .filter(o -> Formula.mentions(body, o))
            .map("import static jdk.incubator.vector.VectorOperators.%s;\n"::formatted)
            .collect(Collectors.joining());
    return HEAD.formatted("simd")
        + operators
        + """

        import dev.unroll.tensor.scalar.ElementwiseLoops;
        import dev.unroll.tensor.scalar.ScalarFloatElementwise;
        import dev.unroll.tensor.spi.Code;
        import jdk.incubator.vector.FloatVector;
        import jdk.incubator.vector.VectorMask;
        import jdk.incubator.vector.VectorSpecies;

        /**
         * The loops of the elementwise operations over {@code float[]}: whole vectors, then one masked
         * vector.
         */
        final class FloatElementwise {
          private static final VectorSpecies<Float> S = Species.FLOAT;
          private static final int L = S.length();
          private static final FloatVector ZERO = FloatVector.zero(S);
          private static final FloatVector ONE = FloatVector.broadcast(S, 1);

          private FloatElementwise() {}

          /** Returns a loop for each operation: a plain one where no formula over vectors is known. */
          static ElementwiseLoops<float[]> loops() {
            ElementwiseLoops<float[]> loops = ScalarFloatElementwise.loops();
        """
        + body
        + "    return loops;\n  }\n}\n";
  }

  private static String vectorLoop(Formula f) {
    return put(f)
        + "int k = 0;\nfor (int lim = n - L + 1; k < lim; k += L) {\n"
        + operands(f, "FloatVector %s = FloatVector.fromArray(S, %s, %so + k);\n")
        + f.vector()
        + ".intoArray(out, oo + k);\n}\n"
        + "if (k < n) {\nVectorMask<Float> m = S.indexInRange(k, n);\n"
        + operands(f, "FloatVector %s = FloatVector.fromArray(S, %s, %so + k, m);\n")
        + f.vector()
        + ".intoArray(out, oo + k, m);\n}\n});\n";
  }

  private static String put(Formula f) {
    return "loops.put(Code.%s, (i, n, x, xo, y, yo, z, zo, out, oo) -> {\n".formatted(f.name())
        + (f.hasFactors()
            ? "float scale = (float) i.scale();\nfloat shift = (float) i.shift();\n"
            : "");
  }

  /** Reads each operand, by a statement with a place for the value and two for its array. */
  private static String operands(Formula f, String statement) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < f.operands(); i++) {
      s.append(statement.formatted(VALUES[i], ARRAYS[i], ARRAYS[i]));
    }
    return s.toString();
  }
}
