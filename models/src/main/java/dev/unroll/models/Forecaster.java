package dev.unroll.models;

import dev.unroll.data.Example;
import dev.unroll.data.Scaling;
import dev.unroll.data.Windows;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.Unflatten;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model in use: it predicts quantiles of the next values of a variable of a series (Wen et al.
 * 2017, "A multi-horizon quantile recurrent forecaster", arXiv:1711.11053). Any number of threads
 * may call it, also while another one trains the model.
 *
 * <p>The model reads scaled values, and outputs the differences of future values from the last one
 * that it has read, in units of the scaling.
 *
 * {@snippet class="snippets.ModelsTest" region="Forecaster"}
 *
 * @param model maps series to {@code [B, future, levels]}
 * @param scaling of the variables of a series
 * @param span the steps and the variable
 * @param levels of the quantiles, ascending, above 0 and below 1
 */
public record Forecaster(ManyToOne model, Scaling scaling, Span span, List<Double> levels) {
  private static final String KIND = "forecaster";
  private static final String SCALING = "scaling";
  private static final String SPAN = "span";
  private static final String LEVELS = "levels";

  /**
   * The steps that are read and predicted.
   *
   * @param past the number of steps that the model reads in training
   * @param future the number of steps that it predicts
   * @param variable the index of the variable that it predicts
   */
  public record Span(int past, int future, int variable) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Span {
      if (past < 1 || future < 1 || variable < 0) {
        throw new IllegalArgumentException(
            "[forecaster] expected at least one past and one future step, and a variable from 0,"
                + " got "
                + past
                + ", "
                + future
                + " and "
                + variable);
      }
    }

    /** Returns a span of the first variable. */
    public static Span of(int past, int future) {
      return new Span(past, future, 0);
    }
  }

  /**
   * Copies the levels.
   *
   * @throws IllegalArgumentException if they are empty, not ascending or out of range, or there is
   *     no such variable
   */
  public Forecaster {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(scaling, SCALING);
    Objects.requireNonNull(span, SPAN);
    Objects.requireNonNull(levels, LEVELS).forEach(each -> Objects.requireNonNull(each, "level"));
    levels = List.copyOf(levels);
    double before = 0;
    for (double level : levels) {
      if (!(level > before && level < 1)) {
        throw new IllegalArgumentException(
            "[forecaster] expected ascending levels above 0 and below 1, got " + levels);
      }
      before = level;
    }
    if (levels.isEmpty() || span.variable >= scaling.center().shape().size()) {
      throw new IllegalArgumentException(
          "[forecaster] expected levels, and a variable below "
              + scaling.center().shape().size()
              + ", got "
              + levels
              + " and "
              + span.variable);
    }
  }

  /**
   * Returns an untrained forecaster of the quantiles 0.1, 0.5 and 0.9: a recurrent layer, and a
   * linear layer on its last output.
   *
   * @param training the values of F variables at each step, {@code [T][F]}, which determine the
   *     scaling
   */
  public static Forecaster of(float[][] training, Span span, RecurrentConfig layers, Init init) {
    return of(training, span, List.of(0.1, 0.5, 0.9), layers, init);
  }

  /**
   * Returns an untrained forecaster, as {@link #of(float[][], Span, RecurrentConfig, Init)}.
   *
   * @param levels of the quantiles, ascending, above 0 and below 1
   */
  public static Forecaster of(
      float[][] training, Span span, List<Double> levels, RecurrentConfig layers, Init init) {
    if (Objects.requireNonNull(training, "training").length == 0) {
      throw new IllegalArgumentException("[forecaster] expected a series to train on, got none");
    }
    Tensor series = Sequences.of("forecaster", 0, training);
    int outputs = Math.multiplyExact(span.future, levels.size());
    ManyToOne model =
        new ManyToOne(
            Activation.identity(),
            layers.build(series.shape().dim(1), init.at("recurrent")),
            layers.direction() == RecurrentConfig.Direction.BOTH ? Pooling.mean() : Pooling.last(),
            Sequential.of(
                Linear.of(layers.outputSize(), outputs, init.at("head")),
                Unflatten.of(span.future, levels.size())));
    return new Forecaster(model, Scaling.standard(series), span, levels);
  }

  /** Returns the loss of training: that of the quantiles. */
  public Loss loss() {
    return Loss.quantile(levels.stream().mapToDouble(l -> l).toArray());
  }

  /**
   * Returns examples for training: all windows of a series.
   *
   * @param series {@code [T][F]}, with at least as many steps as a span
   * @throws IllegalArgumentException if it is shorter
   */
  public List<Example> examples(float[][] series) {
    Tensor scaled = scaling.apply(sequence(0, series));
    return new Windows(scaled, span.past, span.future, 1, span.variable)
        .stream().map(this::relative).toList();
  }

  private Tensor sequence(int index, float[][] steps) {
    int variables = scaling.center().shape().size();
    return Sequences.of("forecaster", index, variables, steps);
  }

  private Example relative(Example window) {
    Tensor x = window.input();
    double last = x.select(0, x.shape().dim(0) - 1).select(0, span.variable).item();
    float[] y = window.target().toFloats();
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) (y[i] - last);
    }
    return new Example(x, Tensor.of(Shape.of(y.length), y));
  }

  /**
   * Predicts the values that follow a series.
   *
   * @param past the values of F variables at each step, {@code [T][F]}, with at least as many steps
   *     as the model reads in training: {@link Span#past}
   * @throws IllegalArgumentException if there are fewer steps, the numbers of variables differ, or
   *     a value is not finite
   */
  public Forecast predict(float[]... past) {
    return predict(List.<float[][]>of(past)).getFirst();
  }

  /** Predicts the values that follow a series of a single variable: see {@link #predict}. */
  public Forecast predictSeries(float... past) {
    return predict(Sequences.single(past));
  }

  /** Predicts the values that follow series of any lengths: each as if it were alone. */
  public List<Forecast> predict(List<float[][]> series) {
    List<Example> examples = new ArrayList<>();
    for (float[][] each : series) {
      if (each.length < span.past) {
        throw new IllegalArgumentException(
            "[forecaster] sequence "
                + examples.size()
                + ": expected at least "
                + span.past
                + " steps, got "
                + each.length);
      }
      Tensor x = sequence(examples.size(), each);
      examples.add(new Example(scaling.apply(x), Tensor.of(Shape.of(), 0)));
    }
    List<Tensor> outputs =
        Batched.outputs(model, examples, (x, n) -> model.apply(x, n, Mode.evaluation()));
    List<Forecast> all = new ArrayList<>();
    for (Tensor y : outputs) {
      float[][] own = series.get(all.size());
      all.add(forecast(own[own.length - 1][span.variable], y.toDoubles()));
    }
    return all;
  }

  /**
   * Returns the forecast of an output of the model. Quantiles are sorted, since those of a network
   * may cross (Chernozhukov, Fernandez-Val &amp; Galichon 2010, doi:10.3982/ECTA7880).
   */
  Forecast forecast(double last, double... outputs) {
    double width = scaling.width().toDoubles()[span.variable];
    if (outputs.length != span.future * levels.size()
        || !Arrays.stream(outputs).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "[forecaster] expected "
              + span.future * levels.size()
              + " finite outputs of the model, got "
              + Arrays.toString(outputs));
    }
    List<List<Double>> steps = new ArrayList<>();
    for (int at = 0; at < outputs.length; at += levels.size()) {
      steps.add(
          Arrays.stream(outputs, at, at + levels.size())
              .map(y -> last + width * y)
              .sorted()
              .boxed()
              .toList());
    }
    return new Forecast(levels, steps);
  }

  /**
   * Opens a session, which reads one step at a time.
   *
   * @throws IllegalArgumentException if the model does not read forward in time step by step: see
   *     {@link ManyToOne#open}
   */
  public ForecasterSession open() {
    return new ForecasterSession(
        Live.onVectors(model, model.recurrent().inputSize(), model::open), this);
  }

  /** Returns scaled features of a step. */
  float[] scaled(float... features) {
    return Sequences.scaled(Optional.of(scaling), features);
  }

  /**
   * Writes the forecaster into one file: see {@link ModelFile#write}.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Path path) throws IOException {
    ModelFile.of(model)
        .with(ModelFile.KIND, KIND)
        .with(SCALING, scaling)
        .with(SPAN, span.past + " " + span.future + " " + span.variable)
        .with(LEVELS, String.join(" ", levels.stream().map(String::valueOf).toList()))
        .write(path);
  }

  /**
   * Reads a file that {@link #save} wrote.
   *
   * @throws IOException if it cannot be read, or has another model or other parts; the message
   *     names the file
   */
  public static Forecaster load(Path path) throws IOException {
    return ModelFile.read(
        path,
        KIND,
        file -> {
          List<Integer> span = numbers(file, SPAN, Integer::valueOf);
          if (span.size() != 3) {
            throw new IllegalArgumentException("[forecaster] expected a span of 3, got " + span);
          }
          return new Forecaster(
              file.model(ManyToOne.class),
              file.part(SCALING, Scaling.class),
              new Span(span.get(0), span.get(1), span.get(2)),
              numbers(file, LEVELS, Double::valueOf));
        });
  }

  private static <N> List<N> numbers(ModelFile file, String part, Function<String, N> number) {
    String text = file.part(part, String.class);
    try {
      return Arrays.stream(text.split(" ")).map(number).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "[forecaster] expected numbers in \"" + part + "\", got \"" + text + "\"", e);
    }
  }

  @Override
  public String toString() {
    return "Forecaster[" + span + ", levels " + levels + "]";
  }
}
