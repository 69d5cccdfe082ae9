package dev.unroll.tensor.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions over {@code float[]} as own polynomials: the JDK's vector library gives
 * other bits once C2 has compiled it, these do not. Errors against the exact values:
 * docs/kernels.md.
 */
final class FloatFunctions {
  private static final VectorSpecies<Float> S = Species.FLOAT;

  private static final float LOG2_E = 1.44269504f;
  // Adding 1.5 * 2^23 rounds to an integer, which is then in the low bits.
  private static final float ROUND = 12582912f;
  // ln 2 in two parts, the first with few bits, so that n * LN2_HIGH is exact.
  private static final float LN2_HIGH = 0.693145752f;
  private static final float LN2_LOW = 1.42860677e-6f;
  private static final int TWO_TO_23_BITS = Float.floatToRawIntBits(8388608f);
  private static final float SQRT_HALF = 0.70710678f;

  private FloatFunctions() {}

  // e^x = 2^n p(r), n = round(x / ln 2), |r| <= ln 2 / 2 (Cephes' coefficients). 2^n is applied in
  // two halves, so that overflow gives infinity and subnormal results are right.
  // Bounds by compare and blend: min and max take care of signed zeros, at twice the price.
  static FloatVector exp(FloatVector x) {
    FloatVector y = x.blend(89f, x.compare(GT, 89f));
    y = y.blend(-104f, y.compare(LT, -104f));
    FloatVector t = y.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
    IntVector e = t.reinterpretAsInts();
    IntVector half = e.lanewise(ASHR, 1);
    return expOfRest(y, t).mul(power(half)).mul(power(e.sub(half)));
  }

  // Of x up to 70, with fewer instructions: 2^(n+25) is a normal float then.
  static FloatVector expOfNegative(FloatVector x) {
    FloatVector y = x.blend(-104f, x.compare(LT, -104f));
    FloatVector t = y.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
    return expOfRest(y, t).mul(power(t.reinterpretAsInts().add(25))).mul(0x1p-25f);
  }

  // e^r, where r = y - n ln 2; t is n, rounded by an addition.
  private static FloatVector expOfRest(FloatVector y, FloatVector t) {
    FloatVector n = t.sub(ROUND);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), y);
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector p = FloatVector.broadcast(S, 1.9875691500e-4f);
    p = p.fma(r, FloatVector.broadcast(S, 1.3981999507e-3f));
    p = p.fma(r, FloatVector.broadcast(S, 8.3334519073e-3f));
    p = p.fma(r, FloatVector.broadcast(S, 4.1665795894e-2f));
    p = p.fma(r, FloatVector.broadcast(S, 1.6666665459e-1f));
    p = p.fma(r, FloatVector.broadcast(S, 5.0000001201e-1f));
    return p.fma(r.mul(r), r).add(1f);
  }

  // 2^n, for n from -126 to 127 in the lowest nine bits.
  private static FloatVector power(IntVector n) {
    return n.lanewise(LSHL, 23).add(127 << 23).reinterpretAsFloats();
  }

  // tanh |x| = m / (m + 2), m = e^(2|x|) - 1 = 2^n (e^r - 1) + (2^n - 1); beyond 9.1 it is 1.
  static FloatVector tanh(FloatVector x) {
    FloatVector y = x.abs();
    y = y.blend(9.1f, y.compare(GT, 9.1f));
    y = y.add(y);
    FloatVector t = y.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
    FloatVector n = t.sub(ROUND);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), y);
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector p = FloatVector.broadcast(S, 1.98412698e-4f);
    p = p.fma(r, FloatVector.broadcast(S, 1.38888889e-3f));
    p = p.fma(r, FloatVector.broadcast(S, 8.33333333e-3f));
    p = p.fma(r, FloatVector.broadcast(S, 4.16666667e-2f));
    p = p.fma(r, FloatVector.broadcast(S, 1.66666667e-1f));
    p = p.fma(r, FloatVector.broadcast(S, 0.5f));
    p = p.mul(r).fma(r, r);
    FloatVector s = power(t.reinterpretAsInts());
    FloatVector m = p.fma(s, s.sub(1f));
    return withSign(m.div(m.add(2f)), x);
  }

  private static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
    return magnitude
        .reinterpretAsInts()
        .or(sign.reinterpretAsInts().and(Integer.MIN_VALUE))
        .reinterpretAsFloats();
  }

  // With e = e^-|x|: 1 / (1 + e) on the right, e / (1 + e) on the left, which keeps its accuracy
  // far out in the tail.
  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    FloatVector one = FloatVector.broadcast(S, 1f);
    return one.blend(e, x.compare(LT, 0f)).div(e.add(1f));
  }

  // x = 2^e m, m in [sqrt 1/2, sqrt 2); log m by Cephes' polynomial.
  static FloatVector log(FloatVector x) {
    VectorMask<Float> small = x.compare(LT, Float.MIN_NORMAL);
    FloatVector y = x.blend(x.mul(8388608f), small);
    IntVector bits = y.reinterpretAsInts();
    // A small integer in the low bits of 2^23 is that float plus the integer.
    FloatVector e = bits.lanewise(LSHR, 23).or(TWO_TO_23_BITS).reinterpretAsFloats();
    e = e.sub(8388608f + 126f);
    e = e.blend(e.sub(23f), small);
    FloatVector m = bits.and(0x007fffff).or(0x3f000000).reinterpretAsFloats();
    VectorMask<Float> low = m.compare(LT, SQRT_HALF);
    e = e.blend(e.sub(1f), low);
    FloatVector z = m.blend(m.add(m), low).sub(1f);
    FloatVector r = logOfProduct(e, z);
    r = r.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
    r = r.blend(x, x.compare(EQ, Float.POSITIVE_INFINITY));
    r = r.blend(x, x.compare(NE, x));
    return r.blend(Float.NaN, x.compare(LT, 0f));
  }

  // e ln 2 + log(1 + z). Apart, because C2 inlines no method of more than 325 bytecodes, and a
  // vector that crosses a call goes through the heap.
  private static FloatVector logOfProduct(FloatVector e, FloatVector z) {
    FloatVector q = z.mul(z);
    FloatVector p = FloatVector.broadcast(S, 7.0376836292e-2f);
    p = p.fma(z, FloatVector.broadcast(S, -1.1514610310e-1f));
    p = p.fma(z, FloatVector.broadcast(S, 1.1676998740e-1f));
    p = p.fma(z, FloatVector.broadcast(S, -1.2420140846e-1f));
    p = p.fma(z, FloatVector.broadcast(S, 1.4249322787e-1f));
    p = p.fma(z, FloatVector.broadcast(S, -1.6668057665e-1f));
    p = p.fma(z, FloatVector.broadcast(S, 2.0000714765e-1f));
    p = p.fma(z, FloatVector.broadcast(S, -2.4999993993e-1f));
    p = p.fma(z, FloatVector.broadcast(S, 3.3333331174e-1f));
    p = p.mul(z).mul(q);
    p = e.fma(FloatVector.broadcast(S, -2.12194440e-4f), p);
    p = q.fma(FloatVector.broadcast(S, -0.5f), p);
    return e.fma(FloatVector.broadcast(S, 0.693359375f), z.add(p));
  }

  // max(x, 0) + log(1 + e^-|x|); the last with the rounding error of 1 + e put back.
  static FloatVector softplus(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    FloatVector u = e.add(1f);
    FloatVector correction = e.sub(u.sub(1f)).div(u);
    // u lies between 1 and 2.
    VectorMask<Float> high = u.compare(GT, 2 * SQRT_HALF);
    FloatVector n = FloatVector.zero(S).blend(1f, high);
    FloatVector z = u.blend(u.mul(0.5f), high).sub(1f);
    return x.max(0f).add(logOfProduct(n, z).add(correction));
  }
}
