package programs;

import dev.unroll.data.*;
import dev.unroll.layers.Init;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.models.*;
import dev.unroll.optim.*;
import dev.unroll.text.tokenize.*;
import dev.unroll.training.Trainer;
import java.io.IOException;
import java.nio.file.*;
import java.util.*;

/** Predicts the sentiment of reviews with a tokenizer that is trained on them. */
class Reviews {
  static void train(Path tsv, Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (String line : Files.readAllLines(tsv)) {
      texts.add(line.split("\t")[0]);
      labels.add(line.split("\t")[1]);
    }
    TextEncoder encoder = TextEncoder.of(new BpeTraining(400, 2).byteLevel(texts));
    var classifier = TextClassifier.of(encoder, Labels.of(labels), 16, RecurrentConfig.of("lstm", 24), Init.seed(1));
    var adam = Optimizer.of(new Adam(0.01), classifier.model().parameters());
    var batches = ExampleBatches.bucketed(classifier.examples(texts, labels), 16, 1);
    new Trainer(classifier.model(), Loss.crossEntropy(), adam, batches).clip(1).runEpochs(8);
    classifier.save(file);
  }

  static void predict(Path file) throws IOException {
    TextClassifier classifier = TextClassifier.load(file);
    IO.println("reviews: " + classifier.predict("the music was not dull in every scene"));
    try (TextClassifierSession live = classifier.open()) {
      for (String piece : List.of("the ending", " was", " boring")) IO.println("  " + live.read(piece));
    }
  }
}
