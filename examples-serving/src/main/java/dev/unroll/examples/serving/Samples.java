package dev.unroll.examples.serving;

import dev.unroll.data.Example;
import dev.unroll.data.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Readings of six sensors of a machine in one of four states, which differ in frequency. */
final class Samples {
  static final int FEATURES = 6;
  static final Labels LABELS = Labels.of(List.of("idle", "cutting", "drilling", "fault"));

  private Samples() {}

  /** Returns one sequence {@code [steps][6]} of a state. */
  static float[][] sequence(int steps, int state, SplittableRandom random) {
    float[][] all = new float[steps][FEATURES];
    double phase = random.nextDouble(6);
    for (int t = 0; t < steps; t++) {
      for (int i = 0; i < FEATURES; i++) {
        double wave = Math.sin(phase + 0.15 * (state + 1) * t + i);
        all[t][i] = (float) (wave + 0.8 * random.nextGaussian());
      }
    }
    return all;
  }

  /** Returns requests of the given length. */
  static List<Request> sensors(int n, int steps, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Request> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(Request.ofSteps(sequence(steps, i % LABELS.size(), random)));
    }
    return all;
  }

  /** Returns requests of different lengths, up to the given one. */
  static List<Request> lengths(int n, int steps, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Request> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int length = Math.max(1, steps * (i + 1) / n);
      all.add(Request.ofSteps(sequence(length, i % LABELS.size(), random)));
    }
    return all;
  }

  /** Returns texts of the given length. */
  static List<Request> texts(int n, int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Request> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(Request.ofIds(random.ints(length, 0, Networks.WORDS).toArray()));
    }
    return all;
  }

  /** Returns examples, a quarter of each state. */
  static List<Example> examples(int n, int steps, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int state = i % LABELS.size();
      all.add(Example.of(sequence(steps, state, random), state));
    }
    return all;
  }
}
