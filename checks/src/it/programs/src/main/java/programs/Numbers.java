package programs;

import dev.unroll.data.ExampleBatches;
import dev.unroll.layers.Init;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.models.Translator;
import dev.unroll.optim.*;
import dev.unroll.text.tokenize.TextEncoder;
import dev.unroll.training.*;
import java.io.IOException;
import java.nio.file.*;
import java.util.*;

/** Translates digits and reverses their order, with attention. */
class Numbers {
  static void train(Path tsv, Path file) throws IOException {
    List<String> english = new ArrayList<>();
    List<String> german = new ArrayList<>();
    for (String line : Files.readAllLines(tsv)) {
      english.add(line.split("\t")[0]);
      german.add(line.split("\t")[1]);
    }
    var translator = Translator.of(
        TextEncoder.learn("words", english), TextEncoder.learn("words", german),
        20, 16, RecurrentConfig.of("gru", 32).bidirectional(), Init.seed(1));
    var model = translator.model();
    Task task = Task.of(model, translator.begin(), Loss.crossEntropy());
    var batches = ExampleBatches.bucketed(translator.examples(english, german), 16, 1);
    new Trainer(model, task, Optimizer.of(new Adam(0.01), model.parameters()), batches).clip(1).runEpochs(12);
    translator.save(file);
  }

  static void predict(Path file) throws IOException {
    Translator translator = Translator.load(file);
    IO.println("numbers: " + translator.translate("one two three four"));
    translator.translate("five six", piece -> IO.println("  [" + piece + "]"));
  }
}
