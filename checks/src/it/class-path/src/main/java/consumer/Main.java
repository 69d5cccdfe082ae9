package consumer;

import dev.unroll.data.TokenStream;
import dev.unroll.layers.Init;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.models.ModelFile;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.data.Labels;
import dev.unroll.training.Evaluation;
import dev.unroll.training.LanguageModeling;
import dev.unroll.training.Metric;
import dev.unroll.training.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Trains a language model of a custom cell on a text that repeats itself, saves it, and loads it again. */
final class Main {
  private Main() {}

  static void main(String... args) throws IOException {
    Path file = Path.of(args[0]);
    LanguageModel.Config config = new LanguageModel.Config("own", 3, 4, 8, 1);
    LanguageModel model = LanguageModel.of(config, Init.seed(1));
    TokenStream text = text();
    LanguageModeling task = new LanguageModeling(model);
    Optimizer adam = Optimizer.of(new Adam(0.02), model.parameters());
    double first = Evaluation.of(task, text(), Metric.loss());
    new Trainer(model, task, adam, text).clip(1).run(60);
    double last = Evaluation.of(task, text(), Metric.loss());
    System.out.println("loss: " + (last < first / 2 ? "falls" : first + " to " + last));

    ModelFile.of(model).with("words", new Labels(List.of("a", "b", "c"))).write(file);
    ModelFile read = ModelFile.read(file);
    System.out.println("read: " + read);
    LanguageModel loaded = read.model(LanguageModel.class);
    boolean same =
        last == Evaluation.of(new LanguageModeling(loaded), text(), Metric.loss());
    System.out.println("loaded model: " + (same ? "same loss" : "another loss"));
  }

  private static TokenStream text() {
    int[] tokens = new int[201];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = i % 3;
    }
    return new TokenStream(tokens, 4, 10);
  }
}
