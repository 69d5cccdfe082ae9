package programs;

import dev.unroll.data.ExampleBatches;
import dev.unroll.layers.Init;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.models.*;
import dev.unroll.optim.*;
import dev.unroll.training.Trainer;
import java.io.IOException;
import java.nio.file.*;
import java.util.*;

/** Tags the words of sentences with their parts of speech. */
class Tags {
  static void train(Path text, Path file) throws IOException {
    List<List<String>> words = new ArrayList<>();
    List<List<String>> tags = new ArrayList<>();
    for (String line : Files.readAllLines(text)) {
      words.add(Arrays.stream(line.split(" ")).map(w -> w.split("/")[0]).toList());
      tags.add(Arrays.stream(line.split(" ")).map(w -> w.split("/")[1]).toList());
    }
    Tagger tagger = Tagger.of(words, tags, 16, RecurrentConfig.of("gru", 16), Init.seed(1));
    var adam = Optimizer.of(new Adam(0.01), tagger.model().parameters());
    var batches = ExampleBatches.shuffled(tagger.examples(words, tags), 16, 1);
    new Trainer(tagger.model(), Loss.crossEntropy(), adam, batches).clip(1).runEpochs(5);
    tagger.save(file);
  }

  static void predict(Path file) throws IOException {
    Tagger tagger = Tagger.load(file);
    List<String> words = List.of("the", "green", "light", "sees", "a", "bird");
    IO.println("tags: " + tagger.predict(words));
    try (TaggerSession live = tagger.open()) {
      for (String word : words) IO.println("  " + word + " " + live.step(word).label());
    }
  }
}
