package dev.unroll.examples.series;

import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.examples.picture.Chart;
import dev.unroll.examples.series.Episodes.Span;
import dev.unroll.files.OutputPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns the behavior of a metric, and detects anomalies. */
@Command(name = "alert", description = "Learns the behavior of a metric, and detects anomalies.")
public final class AlertCommand implements Application {
  private static final int FEWEST = 1000;

  /** The number of values without an alert that separate two episodes. */
  private static final int GAP = 24;

  /** The window of the moving z-score. */
  private static final int BEFORE = 48;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A time and a value per line (default: generated requests).")
  private @Nullable Path data;

  @Mixin private final SeriesFormat format = new SeriesFormat();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "JSON that names the faults of files, as NAB's combined_windows.json.")
  private @Nullable Path labels;

  @Option(names = "--training", paramLabel = "X", description = "The fraction for training.")
  private double share = 0.15;

  @Option(names = "--window", paramLabel = "N", description = "Input values.")
  private int window = 336;

  @Option(names = "--ahead", paramLabel = "N", description = "The forecast distance, in values.")
  private int ahead = 12;

  @Option(
      names = "--smooth",
      paramLabel = "N",
      description = "The number of errors that are averaged.")
  private int smooth = 6;

  @Mixin private final FitOptions options = new FitOptions(32, 0.003);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 400;

  @Option(
      names = "--margin",
      paramLabel = "X",
      description = "The threshold, in units of the largest training error.")
  private double margin = 1.5;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file of the chart of the scores.")
  private Path picture = Path.of("runs", "alert.svg");

  @Override
  public void run() throws IOException {
    OutputPaths.file(picture);
    if (!(share > 0 && share < 1) || !(margin > 0)) {
      throw new IllegalArgumentException(
          "--training must lie between 0 and 1, --margin above 0, not " + share + " and " + margin);
    }
    Series series =
        data == null ? MadeMetric.of(options.key()) : format.read(data, FEWEST, System.out);
    double[] values = series.array();
    int training = (int) (values.length * share);
    List<Span> faults = faults(series).stream().filter(f -> f.to() >= training).toList();
    int fitted = training * 2 / 3;
    if (fitted < 2 * (window + ahead)) {
      throw new IllegalArgumentException(
          "two thirds of the training part are "
              + fitted
              + " values, too few for --window "
              + window
              + " and --ahead "
              + ahead);
    }
    Forecaster model =
        new Forecaster(values, Calendar.of(series.times()), fitted, window, ahead, options)
            .fit(steps);
    int first = window + ahead - 1; // The first value with a forecast.
    List<double[]> said =
        model.forecast(window, values.length - ahead + 1).stream()
            .map(s -> Arrays.copyOfRange(s, s.length - 3, s.length))
            .toList();
    double[] widths =
        said.stream().limit(training - first).mapToDouble(s -> s[2] - s[0]).sorted().toArray();
    double[] scores = Scores.forecastErrors(values, said, first, smooth, widths[widths.length / 2]);
    double threshold = margin * Arrays.stream(scores, fitted, training).max().orElseThrow();
    List<Span> episodes = Episodes.above(threshold, scores, training, GAP);
    for (Span e : episodes) {
      print(
          "alert from %s to %s%s%n",
          series.times().get(e.from()),
          series.times().get(e.to()),
          faults.stream().anyMatch(e::meets) ? "" : "  ?");
    }
    print("%n%-38s  faults  false episodes  in alarm%n", "");
    int asked = values.length - training;
    double[] moving = Scores.moving(values, BEFORE);
    double largest = Arrays.stream(moving, BEFORE, training).max().orElseThrow();
    for (double by : new double[] {1, margin}) {
      List<Span> others = Episodes.above(by * largest, moving, training, GAP);
      print(
          "%-38s %s%n",
          String.format(Locale.ROOT, "moving z-score, %.1f times its largest", by),
          Episodes.compare(asked, faults, others));
    }
    print("%-38s %s%n", "this model", Episodes.compare(asked, faults, episodes));
    Chart chart = new Chart("number of the value", "error, in widths of the interval");
    for (int t = training; t < scores.length; t++) {
      chart.point("score", t, scores[t]);
    }
    for (int t : List.of(training, scores.length)) {
      chart.point("threshold", t, threshold);
    }
    double above = 1.05 * Arrays.stream(scores, training, scores.length).max().orElseThrow();
    for (Span f : faults) {
      chart.point("faults", f.from(), Double.NaN);
      chart.point("faults", f.from(), above);
      chart.point("faults", f.to(), above);
    }
    chart.write(picture);
    print("drawn %s%n", picture);
  }

  private List<Span> faults(Series series) throws IOException {
    if (labels != null) {
      return KnownFaults.read(labels, series);
    }
    return data == null ? MadeMetric.faults() : List.of();
  }
}
