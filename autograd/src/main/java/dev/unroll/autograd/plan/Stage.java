package dev.unroll.autograd.plan;

/**
 * When a value is computed: once, before the first step; over many steps at once; or in a loop,
 * step by step. Stages run in their order: {@code all steps 0}, {@code loop 0}, {@code all steps
 * 1}, ...
 */
record Stage(Kind kind, int number) implements Comparable<Stage> {
  enum Kind {
    ONCE,
    ALL_STEPS,
    LOOP
  }

  /** Before the first step. */
  static final Stage ONCE = new Stage(Kind.ONCE, 0);

  /** The stage of inputs, and of values of the other pass. */
  static final Stage FIRST = new Stage(Kind.ALL_STEPS, 0);

  static Stage loop(int number) {
    return new Stage(Kind.LOOP, number);
  }

  boolean isLoop() {
    return kind == Kind.LOOP;
  }

  /** Returns the first stage that can read all steps of a value of this one. */
  Stage after() {
    return isLoop() ? new Stage(Kind.ALL_STEPS, number + 1) : this;
  }

  @Override
  public int compareTo(Stage other) {
    return Integer.compare(order(), other.order());
  }

  private int order() {
    return switch (kind) {
      case ONCE -> -1;
      case ALL_STEPS -> 2 * number;
      case LOOP -> 2 * number + 1;
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ONCE -> "once";
      case ALL_STEPS -> "all steps";
      case LOOP -> "loop " + (number + 1);
    };
  }
}
