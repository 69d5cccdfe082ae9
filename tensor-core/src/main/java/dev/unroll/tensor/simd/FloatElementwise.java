package dev.unroll.tensor.simd;

import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The loops over {@code float[]} that instructions stand for. They are called through an interface,
 * so that C2 compiles each by itself: a switch draws all that are hot into one method, which is
 * more than C2 inlines, and a vector that crosses a call goes through the heap.
 */
final class FloatElementwise {
  private final Map<Code, Loop> loops = new EnumMap<>(Code.class);

  FloatElementwise() {
    for (Code code : Code.values()) {
      loops.put(code, loop(code));
    }
  }

  Loop of(Code code) {
    return Objects.requireNonNull(loops.get(code));
  }

  private static Loop loop(Code code) {
    return switch (code) {
      case ABS -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.abs(n, a, ao, o, oo);
      case SIGN -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.sign(n, a, ao, o, oo);
      case SQRT -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.sqrt(n, a, ao, o, oo);
      case EXP -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatFunctions.exp(n, a, ao, o, oo);
      case LOG -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatFunctions.log(n, a, ao, o, oo);
      case TANH -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatFunctions.tanh(n, a, ao, o, oo);
      case SIGMOID -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatFunctions.sigmoid(n, a, ao, o, oo);
      case SOFTPLUS ->
          (i, n, a, ao, b, bo, c, co, o, oo) -> FloatFunctions.softplus(n, a, ao, o, oo);
      case ADD -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.add(n, a, ao, b, bo, o, oo);
      case SUB -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.sub(n, a, ao, b, bo, o, oo);
      case MUL -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.mul(n, a, ao, b, bo, o, oo);
      case DIV -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.div(n, a, ao, b, bo, o, oo);
      case MAX -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.max(n, a, ao, b, bo, o, oo);
      case MIN -> (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.min(n, a, ao, b, bo, o, oo);
      case GREATER ->
          (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.greater(n, a, ao, b, bo, o, oo);
      case EQUAL ->
          (i, n, a, ao, b, bo, c, co, o, oo) -> FloatArithmetic.equal(n, a, ao, b, bo, o, oo);
      case SIGMOID_GRADIENT ->
          (i, n, a, ao, b, bo, c, co, o, oo) ->
              FloatArithmetic.sigmoidGradient(n, a, ao, b, bo, o, oo);
      case TANH_GRADIENT ->
          (i, n, a, ao, b, bo, c, co, o, oo) ->
              FloatArithmetic.tanhGradient(n, a, ao, b, bo, o, oo);
      case LINEAR ->
          (i, n, a, ao, b, bo, c, co, o, oo) ->
              FloatArithmetic.linear(n, a, ao, (float) i.scale(), b, bo, (float) i.shift(), o, oo);
      case LINEAR_SQUARE ->
          (i, n, a, ao, b, bo, c, co, o, oo) ->
              FloatArithmetic.linearSquare(
                  n, a, ao, (float) i.scale(), b, bo, (float) i.shift(), o, oo);
      case DIV_ROOT ->
          (i, n, a, ao, b, bo, c, co, o, oo) ->
              FloatArithmetic.divRoot(n, a, ao, (float) i.scale(), b, bo, (float) i.shift(), o, oo);
      case MUL_ADD ->
          (i, n, a, ao, b, bo, c, co, o, oo) ->
              FloatArithmetic.mulAdd(n, a, ao, b, bo, c, co, o, oo);
      case SELECT ->
          (i, n, a, ao, b, bo, c, co, o, oo) ->
              FloatArithmetic.select(n, a, ao, b, bo, c, co, o, oo);
      case AFFINE ->
          (i, n, a, ao, b, bo, c, co, o, oo) ->
              FloatArithmetic.affine(n, a, ao, (float) i.scale(), (float) i.shift(), o, oo);
    };
  }

  /** An instruction over {@code n} elements. */
  interface Loop {
    void run(
        Instruction i,
        int n,
        float[] a,
        int ao,
        float[] b,
        int bo,
        float[] c,
        int co,
        float[] o,
        int oo);
  }
}
