package consumer;

import dev.unroll.data.Labels;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.models.Classifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Saves and loads a classifier, and predicts with it. */
final class Main {
  private Main() {}

  static void main() throws IOException {
    Init init = Init.seed(1);
    ManyToOne model =
        new ManyToOne(
            Activation.identity(),
            Unroll.of(Cells.named("gru", 1, 8, init.at("cell"))),
            Pooling.last(),
            Linear.of(8, 2, init.at("head")));
    Path file = Files.createTempFile("model", ".safetensors");
    Classifier.of(model, new Labels(List.of("slow", "fast"))).save(file);
    System.out.println("modules: " + ModuleLayer.boot().modules().size());
    System.out.println("predicted: " + Classifier.load(file).predictSeries(0.5f, 1, -1));
    Files.delete(file);
  }
}
