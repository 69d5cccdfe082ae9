package consumer;

import dev.unroll.data.TokenStream;
import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.LanguageModelTraining;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a language model on a text that repeats itself, saves it, and loads it again. */
final class Main {
  private Main() {}

  static void main(String... args) throws IOException {
    Path file = Path.of(args[0]);
    LanguageModel.Config config = new LanguageModel.Config("gru", 3, 4, 8, 1);
    LanguageModel model = LanguageModel.of(config, Init.seed(1));
    TokenStream text = text();
    LanguageModelTraining training =
        new LanguageModelTraining(
            model, Optimizer.of(new Adam(0.02), model.parameters()), text, 1, RandomKey.of(2));
    double first = training.step().loss();
    double last = first;
    for (int i = 0; i < 60; i++) {
      last = training.step().loss();
    }
    System.out.println("loss: " + (last < first / 2 ? "falls" : first + " to " + last));

    new Safetensors(model.save(), config.toMap()).write(file);
    Safetensors read = Safetensors.read(file);
    LanguageModel loaded =
        LanguageModel.of(LanguageModel.Config.of(read.metadata()), Init.seed(3));
    System.out.println("load: " + loaded.load(read.tensors()));
    boolean same =
        LanguageModelTraining.evaluate(model, text()) == LanguageModelTraining.evaluate(loaded, text());
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
