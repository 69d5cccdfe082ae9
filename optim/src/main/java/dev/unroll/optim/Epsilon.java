package dev.unroll.optim;

import dev.unroll.tensor.Program;

/**
 * Where epsilon, which keeps a division by the root of a mean square finite, is added. Papers and
 * libraries differ: where gradients are small, an epsilon inside the root acts like its root
 * outside, so the value of one form is not that of the other.
 */
public enum Epsilon {
  /** To the mean square: {@code g / sqrt(s + epsilon)}, as in Graves 2013. */
  INSIDE_ROOT {
    @Override
    int divide(Program.Builder p, int gradient, int square, double epsilon) {
      return p.divRoot(gradient, 1, p.affine(square, 1, epsilon), 0);
    }
  },
  /** To its root: {@code g / (sqrt(s) + epsilon)}, as in PyTorch. */
  OUTSIDE_ROOT {
    @Override
    int divide(Program.Builder p, int gradient, int square, double epsilon) {
      return p.divRoot(gradient, 1, square, epsilon);
    }
  };

  /** Emits the gradient over the root of a mean square. */
  abstract int divide(Program.Builder p, int gradient, int square, double epsilon);
}
