package programs;

import dev.unroll.data.*;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.models.*;
import dev.unroll.optim.*;
import dev.unroll.training.Trainer;
import java.io.IOException;
import java.nio.file.Path;

/** Forecasts the sales of a week with intervals. */
class Sales {
  static void train(Path csv, Path file) throws IOException {
    float[] sold = Table.read(csv).numbers("sold").toFloats();
    float[][] series = new float[sold.length][];
    for (int t = 0; t < sold.length; t++) series[t] = new float[] {sold[t]};
    var forecaster = Forecaster.of(series, Forecaster.Span.of(28, 7), RecurrentConfig.of("lstm", 24), Init.seed(1));
    var adam = Optimizer.of(new Adam(0.005), forecaster.model().parameters());
    var windows = ExampleBatches.shuffled(forecaster.examples(series), 16, 1);
    new Trainer(forecaster.model(), forecaster.loss(), adam, windows).clip(1).runEpochs(10);
    forecaster.save(file);
  }

  static void predict(Path file) throws IOException {
    Forecaster forecaster = Forecaster.load(file);
    float[] past = new float[28];
    for (int t = 0; t < 28; t++) past[t] = (float) (124 + 25 * Math.sin(2 * Math.PI * t / 7));
    Forecast week = forecaster.predictSeries(past);
    IO.println("sales: " + week.quantile(0.1) + " to " + week.quantile(0.9));
    try (ForecasterSession live = forecaster.open()) {
      for (float sold : past) week = live.step(sold).orElse(week);
      IO.println("  " + week.median());
    }
  }
}
