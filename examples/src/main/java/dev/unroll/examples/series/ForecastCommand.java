package dev.unroll.examples.series;

import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.examples.picture.Chart;
import dev.unroll.files.OutputPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Forecasts a time series, with prediction intervals. */
@Command(name = "forecast", description = "Forecasts a time series, with prediction intervals.")
public final class ForecastCommand implements Application {
  private static final int MADE = 2000;
  private static final int ORDER = 12;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A time and a value per line (default: Mackey-Glass).")
  private @Nullable Path data;

  @Mixin private final SeriesFormat format = new SeriesFormat();

  @Option(
      names = "--horizons",
      paramLabel = "N",
      split = ",",
      description = "Forecast horizons, in values.")
  private List<Integer> horizons = List.of(1, 6, 12);

  @Option(names = "--season", paramLabel = "N", description = "Values of one season.")
  private int season = 17;

  @Option(names = "--window", paramLabel = "N", description = "Input values.")
  private int window = 36;

  @Mixin private final FitOptions options = new FitOptions(48, 0.003);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 3000;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file of the chart of the last forecast.")
  private Path picture = Path.of("runs", "forecast.svg");

  @Override
  public void run() throws IOException {
    OutputPaths.file(picture);
    int farthest = horizons.stream().mapToInt(h -> h).max().orElse(0);
    // A quarter is for evaluation; the rest must suffice for several windows, seasons and weights.
    int fewest = 2 * (Math.max(window, Math.max(season, 2 * ORDER)) + farthest);
    Series series =
        data == null ? MackeyGlass.of(MADE, options.key()) : format.read(data, fewest, System.out);
    double[] values = series.array();
    if (values.length < fewest) {
      throw new IllegalArgumentException(
          "these windows, seasons and horizons require "
              + fewest
              + " values, not "
              + values.length);
    }
    int training = values.length * 3 / 4;
    print(
        "%s: %,d values to learn from, then a forecast at each of %,d origins%n",
        series.name(), training, values.length - training);
    Map<String, Baselines> others = new LinkedHashMap<>();
    others.put("persistence", Baselines.persistence());
    others.put("seasonal naive", Baselines.seasonal(season));
    others.put("AR(12)", Baselines.autoregressive(Arrays.copyOf(values, training), ORDER));
    Forecaster model =
        new Forecaster(values, List.of(), training, window, farthest, options).fit(steps);
    List<double[]> forecasts = model.forecast(training, values.length);
    for (int horizon : horizons) {
      table(horizon, values, training, forecasts, others);
    }
    draw(values, training, forecasts, farthest);
  }

  private void table(
      int h,
      double[] values,
      int training,
      List<double[]> forecasts,
      Map<String, Baselines> others) {
    Map<String, Accuracy> all = new LinkedHashMap<>();
    Accuracy model = new Accuracy();
    int inside = 0;
    int origins = values.length - training - h + 1;
    for (int i = 0; i < origins; i++) {
      double came = values[training + i + h - 1];
      double[] seen = Arrays.copyOf(values, training + i);
      others.forEach((name, b) ->
          all.computeIfAbsent(name, n -> new Accuracy()).add(b.forecast(seen, h)[h - 1], came));
      double[] said = Arrays.copyOfRange(forecasts.get(i), (h - 1) * 3, h * 3);
      model.add(said[1], came);
      inside += said[0] <= came && came <= said[2] ? 1 : 0;
    }
    all.put("this model", model);
    print("%n%-18s %10s %10s %8s%n", h + " ahead", "MAE", "RMSE", "sMAPE");
    all.forEach(
        (name, a) -> print("%-18s %10.4g %10.4g %7.2f%%%n", name, a.mae(), a.rmse(), a.smape()));
    print("%.1f%% of the values lie within the model's 80%% interval%n", 100.0 * inside / origins);
    all.entrySet().stream()
        .min((a, b) -> Double.compare(a.getValue().mae(), b.getValue().mae()))
        .filter(best -> best.getValue() != model)
        .ifPresent(best -> print("here %s is better: take it%n", best.getKey()));
  }

  /** Draws the actual values, and the forecasts of the farthest horizon for consecutive origins. */
  private void draw(double[] values, int training, List<double[]> forecasts, int farthest)
      throws IOException {
    int first = Math.max(training + farthest - 1, values.length - 150);
    Chart chart = new Chart("number of the value", "forecast " + farthest + " ahead");
    for (int t = first; t < values.length; t++) {
      double[] said = forecasts.get(t - farthest + 1 - training);
      int at = (farthest - 1) * 3;
      chart.point("came", t, values[t]);
      chart.point("forecast, and its 80% interval", t, said[at + 1]);
      chart.band("forecast, and its 80% interval", t, said[at], said[at + 2]);
    }
    chart.write(picture);
    print("drawn %s%n", picture);
  }
}
