package dev.unroll.examples.vision;

import dev.unroll.autograd.Variable;
import dev.unroll.data.BatchSource;
import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Flatten;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.conv.Conv2d;
import dev.unroll.layers.conv.Window;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.training.Evaluation;
import dev.unroll.training.Metric;
import dev.unroll.training.Task;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Classifies short films. */
@Command(name = "video", description = "Classifies short films.")
public final class VideoCommand implements Application {
  private static final int BATCH = 32;
  private static final int HELD_OUT = 30;

  @Mixin private final FitOptions options = new FitOptions(64, 0.003);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 1000;

  @Override
  public void run() throws IOException {
    print(
        "films of %d frames of %d by %d: %s%n",
        Film.FRAMES, Film.SIZE, Film.SIZE, String.join(", ", Film.EVENTS));
    Init init = options.init();
    Sequential alone =
        Sequential.of(
            frames(init),
            Activation.relu(),
            Linear.of(options.hidden(), Film.EVENTS.size(), init.at("head")));
    double single =
        accuracy(
            "frames",
            alone,
            Task.of((b, mode) -> alone.apply(Variable.of(b.inputs()), mode), Loss.crossEntropy()));
    ManyToMany model =
        new ManyToMany(
            frames(init),
            Unroll.of(LstmCell.of(options.hidden(), options.hidden(), init.at("cell"))),
            Linear.of(options.hidden(), Film.EVENTS.size(), init.at("head")));
    double film = accuracy("lstm", model, Task.of(model, Loss.crossEntropy()));
    print("%n%-24s accuracy%n", "on films not seen before");
    print("%-24s %.4f%n", "by chance", 1.0 / Film.EVENTS.size());
    print("%-24s %.4f%n", "from single frames", single);
    print("%-24s %.4f%n", "this model", film);
  }

  /** Returns the encoder of frames: {@code [B, T, H, W, 1] -> [B, T, options.hidden()]}. */
  private Sequential frames(Init init) {
    Window every = Window.of(3).stride(2).padding(1);
    int side = every.outputLength(Film.SIZE);
    return Sequential.of(
        Conv2d.of(1, 8, every, every, init.at("convolution")),
        Activation.relu(),
        new Flatten(3),
        Linear.of(side * side * 8, options.hidden(), init.at("frame")));
  }

  private double accuracy(String name, Layer model, Task task) throws IOException {
    BatchSource films = BatchSource.generated(k -> Film.batch(k, BATCH), options.key(), steps);
    options.fit(steps).run(name, model, task, films);
    BatchSource heldOut =
        BatchSource.generated(k -> Film.batch(k, BATCH), options.key().fold("held out"), HELD_OUT);
    return Evaluation.of(task, heldOut, Metric.accuracy());
  }
}
