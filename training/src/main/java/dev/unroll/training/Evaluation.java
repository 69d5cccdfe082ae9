package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Evaluates a model on held-out data.
 *
 * {@snippet class="snippets.TrainingTest" region="Evaluation"}
 */
public final class Evaluation {
  private Evaluation() {}

  /** Returns one metric: see {@link #of(Task, BatchSource, List)}. */
  public static double of(Task task, BatchSource source, Metric metric) {
    Objects.requireNonNull(metric, "metric");
    return Objects.requireNonNull(of(task, source, List.of(metric)).get(metric.name()));
  }

  /**
   * Returns metrics over one epoch from its start, by name. The model runs deterministically, and
   * no graph is recorded. Up to rounding, the metrics do not depend on the division into batches.
   *
   * @param source restored to its position afterwards, so that it may be the training source
   * @throws IllegalArgumentException if there is no metric, two have the same name, or the source
   *     has no batch or no targets
   */
  public static Map<String, Double> of(Task task, BatchSource source, List<Metric> metrics) {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(source, "source");
    List<Metric> all = copy(metrics);
    check(source, all);
    long position = source.position();
    try {
      source.seek(0);
      return epoch(task, source, all);
    } finally {
      source.seek(position);
    }
  }

  /**
   * Returns the outputs of a model for the examples of one epoch from its start, in the order of
   * the source, such as {@code [C]} for a classifier. Batches are taken as independent, and padding
   * at the end of sequences is part of the outputs.
   *
   * {@snippet class="snippets.TrainingTest" region="Outputs"}
   *
   * @param source restored to its position afterwards; its targets are not used
   */
  public static List<Tensor> outputs(Task task, BatchSource source) {
    Objects.requireNonNull(task, "task");
    long position = Objects.requireNonNull(source, "source").position();
    List<Tensor> rows = new ArrayList<>();
    try {
      source.seek(0);
      for (long i = 0; i < source.batchesPerEpoch(); i++) {
        Batch batch = source.next();
        Outcome outcome =
            Variable.withoutGradient(() -> task.apply(batch, List.of(), Mode.evaluation()));
        Tensor all = outcome.output().value();
        for (int row = 0; row < batch.size(); row++) {
          rows.add(all.select(0, row));
        }
      }
    } finally {
      source.seek(position);
    }
    return rows;
  }

  /** Returns a copy of metrics, none of which may be null. */
  static List<Metric> copy(List<Metric> metrics) {
    Objects.requireNonNull(metrics, "metrics");
    metrics.forEach(m -> Objects.requireNonNull(m, "metric"));
    return List.copyOf(metrics);
  }

  /** Checks the arguments of an evaluation. */
  static void check(BatchSource source, List<Metric> metrics) {
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException("[evaluation] expected at least one metric, got none");
    }
    Set<String> names = new HashSet<>();
    for (Metric m : metrics) {
      if (!names.add(m.name())) {
        throw new IllegalArgumentException(
            "[evaluation] expected metrics of different names, got two named \"" + m.name() + "\"");
      }
    }
    if (source.batchesPerEpoch() < 1) {
      throw new IllegalArgumentException(
          "[evaluation] expected a source of at least 1 batch, got " + source.batchesPerEpoch());
    }
  }

  private static Map<String, Double> epoch(Task task, BatchSource source, List<Metric> metrics) {
    Buffers buffers = new Buffers();
    List<double[]> sums = new ArrayList<>();
    List<Tensor> carried = List.of();
    double weight = 0;
    long batches = source.batchesPerEpoch();
    for (long i = 0; i < batches; i++) {
      try (Buffers.Scope scope = buffers.open()) {
        Batch batch = source.next();
        List<Variable> before = batch.continues() ? variables(carried) : List.of();
        Outcome out = Variable.withoutGradient(() -> task.apply(batch, before, Mode.evaluation()));
        Objects.requireNonNull(out, "outcome of the task");
        weight += out.weight();
        Metric.Observation o =
            new Metric.Observation(
                out.loss().value().item(), out.weight(), out.output().value(), out.targets());
        for (int m = 0; m < metrics.size(); m++) {
          double[] found = metrics.get(m).sums(o);
          if (i == 0) {
            sums.add(found);
          } else {
            sums.set(m, add(metrics.get(m), sums.get(m), found));
          }
        }
        carried = out.carried().stream().map(v -> scope.keep(v.value())).toList();
      }
    }
    if (weight == 0) {
      throw new IllegalArgumentException(
          "[evaluation] expected targets to predict, got " + batches + " batches without any");
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (int m = 0; m < metrics.size(); m++) {
      values.put(metrics.get(m).name(), metrics.get(m).value(sums.get(m)));
    }
    return values;
  }

  static List<Variable> variables(List<Tensor> tensors) {
    List<Variable> variables = new ArrayList<>();
    tensors.forEach(t -> variables.add(Variable.of(t)));
    return variables;
  }

  private static double[] add(Metric metric, double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "[evaluation] expected a constant number of sums of the metric \""
              + metric.name()
              + "\", got "
              + a.length
              + " and then "
              + b.length);
    }
    double[] sum = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }
}
