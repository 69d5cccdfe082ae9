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
   * Returns whether every value that a step computes is read by a result. A plan leaves out the
   * others, and with them what they would refuse.
   */
  default boolean readsAllItComputes() {
    return true;
  }

  /**
   * Returns the setup whose operations read operands that are wrong by a relative {@code size} at
   * random: how far that moves a result is how far rounding may move it. A subject that cannot do
   * so returns its setup as it is, and is held to the tolerance alone.
   */
  default Setup perturbed(int version, double size, Random random) {
    return setup(DType.FLOAT64, version);
  }
}
