package dev.unroll.autograd.plan;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The forward step of a loop, and its backward step if gradients are wanted.
 *
 * @param backward reads values of the forward step as {@link Role.Forward}
 */
record Steps(StepGraph forward, Optional<StepGraph> backward) {

  /** Returns a step without gradients. */
  static Steps of(StepGraph forward) {
    return new Steps(forward, Optional.empty());
  }

  /** Returns the results of a pass that takes each step by itself. */
  Steps map(UnaryOperator<StepGraph> pass) {
    return new Steps(pass.apply(forward), backward.map(pass));
  }

  /** Returns the steps, the forward one first. */
  Stream<StepGraph> all() {
    return Stream.concat(Stream.of(forward), backward.stream());
  }
}
