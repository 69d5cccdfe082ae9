package dev.unroll.autograd.randomcell;

import dev.unroll.tensor.DType;
import java.util.Random;

/** Something that can be run in several ways, which must agree. */
interface Subject {

  /**
   * Returns the setup for a type of numbers.
   *
   * @param version which call of the same step: constants differ from version to version
   */
  Setup setup(DType type, int version);

  /**
   * Returns the setup whose operations read operands that are wrong by a relative {@code size} at
   * random: how far that moves a result is how far rounding may move it. A subject that cannot do
   * so returns its setup as it is, and is held to the tolerance alone.
   */
  default Setup perturbed(int version, double size, Random random) {
    return setup(DType.FLOAT64, version);
  }
}
