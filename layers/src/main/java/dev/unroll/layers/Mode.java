package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.RandomKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a layer runs for training or for use. An argument of every layer that may care, never a
 * field: a layer has no state.
 */
public sealed interface Mode {

  /** Returns the mode of use: nothing is random. */
  static Mode evaluation() {
    return Evaluation.ONLY;
  }

  /**
   * Returns the mode of training.
   *
   * @param key where randomness comes from; another one for each step of training
   */
  static Mode training(RandomKey key) {
    return new Training(key, null);
  }

  /**
   * Returns the mode of one part of a model: the same in use, and in training with random numbers
   * of its own.
   *
   * @param site the name of the part
   */
  Mode at(String site);

  /** Use. */
  enum Evaluation implements Mode {
    ONLY;

    @Override
    public Mode at(String site) {
      return this;
    }
  }

  /**
   * Training, with its randomness.
   *
   * @param key of what is drawn once
   * @param noise of what is drawn at each step: numbers evenly spread over 0 to 1, {@code [B, N]},
   *     or null outside of a step
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

    /** Returns the same for one step. */
    public Training withNoise(Variable noiseOfStep) {
      return new Training(key, noiseOfStep);
    }

    /**
     * Returns columns of the noise.
     *
     * @throws IllegalStateException if there is none: who takes single steps by hand has to bring
     *     it
     */
    public Variable noise(int from, int to) {
      if (noise == null) {
        throw new IllegalStateException(
            "[mode] the cell draws "
                + (to - from)
                + " numbers at each step: unroll it, or bring them by Mode.Training.withNoise");
      }
      return noise.slice(1, from, to);
    }
  }
}
