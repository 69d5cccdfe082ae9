// Generated from Code.txt by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.scalar;

import dev.unroll.tensor.spi.Code;

/** The plain loops of the elementwise operations over {@code double[]}. */
public final class ScalarDoubleElementwise {
  private ScalarDoubleElementwise() {}

  /** Returns a loop for each operation. */
  public static ElementwiseLoops<double[]> loops() {
    ElementwiseLoops<double[]> loops = new ElementwiseLoops<>();
    loops.put(
        Code.AFFINE,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          double scale = i.scale();
          double shift = i.shift();
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = scale * a + shift;
          }
        });
    loops.put(
        Code.ABS,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = Math.abs(a);
          }
        });
    loops.put(
        Code.SIGN,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = Math.signum(a);
          }
        });
    loops.put(
        Code.EXP,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = StrictMath.exp(a);
          }
        });
    loops.put(
        Code.LOG,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = StrictMath.log(a);
          }
        });
    loops.put(
        Code.SQRT,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = Math.sqrt(a);
          }
        });
    loops.put(
        Code.TANH,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = StrictMath.tanh(a);
          }
        });
    loops.put(
        Code.SIGMOID,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = ScalarFunctions.sigmoid(a);
          }
        });
    loops.put(
        Code.SOFTPLUS,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = ScalarFunctions.softplus(a);
          }
        });
    loops.put(
        Code.LOG1P,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = StrictMath.log1p(a);
          }
        });
    loops.put(
        Code.SIN,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = StrictMath.sin(a);
          }
        });
    loops.put(
        Code.COS,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = StrictMath.cos(a);
          }
        });
    loops.put(
        Code.ERF,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            out[oo + k] = ScalarFunctions.erf(a);
          }
        });
    loops.put(
        Code.LINEAR,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          double scale = i.scale();
          double shift = i.shift();
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = scale * a + shift * b;
          }
        });
    loops.put(
        Code.LINEAR_SQUARE,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          double scale = i.scale();
          double shift = i.shift();
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = scale * a + shift * (b * b);
          }
        });
    loops.put(
        Code.DIV_ROOT,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          double scale = i.scale();
          double shift = i.shift();
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = a / (scale * Math.sqrt(b) + shift);
          }
        });
    loops.put(
        Code.ADD,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = a + b;
          }
        });
    loops.put(
        Code.SUB,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = a - b;
          }
        });
    loops.put(
        Code.MUL,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = a * b;
          }
        });
    loops.put(
        Code.DIV,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = a / b;
          }
        });
    loops.put(
        Code.MAX,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = Math.max(a, b);
          }
        });
    loops.put(
        Code.MIN,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = Math.min(a, b);
          }
        });
    loops.put(
        Code.GREATER,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = a > b ? 1 : 0;
          }
        });
    loops.put(
        Code.EQUAL,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = a == b ? 1 : 0;
          }
        });
    loops.put(
        Code.SIGMOID_GRADIENT,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = a * b * (1 - b);
          }
        });
    loops.put(
        Code.TANH_GRADIENT,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            out[oo + k] = a * (1 - b * b);
          }
        });
    loops.put(
        Code.MUL_ADD,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            double c = z[zo + k];
            out[oo + k] = a * b + c;
          }
        });
    loops.put(
        Code.SELECT,
        (i, n, x, xo, y, yo, z, zo, out, oo) -> {
          for (int k = 0; k < n; k++) {
            double a = x[xo + k];
            double b = y[yo + k];
            double c = z[zo + k];
            out[oo + k] = a != 0 ? b : c;
          }
        });
    return loops;
  }
}
