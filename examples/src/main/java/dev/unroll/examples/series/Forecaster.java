package dev.unroll.examples.series;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.examples.fit.Answers;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the last values of a series and says, for each of the next, what it will be and between
 * which limits, many-to-one: an LSTM whose outputs are quantiles (Wen et al. 2017,
 * arXiv:1711.11053). Values are told as their distance from the last one seen, in units of the
 * standard deviation of the training part.
 */
final class Forecaster {
  /** The lower limit, the forecast, the upper limit. */
  static final double[] LEVELS = {0.1, 0.5, 0.9};

  private static final int BATCH = 32;

  /** Who reads a short series more often than this learns it by heart. */
  private static final int EPOCHS = 100;

  private final double[] values;
  private final List<double[]> known;
  private final int training;
  private final int window;
  private final int horizon;
  private final double unit;
  private final FitOptions options;
  private final ManyToOne model;

  /**
   * Returns one that knows nothing yet.
   *
   * @param values of the whole series
   * @param known what else is known at each time, beforehand for the next too; none if empty
   * @param training values that may be learned from, from the first on
   */
  Forecaster(
      double[] values,
      List<double[]> known,
      int training,
      int window,
      int horizon,
      FitOptions options) {
    this.values = values.clone();
    this.known = List.copyOf(known);
    this.training = training;
    this.options = options;
    this.window = window;
    this.horizon = horizon;
    double mean = IntStream.range(0, training).mapToDouble(i -> values[i]).average().orElseThrow();
    double square =
        IntStream.range(0, training)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
            .average()
            .orElseThrow();
    unit = square > 0 ? Math.sqrt(square) : 1;
    Init init = options.init();
    int inputs = 1 + (known.isEmpty() ? 0 : 1 + known.getFirst().length);
    model =
        new ManyToOne(
            Activation.identity(),
            Unroll.of(LstmCell.of(inputs, options.hidden(), init.at("cell"))),
            Pooling.last(),
            Linear.of(options.hidden(), horizon * LEVELS.length, init.at("head")));
  }

  /** Learns from every window of the training part, from each at most a hundred times. */
  Forecaster fit(int steps, PrintStream out) throws IOException {
    List<Example> examples =
        IntStream.range(window, training - horizon + 1).mapToObj(this::example).toList();
    ExampleBatches batches =
        new ExampleBatches(examples, Order.shuffled(examples.size(), BATCH, options.key()));
    long enough = Math.min(steps, EPOCHS * batches.batchesPerEpoch());
    options.fit(enough, out).run("lstm", model, task(), batches);
    return this;
  }

  private Task task() {
    return Task.of(
        (batch, mode) -> {
          Variable y = model.apply(Variable.of(batch.inputs()), batch.lengths().toInts(), mode);
          return y.reshape(Shape.of(batch.size(), horizon, LEVELS.length));
        },
        Loss.quantile(LEVELS));
  }

  /**
   * Returns forecasts.
   *
   * @param from the first origin: the number of the first value that is not known yet
   * @param to the end of the origins, not among them
   * @return for each origin, the levels of the first value to come, those of the next, ...
   */
  List<double[]> forecast(int from, int to) {
    List<double[]> all =
        Answers.of(task(), IntStream.range(from, to).mapToObj(this::example).toList());
    for (int i = 0; i < all.size(); i++) {
      double last = values[from + i - 1];
      double[] each = all.get(i);
      for (int j = 0; j < each.length; j++) {
        each[j] = last + unit * each[j];
      }
    }
    return all;
  }

  /** The window before a time, and what came; behind the end of the series nothing is wanted. */
  private Example example(int now) {
    int extra = known.isEmpty() ? 0 : 1 + known.getFirst().length;
    float[] x = new float[window * (1 + extra)];
    double last = values[now - 1];
    for (int i = 0; i < window; i++) {
      int at = now - window + i;
      x[i * (1 + extra)] = (float) ((values[at] - last) / unit);
      if (extra > 0) {
        x[i * (1 + extra) + 1] = (float) (values[at] / unit);
        double[] k = known.get(Math.min(at + horizon, known.size() - 1)); // of what is predicted
        for (int j = 0; j < k.length; j++) {
          x[i * (1 + extra) + 2 + j] = (float) k[j];
        }
      }
    }
    float[] y = new float[horizon];
    for (int h = 0; h < horizon; h++) {
      y[h] = now + h < values.length ? (float) ((values[now + h] - last) / unit) : Float.NaN;
    }
    return new Example(Tensor.of(Shape.of(window, 1 + extra), x), Tensor.of(Shape.of(horizon), y));
  }
}
