package dev.unroll.autograd.randomcell;

import dev.unroll.tensor.Shape;

/**
 * Something that a random cell reads and does not compute.
 *
 * @param shape of one step
 * @param gradient whether gradients by it are asked for
 * @param seed of its numbers
 * @param rows how many rows, or classes, its int32 numbers name; of {@link Role#EMBEDDED} the rows
 *     of its table
 */
record Leaf(Role role, Shape shape, boolean gradient, long seed, int rows) {

  enum Role {
    /** A floating-point input of each step. */
    SEQUENCE,
    /** Rows of a table that were looked up before the scan, for all steps. */
    EMBEDDED,
    /** Row numbers of each step. */
    IDS,
    /** Classes of each step, -1 among them. */
    CLASSES,
    /** Carried from step to step. */
    STATE,
    PARAMETER,
    /** A variable of the caller that gradients can be asked for. */
    CAPTURED,
    CONSTANT,
    /** Row numbers that are the same at all steps. */
    FIXED_IDS,
    /** The index of the step. */
    TIME;

    boolean isSequence() {
      return this == SEQUENCE || this == EMBEDDED || this == IDS || this == CLASSES;
    }
  }

  Operand operand(int steps) {
    return switch (role) {
      case IDS, FIXED_IDS -> new Operand(shape, rows);
      case CLASSES -> new Operand(shape, -rows);
      case TIME -> new Operand(shape, Math.max(1, steps));
      default -> Operand.floating(shape);
    };
  }

  /** Returns what its int32 numbers are below: seldom more than there are rows. */
  int high() {
    return rows + (seed % 40 == 0 ? 1 : 0);
  }

  /** Returns the first letter of its name. */
  String letter() {
    return switch (role) {
      case SEQUENCE, EMBEDDED -> "x";
      case IDS, FIXED_IDS, CLASSES -> "ids";
      case STATE -> "s";
      case PARAMETER -> "w";
      case CAPTURED -> "u";
      case CONSTANT -> "k";
      case TIME -> "time";
    };
  }

  Leaf withShape(Shape other) {
    return new Leaf(role, other, gradient, seed, rows);
  }

  Leaf withoutGradient() {
    return new Leaf(role, shape, false, seed, rows);
  }
}
