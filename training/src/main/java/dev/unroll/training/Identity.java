package dev.unroll.training;

import dev.unroll.optim.WeightAverage;
import dev.unroll.tensor.RandomKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties that a run must share with the checkpoint that it resumes from. The saved state or
 * the next update depends on each of them, and none is deliberately changed between runs, as a
 * learning rate may be.
 */
final class Identity {
  private Identity() {}

  /** Returns the compared properties, by name. */
  static Map<String, String> of(Learner learner, @Nullable WeightAverage average) {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("optimizer", learner.optimizer.identity());
    identity.put("source", learner.source.identity());
    identity.put("accumulated batches", String.valueOf(learner.parts));
    identity.put("decay of averages", average == null ? "none" : String.valueOf(average.decay()));
    return identity;
  }

  /**
   * Compares an identity with that of a checkpoint.
   *
   * @throws IllegalArgumentException if they differ, or the checkpoint does not record it
   */
  static void check(Map<String, String> given, Facts saved) {
    given.forEach((name, text) -> {
      String then = saved.texts().get(name);
      if (then == null) {
        throw new IllegalArgumentException(
            "expected the "
                + name
                + " to be recorded, but an earlier version wrote this checkpoint");
      }
      if (!then.equals(text)) {
        throw refusal(name, then, text);
      }
    });
  }

  /** Compares a configured key with that of a checkpoint. */
  static void checkKey(@Nullable RandomKey given, RandomKey saved) {
    if (given != null && given.bits() != saved.bits()) {
      throw refusal("key", String.valueOf(saved.bits()), String.valueOf(given.bits()));
    }
  }

  private static IllegalArgumentException refusal(String name, String saved, String given) {
    return new IllegalArgumentException(
        "expected the " + name + " of the checkpoint, \"" + saved + "\", got \"" + given + "\"");
  }
}
