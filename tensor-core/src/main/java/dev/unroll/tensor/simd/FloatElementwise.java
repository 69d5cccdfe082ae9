// Generated from Code.txt by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.simd;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

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
    loops.put(
        Code.AFFINE,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          float scale = (float) i.scale();
          float shift = (float) i.shift();
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            a.mul(scale).add(shift).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            a.mul(scale).add(shift).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.ABS,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            a.abs().intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            a.abs().intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.SIGN,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            a.blend(ONE, a.compare(GT, 0))
                .blend(ONE.neg(), a.compare(LT, 0))
                .intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            a.blend(ONE, a.compare(GT, 0))
                .blend(ONE.neg(), a.compare(LT, 0))
                .intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.EXP,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatFunctions.exp(a).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatFunctions.exp(a).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.LOG,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatFunctions.log(a).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatFunctions.log(a).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.SQRT,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            a.sqrt().intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            a.sqrt().intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.TANH,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatFunctions.tanh(a).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatFunctions.tanh(a).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.SIGMOID,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatFunctions.sigmoid(a).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatFunctions.sigmoid(a).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.SOFTPLUS,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatFunctions.softplus(a).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatFunctions.softplus(a).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.LINEAR,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          float scale = (float) i.scale();
          float shift = (float) i.shift();
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.mul(scale).add(b.mul(shift)).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.mul(scale).add(b.mul(shift)).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.LINEAR_SQUARE,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          float scale = (float) i.scale();
          float shift = (float) i.shift();
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.mul(scale).add(b.mul(b).mul(shift)).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.mul(scale).add(b.mul(b).mul(shift)).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.DIV_ROOT,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          float scale = (float) i.scale();
          float shift = (float) i.shift();
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.div(b.sqrt().mul(scale).add(shift)).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.div(b.sqrt().mul(scale).add(shift)).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.ADD,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.add(b).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.add(b).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.SUB,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.sub(b).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.sub(b).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.MUL,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.mul(b).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.mul(b).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.DIV,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.div(b).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.div(b).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.MAX,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.max(b).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.max(b).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.MIN,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.min(b).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.min(b).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.GREATER,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            ZERO.blend(ONE, a.compare(GT, b)).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            ZERO.blend(ONE, a.compare(GT, b)).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.EQUAL,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            ZERO.blend(ONE, a.compare(EQ, b)).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            ZERO.blend(ONE, a.compare(EQ, b)).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.SIGMOID_GRADIENT,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.mul(b).mul(ONE.sub(b)).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.mul(b).mul(ONE.sub(b)).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.TANH_GRADIENT,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            a.mul(ONE.sub(b.mul(b))).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            a.mul(ONE.sub(b.mul(b))).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.MUL_ADD,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            FloatVector c = FloatVector.fromArray(S, z, zo + k);
            a.mul(b).add(c).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            FloatVector c = FloatVector.fromArray(S, z, zo + k, m);
            a.mul(b).add(c).intoArray(out, oo + k, m);
          }
        });
    loops.put(
        Code.SELECT,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          int k = 0;
          for (int lim = n - L + 1; k < lim; k += L) {
            FloatVector a = FloatVector.fromArray(S, x, xo + k);
            FloatVector b = FloatVector.fromArray(S, y, yo + k);
            FloatVector c = FloatVector.fromArray(S, z, zo + k);
            b.blend(c, a.compare(EQ, 0)).intoArray(out, oo + k);
          }
          if (k < n) {
            VectorMask<Float> m = S.indexInRange(k, n);
            FloatVector a = FloatVector.fromArray(S, x, xo + k, m);
            FloatVector b = FloatVector.fromArray(S, y, yo + k, m);
            FloatVector c = FloatVector.fromArray(S, z, zo + k, m);
            b.blend(c, a.compare(EQ, 0)).intoArray(out, oo + k, m);
          }
        });
    return loops;
  }
}
