package dev.unroll.examples.series;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
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
import dev.unroll.training.Evaluation;
import dev.unroll.training.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forecasts the next values of a series with intervals, many-to-one: an LSTM whose outputs are
 * quantiles (Wen et al. 2017, arXiv:1711.11053). Values are encoded as differences from the last
 * observed one, in units of the standard deviation of the training part.
 */
final class Forecaster {
  /** The quantiles: lower limit, forecast, upper limit. */
  static final double[] LEVELS = {0.1, 0.5, 0.9};

  private static final int BATCH = 32;

  /** More epochs overfit a short series. */
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
   * Creates an untrained forecaster.
   *
   * @param values the whole series
   * @param known features of each time that are known in advance; may be empty
   * @param training the number of leading values for training
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
    double[] seen = Arrays.copyOf(values, training);
    double mean = Arrays.stream(seen).average().orElseThrow();
    double square = Arrays.stream(seen).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
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

  /** Trains on every window of the training part, for at most a hundred epochs. */
  Forecaster fit(int steps) throws IOException {
    ExampleBatches batches =
        ExampleBatches.shuffled(examples(window, training - horizon + 1), BATCH, options.seed());
    long enough = Math.min(steps, EPOCHS * batches.batchesPerEpoch());
    options.fit(enough).run("lstm", model, task(), batches);
    return this;
  }

  private List<Example> examples(int from, int to) {
    return IntStream.range(from, to).mapToObj(this::example).toList();
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
   * @param from the first origin: the index of the first unknown value
   * @param to the end of the origins, exclusive
   * @return for each origin, the quantiles of the first value, of the second, ...
   */
  List<double[]> forecast(int from, int to) {
    ExampleBatches windows = ExampleBatches.sequential(examples(from, to), 250);
    List<double[]> all = new ArrayList<>();
    for (Tensor output : Evaluation.outputs(task(), windows)) {
      double last = values[from + all.size() - 1];
      all.add(Arrays.stream(output.toDoubles()).map(v -> last + unit * v).toArray());
    }
    return all;
  }

  /** Returns the window before a time and its targets; NaN after the end of the series. */
  private Example example(int now) {
    int extra = known.isEmpty() ? 0 : 1 + known.getFirst().length;
    float[] x = new float[window * (1 + extra)];
    double last = values[now - 1];
    for (int i = 0; i < window; i++) {
      int at = now - window + i;
      x[i * (1 + extra)] = (float) ((values[at] - last) / unit);
      if (extra > 0) {
        x[i * (1 + extra) + 1] = (float) (values[at] / unit);
        double[] k =
            known.get(Math.min(at + horizon, known.size() - 1)); // features of the predicted values
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
