package dev.unroll.examples.serving;

import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.layers.loss.Loss;
import dev.unroll.models.Classifier;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.Trainer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Trains a classifier further on new data, saves it, and returns what was saved, opened again: the
 * served weights never change, and the file of a version has exactly what its answers came from.
 */
final class Retraining {
  private static final int STEPS = 50;
  private static final int EXAMPLES = 512;
  private static final int BATCH = 32;

  private final Classifier classifier;
  private final Path folder;
  private final Optimizer optimizer;

  Retraining(Classifier classifier, Path folder) {
    this.classifier = classifier;
    this.folder = folder;
    optimizer = Optimizer.of(new Adam(0.002), classifier.model().parameters());
  }

  /** Returns the file of a version. */
  static Path file(Path folder, long version) {
    return folder.resolve("sensors-" + version + ".unroll");
  }

  /** Returns the classifier of a version, trained for some updates on data of this version. */
  Classifier version(long version, int updates) throws IOException {
    if (updates > 0) {
      new Trainer(
              classifier.model(),
              Loss.crossEntropy(),
              optimizer,
              new ExampleBatches(
                  Samples.examples(EXAMPLES, STEPS, version),
                  Order.shuffled(EXAMPLES, BATCH, RandomKey.of(version))))
          .run(updates);
    }
    classifier.save(file(folder, version));
    return Classifier.load(file(folder, version));
  }
}
