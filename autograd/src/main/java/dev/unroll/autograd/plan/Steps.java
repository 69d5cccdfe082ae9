package dev.unroll.autograd.plan;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The forward step of a loop, and its backward step if gradients are needed.
 *
 * @param backward reads values of the forward step as {@link Role.Forward}
 */
record Steps(StepGraph forward, Optional<StepGraph> backward) {

  /** Returns a step without gradients. */
  static Steps of(StepGraph forward) {
    return new Steps(forward, Optional.empty());
  }

  /** Applies a pass to each step separately. */
  Steps map(UnaryOperator<StepGraph> pass) {
    return new Steps(pass.apply(forward), backward.map(pass));
  }

  /** Returns the steps, the forward one first. */
  Stream<StepGraph> all() {
    return Stream.concat(Stream.of(forward), backward.stream());
  }
}
