package dev.unroll.examples.serving;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: {@code {"steps":[[0.1,0.2],[0.3,0.4]]}} for a sequence of features, {@code
 * {"ids":[3,1,2]}} for a text. Exactly one of them is given.
 *
 * @param steps {@code [T][I]}
 * @param ids {@code [T]}
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
record Request(float @Nullable [][] steps, int @Nullable [] ids) {
  Request {
    if ((steps == null) == (ids == null)) {
      throw new IllegalArgumentException("[request] expected either \"steps\" or \"ids\"");
    }
    if ((steps == null ? ids.length : steps.length) == 0) {
      throw new IllegalArgumentException("[request] expected at least one step, got none");
    }
    if (steps != null && Arrays.asList(steps).contains(null)) {
      throw new IllegalArgumentException("[request] expected numbers in each step, got null");
    }
  }

  static Request ofSteps(float[][] steps) {
    return new Request(steps, null);
  }

  static Request ofIds(int... ids) {
    return new Request(null, ids);
  }

  /**
   * Returns the steps.
   *
   * @throws IllegalArgumentException if there are ids instead
   */
  float[][] features() {
    if (steps == null) {
      throw new IllegalArgumentException("[request] expected \"steps\", got \"ids\"");
    }
    return steps;
  }

  /**
   * Returns the ids.
   *
   * @throws IllegalArgumentException if there are steps instead
   */
  int[] words() {
    if (ids == null) {
      throw new IllegalArgumentException("[request] expected \"ids\", got \"steps\"");
    }
    return ids;
  }
}
