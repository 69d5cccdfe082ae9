// Generated from Code.txt by TwinsTest (-Dunroll.golden=update); do not edit.
package dev.unroll.tensor.spi;

/** What an instruction of a pointwise program computes from its operands a, b and c. */
public enum Code {
  /** {@code scale a + shift}. */
  AFFINE(1),
  /** {@code |a|}. */
  ABS(1),
  /** -1, 0 or 1 as a is negative, zero or positive. */
  SIGN(1),
  /** {@code e^a}. */
  EXP(1),
  /** The natural logarithm. */
  LOG(1),
  /** The square root. */
  SQRT(1),
  /** The hyperbolic tangent. */
  TANH(1),
  /** {@code 1 / (1 + e^-a)}. */
  SIGMOID(1),
  /** {@code log(1 + e^a)}. */
  SOFTPLUS(1),
  /** {@code log(1 + a)}, exact near 0. */
  LOG1P(1),
  /** The sine. */
  SIN(1),
  /** The cosine. */
  COS(1),
  /**
   * The error function, {@code 2 / sqrt(pi)} times the integral of {@code e^(-t t)} from 0 to a.
   */
  ERF(1),
  /** {@code scale a + shift b}: both products are rounded, then their sum. */
  LINEAR(2),
  /** {@code scale a + shift b b}, every product rounded: a mean of squares that moves. */
  LINEAR_SQUARE(2),
  /** {@code a / (scale sqrt(b) + shift)}: a step relative to a root of squares. */
  DIV_ROOT(2),
  /** {@code a + b}. */
  ADD(2),
  /** {@code a - b}. */
  SUB(2),
  /** {@code a b}. */
  MUL(2),
  /** {@code a / b}. */
  DIV(2),
  /** The larger, NaN if one is NaN. */
  MAX(2),
  /** The smaller, NaN if one is NaN. */
  MIN(2),
  /** 1 where {@code a > b}, else 0. */
  GREATER(2),
  /** 1 where {@code a == b}, else 0. */
  EQUAL(2),
  /**
   * {@code a b (1 - b)}: the gradient by x, where {@code b = sigmoid(x)} and a is the gradient by
   * b.
   */
  SIGMOID_GRADIENT(2),
  /**
   * {@code a (1 - b b)}: the gradient by x, where {@code b = tanh(x)} and a is the gradient by b.
   */
  TANH_GRADIENT(2),
  /** {@code a b + c}, the product rounded before it is added. */
  MUL_ADD(3),
  /** b where a is not 0, else c. */
  SELECT(3);

  private final int operands;

  Code(int operands) {
    this.operands = operands;
  }

  /** Returns the number of operands, 1 to 3. */
  public int operands() {
    return operands;
  }
}
