package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.RandomKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a layer runs in training or evaluation. An argument of every layer that distinguishes
 * them, never a field: layers are stateless.
 *
 * {@snippet class="snippets.LayersTest" region="Mode"}
 */
public sealed interface Mode {

  /** Returns the evaluation mode, in which nothing is random. */
  static Mode evaluation() {
    return Evaluation.ONLY;
  }

  /**
   * Returns a training mode.
   *
   * @param key the key of all randomness; a different one for each training step
   */
  static Mode training(RandomKey key) {
    return new Training(key, null);
  }

  /**
   * Returns the mode of one part of a model, which in training has random numbers of its own.
   *
   * @param site the name of the part
   */
  Mode at(String site);

  /** Evaluation. */
  enum Evaluation implements Mode {
    ONLY;

    @Override
    public Mode at(String site) {
      return this;
    }

    @Override
    public String toString() {
      return "evaluation";
    }
  }

  /**
   * Training, with its randomness.
   *
   * @param key the key of numbers drawn once per call
   * @param noise the numbers drawn at each step: uniform on 0 to 1, {@code [B, N]}, or null outside
   *     a step
   */
  record Training(RandomKey key, @Nullable Variable noise) implements Mode {

    /** Checks the key. */
    public Training {
      Objects.requireNonNull(key, "key");
    }

    @Override
    public Training at(String site) {
      return new Training(key.fold(site), noise);
    }

    /** Returns the mode of one step. */
    public Training withNoise(Variable noiseOfStep) {
      return new Training(key, noiseOfStep);
    }

    /**
     * Returns columns of the noise.
     *
     * @throws IllegalStateException if there is none: code that calls steps directly must supply it
     */
    public Variable noise(int from, int to) {
      if (noise == null) {
        throw new IllegalStateException(
            "[mode] the cell draws "
                + (to - from)
                + " numbers at each step: unroll it, or supply them by Mode.Training.withNoise");
      }
      return noise.slice(1, from, to);
    }
  }
}
