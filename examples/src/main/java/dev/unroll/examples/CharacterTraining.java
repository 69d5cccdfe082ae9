package dev.unroll.examples;

import dev.unroll.data.TokenStream;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Generator;
import dev.unroll.layers.recurrent.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Tokenizer;
import dev.unroll.training.LanguageModelTraining;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains a character-level language model, and leaves it in a folder. */
final class CharacterTraining {
  /** Gradients longer than this, all together, are shortened. */
  static final double MAX_NORM = 1;

  /** How often a training shows what it can write. */
  private static final int SAMPLES = 5;

  private static final int PROMPT = 20;

  private final TrainCommand options;
  private final Path path;
  private final PrintStream out;
  private final Tokenizer characters = Tokenizer.named("characters");

  CharacterTraining(TrainCommand options, Path path, PrintStream out) {
    this.options = options;
    this.path = path;
    this.out = out;
  }

  /** Runs to the end or to an interrupt. What is wrong with the options is said before anything. */
  void run() throws IOException {
    Corpus corpus = Corpus.read(options.text, characters);
    LanguageModel.Config config =
        new LanguageModel.Config(
            options.cell,
            corpus.vocabulary().size(),
            options.embedding,
            options.hidden,
            options.layers);
    LanguageModel model = LanguageModel.of(config, Init.seed(options.seed));
    LanguageModelTraining training =
        new LanguageModelTraining(
            model,
            Optimizer.of(new Adam(options.learningRate), model.parameters()),
            new TokenStream(corpus.training(), options.batch, options.window),
            MAX_NORM,
            RandomKey.of(options.seed));
    RunFolder folder = RunFolder.create(path);
    introduce(corpus, config, model);
    List<Double> losses;
    try (Interrupt interrupt = new Interrupt();
        Metrics metrics = new Metrics(folder.metrics())) {
      corpus.vocabulary().save(folder.vocabulary());
      RunConfig.write(folder.config(), options, config, corpus);
      try {
        train(training, model, corpus, metrics, interrupt);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "the training diverged after step "
                + metrics.bits().size()
                + ", a smaller --learning-rate may help; the weights until then are in "
                + path,
            e);
      } finally {
        folder.save(model, config);
      }
      losses = metrics.bits();
      if (interrupt.requested()) {
        LossCurve.write(folder.curve(), losses, Map.of());
        out.printf(Locale.ROOT, "interrupted after step %,d; saved %s%n", losses.size(), path);
        return;
      }
    }
    finish(folder, model, corpus, losses);
  }

  private void introduce(Corpus corpus, LanguageModel.Config config, LanguageModel model) {
    int weights = model.parameters().values().stream().mapToInt(p -> p.shape().size()).sum();
    out.printf(
        Locale.ROOT,
        "text: %s, %,d characters (%,d different); %,d more are held out%n",
        corpus.name(),
        corpus.training().length,
        corpus.vocabulary().size() - 1,
        corpus.validation().length);
    out.printf(Locale.ROOT, "model: %s, %,d weights%n", name(config), weights);
  }

  private static String name(LanguageModel.Config c) {
    return c.cell() + " " + c.layers() + " x " + c.hidden();
  }

  private void train(
      LanguageModelTraining training,
      LanguageModel model,
      Corpus corpus,
      Metrics metrics,
      Interrupt interrupt)
      throws IOException {
    long interval = Math.max(1, options.steps / SAMPLES);
    try (Progress progress = Progress.of("train", options.steps, out)) {
      for (long step = 1; step <= options.steps && !interrupt.requested(); step++) {
        LanguageModelTraining.Result r = training.step();
        metrics.add(r.loss(), r.norm(), r.tokens());
        progress.show(step, metrics.recentBits(), metrics.speed());
        if (step % interval == 0 && step < options.steps) {
          progress.print(sample(model, corpus, 100));
        }
      }
    }
  }

  /** Continues the beginning of the text held out. */
  private String sample(LanguageModel model, Corpus corpus, int length) {
    int[] held = corpus.validation();
    int[] prompt = Arrays.copyOf(held, Math.min(PROMPT, held.length));
    Generator generator = new Generator(model, 0.7, RandomKey.of(options.seed));
    String begin = corpus.vocabulary().decode(characters, prompt);
    String added = corpus.vocabulary().decode(characters, generator.generate(prompt, length));
    return "\n" + (begin + added).strip().indent(4);
  }

  private void finish(RunFolder folder, LanguageModel model, Corpus corpus, List<Double> losses)
      throws IOException {
    Map<String, Double> bits = Comparison.baselines(corpus);
    bits.put("this model", Comparison.bits(model, corpus, options.batch, options.window));
    LossCurve.write(folder.curve(), losses, bits);
    out.println(sample(model, corpus, 400));
    out.println(Comparison.table(bits));
    out.println("saved " + path);
  }
}
