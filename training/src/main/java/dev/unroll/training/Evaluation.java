package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Measures a model on data that it was not trained on. */
public final class Evaluation {
  private Evaluation() {}

  /** Returns one metric: see {@link #of(Task, BatchSource, List)}. */
  public static double of(Task task, BatchSource source, Metric metric) {
    return Objects.requireNonNull(of(task, source, List.of(metric)).get(metric.name()));
  }

  /**
   * Returns metrics over one epoch from its beginning, by name. Nothing is random, and no gradient
   * is kept.
   *
   * @param source is left at the end of an epoch
   */
  public static Map<String, Double> of(Task task, BatchSource source, List<Metric> metrics) {
    source.seek(0);
    Buffers buffers = new Buffers();
    Map<Metric, double[]> sums = new LinkedHashMap<>();
    List<Tensor> carried = List.of();
    for (long i = 0; i < source.batchesPerEpoch(); i++) {
      try (Buffers.Scope scope = buffers.open()) {
        Batch batch = source.next();
        List<Variable> before = batch.continues() ? variables(carried) : List.of();
        Outcome out = Variable.withoutGradient(() -> task.apply(batch, before, Mode.evaluation()));
        Metric.Observation o =
            new Metric.Observation(
                out.loss().value().item(), out.count(), out.output().value(), batch.targets());
        metrics.forEach(m -> sums.merge(m, m.sums(o), Evaluation::add));
        carried = out.carried().stream().map(v -> scope.keep(v.value())).toList();
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(m -> values.put(m.name(), m.value(Objects.requireNonNull(sums.get(m)))));
    return values;
  }

  static List<Variable> variables(List<Tensor> tensors) {
    List<Variable> variables = new ArrayList<>();
    tensors.forEach(t -> variables.add(Variable.of(t)));
    return variables;
  }

  private static double[] add(double[] a, double[] b) {
    double[] sum = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }
}
