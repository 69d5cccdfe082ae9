package programs;

import dev.unroll.data.*;
import dev.unroll.layers.Init;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.models.*;
import dev.unroll.optim.*;
import dev.unroll.training.*;
import java.io.IOException;
import java.nio.file.Path;

/** Classifies sequences of sensor readings from a CSV file with gaps. */
class Sensors {
  static void train(Path csv, Path file) throws IOException {
    Table table = Table.read(csv);
    Table filled = table.fill(table.means(), "temperature");
    DatasetSplit data = filled.series("machine", "minute").labels("state").split(0.8, 1);
    Classifier classifier = Classifier.of(data.training(), RecurrentConfig.of("gru", 16), Init.seed(1));
    var model = classifier.model();
    var adam = Optimizer.of(new Adam(0.01), model.parameters());
    var batches = ExampleBatches.shuffled(classifier.examples(data.training()), 8, 1);
    var heldOut = ExampleBatches.sequential(classifier.examples(data.heldOut()), 8);
    new Trainer(model, Loss.crossEntropy(), adam, batches).clip(1).runEpochs(10);
    IO.println(ClassReport.of(Task.of(model, Loss.crossEntropy()), heldOut, classifier.labels().names()));
    classifier.save(file);
  }

  static void predict(Path file) throws IOException {
    Classifier classifier = Classifier.load(file);
    float[][] readings = {{0.9f, 61}, {-0.2f, 61.5f}, {-0.9f, 62}, {0.1f, 62.5f}, {0.9f, 63}};
    IO.println("sensors: " + classifier.predict(readings));
    try (ClassifierSession live = classifier.open()) {
      for (float[] reading : readings) {
        IO.println("  " + live.step(reading));
      }
    }
  }
}
