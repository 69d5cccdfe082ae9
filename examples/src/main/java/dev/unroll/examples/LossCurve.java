package dev.unroll.examples;

import dev.unroll.examples.picture.Chart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Plots the loss of a run by step, with baselines. */
final class LossCurve {
  /** The number of points; each is the mean of several steps. */
  private static final int POINTS = 300;

  private LossCurve() {}

  /**
   * Writes the curve as SVG.
   *
   * @param bits the loss of each step, in bits per character
   * @param levels the baselines' losses on the held-out text, by name
   */
  static void write(Path path, List<Double> bits, Map<String, Double> levels) throws IOException {
    Chart chart = new Chart("step", "bits per character");
    int width = Math.max(1, bits.size() / POINTS);
    for (int i = 0; i < bits.size(); i += width) {
      List<Double> part = bits.subList(i, Math.min(bits.size(), i + width));
      double mean = part.stream().mapToDouble(b -> b).average().orElseThrow();
      chart.point("training", i + part.size() / 2.0, mean);
    }
    levels.forEach((name, level) -> {
      chart.point(name + ", held out", 0, level);
      chart.point(name + ", held out", bits.size(), level);
    });
    chart.write(path);
  }
}
