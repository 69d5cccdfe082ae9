package dev.unroll.autograd;

/** What is built from the primitives, and needed in more than one place. */
public final class Composites {
  private Composites() {}

  /** Returns the mean of all elements, of rank 0. */
  public static Variable mean(Variable x) {
    return x.sum().affine(1.0 / x.shape().size(), 0);
  }

  /** Returns {@code max(x, 0)}; its gradient at 0 is 0. */
  public static Variable relu(Variable x) {
    return Variable.scalar(x.type(), 0).max(x);
  }

  /**
   * Returns {@code x W + b}, in one pass over the result.
   *
   * @param x {@code [..., I]}
   * @param w {@code [I, O]}
   * @param b {@code [O]}
   */
  public static Variable linear(Variable x, Variable w, Variable b) {
    return Variable.apply(new MatMulAdd(), b, x, w);
  }

  /**
   * Returns the mean over what a mask keeps: {@code sum(x mask) / sum(mask)}, of rank 0. What is
   * masked may hold anything, NaN included; where nothing is kept, the mean is 0.
   *
   * @param mask 0 or 1, of the shape of x
   */
  public static Variable maskedMean(Variable x, Variable mask) {
    Variable zero = Variable.scalar(x.type(), 0);
    Variable one = Variable.scalar(x.type(), 1);
    return x.where(mask, zero).sum().div(mask.sum().max(one));
  }
}
