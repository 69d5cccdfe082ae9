package dev.unroll.autograd;

import dev.unroll.autograd.op.Elementwise;
import dev.unroll.tensor.DType;

/**
 * The elementwise operations on a {@link Variable}. Operands are broadcast; a number is treated as
 * a variable of rank 0.
 */
public sealed interface ElementwiseOperations permits Variable {

  /** Returns {@code this + other}, broadcast. */
  default Variable add(Variable other) {
    return Variable.apply(new Elementwise.Add(), self(), other);
  }

  /** Returns {@code this - other}, broadcast. */
  default Variable sub(Variable other) {
    return Variable.apply(new Elementwise.Sub(), self(), other);
  }

  /** Returns {@code this other}, element by element, broadcast. */
  default Variable mul(Variable other) {
    return Variable.apply(new Elementwise.Mul(), self(), other);
  }

  /** Returns {@code this / other}, element by element, broadcast. */
  default Variable div(Variable other) {
    return Variable.apply(new Elementwise.Div(), self(), other);
  }

  /** Returns {@code this + number}. */
  default Variable add(double number) {
    return affine(1, number);
  }

  /** Returns {@code this - number}. */
  default Variable sub(double number) {
    return affine(1, -number);
  }

  /** Returns {@code number this}. */
  default Variable mul(double number) {
    return affine(number, -0.0);
  }

  /** Returns {@code this / number}. */
  default Variable div(double number) {
    return div(Variable.scalar(self().type(), number));
  }

  /** Returns {@code -this}. */
  default Variable neg() {
    return affine(-1, -0.0);
  }

  /** Returns {@code scale this + shift}: the product is rounded before the shift is added. */
  default Variable affine(double scale, double shift) {
    return Variable.apply(new Elementwise.Affine(scale, shift), self());
  }

  /** Returns {@code this this}, element by element. */
  default Variable square() {
    return mul(self());
  }

  /**
   * Returns {@code this^exponent}. An integer exponent, of any magnitude, is computed by
   * multiplication, for any base; any other exponent as {@code e^(exponent log this)}, which
   * requires positive bases.
   */
  default Variable pow(double exponent) {
    if (exponent == 0.5) {
      return sqrt();
    }
    if (exponent != Math.rint(exponent) || Double.isInfinite(exponent)) {
      return log().mul(exponent).exp();
    }
    Variable one = Variable.scalar(self().type(), 1);
    if (exponent == 0) {
      return one.expand(self().shape());
    }
    // The reciprocal first: the power may overflow where its reciprocal and gradient do not.
    ElementwiseOperations base = exponent > 0 ? this : one.div(self());
    return base.whole(Math.abs(exponent));
  }

  /** Returns an integer power of at least 1 by repeated squaring. */
  private Variable whole(double exponent) {
    if (exponent == 1) {
      return self();
    }
    Variable even = whole(Math.floor(exponent / 2)).square();
    return exponent % 2 == 0 ? even : even.mul(self());
  }

  /** Returns {@code e^this}. */
  default Variable exp() {
    return Variable.apply(new Elementwise.Exp(), self());
  }

  /** Returns the natural logarithm. */
  default Variable log() {
    return Variable.apply(new Elementwise.Log(), self());
  }

  /** Returns {@code log(1 + this)}, exact near 0. */
  default Variable log1p() {
    return Variable.apply(new Elementwise.Log1p(), self());
  }

  /** Returns the square root. */
  default Variable sqrt() {
    return Variable.apply(new Elementwise.Sqrt(), self());
  }

  /** Returns the sine. */
  default Variable sin() {
    return Variable.apply(new Elementwise.Sin(), self());
  }

  /** Returns the cosine. */
  default Variable cos() {
    return Variable.apply(new Elementwise.Cos(), self());
  }

  /**
   * Returns the error function, {@code 2 / sqrt(pi)} times the integral of {@code e^(-t^2)} from 0
   * to this.
   */
  default Variable erf() {
    return Variable.apply(new Elementwise.Erf(), self());
  }

  /** Returns the hyperbolic tangent. */
  default Variable tanh() {
    return Variable.apply(new Elementwise.Tanh(), self());
  }

  /** Returns {@code 1 / (1 + e^-this)}. */
  default Variable sigmoid() {
    return Variable.apply(new Elementwise.Sigmoid(), self());
  }

  /** Returns {@code log(1 + e^this)}. */
  default Variable softplus() {
    return Variable.apply(new Elementwise.Softplus(), self());
  }

  /** Returns the absolute value; its gradient at 0 is 0, and at NaN it is NaN. */
  default Variable abs() {
    return Variable.apply(new Elementwise.Abs(), self());
  }

  /**
   * Returns the larger of two, broadcast, or NaN where one is NaN. The gradient goes to the larger:
   * to this where they are equal, and to the one that is NaN, or to this if both are.
   */
  default Variable max(Variable other) {
    return Variable.apply(new Elementwise.Max(), self(), other);
  }

  /**
   * Returns the smaller of two, broadcast, or NaN where one is NaN. The gradient goes to the
   * smaller: to this where they are equal, and to the one that is NaN, or to this if both are.
   */
  default Variable min(Variable other) {
    return Variable.apply(new Elementwise.Min(), self(), other);
  }

  /** Returns {@code max(this, 0)}; its gradient is 0 at 0 and below, and 1 at NaN. */
  default Variable relu() {
    return Variable.scalar(self().type(), 0).max(self());
  }

  /**
   * Clamps this to the range from {@code low} to {@code high}; NaN remains NaN. The gradient is 1
   * within the range, at its ends and at NaN, and 0 elsewhere.
   */
  default Variable clamp(double low, double high) {
    DType type = self().type();
    return max(Variable.scalar(type, low)).min(Variable.scalar(type, high));
  }

  /** Returns 1 where this is larger, else 0; broadcast, without gradient. */
  default Variable greater(Variable other) {
    return Variable.apply(new Elementwise.Greater(), self(), other);
  }

  /** Returns this where a mask is nonzero, else {@code otherwise}; broadcast. */
  default Variable where(Variable mask, Variable otherwise) {
    return Variable.apply(new Elementwise.Where(), mask, self(), otherwise);
  }

  private Variable self() {
    return (Variable) this;
  }
}
