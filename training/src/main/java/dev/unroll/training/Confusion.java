package dev.unroll.training;

/** Sums the confusion matrix of an evaluation. */
final class Confusion implements Metric {
  private final int classes;
  private double[] total = {};

  Confusion(int classes) {
    this.classes = classes;
  }

  @Override
  public String name() {
    return "confusion matrix";
  }

  @Override
  public double[] sums(Observation o) {
    return Decisions.confusion(classes, o.output(), o.targets());
  }

  /** Retains the sums over all batches, of which an evaluation asks for the value once. */
  @Override
  public double value(double[] sums) {
    total = sums;
    return 0;
  }

  /** Returns {@code [actual][predicted]}; the last column counts targets without a prediction. */
  long[][] counts() {
    long[][] counts = new long[classes][classes + 1];
    for (int i = 0; i < total.length; i++) {
      counts[i / (classes + 1)][i % (classes + 1)] = (long) total[i];
    }
    return counts;
  }
}
