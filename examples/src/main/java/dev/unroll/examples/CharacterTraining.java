package dev.unroll.examples;

import dev.unroll.data.TokenStream;
import dev.unroll.examples.fit.Terminal;
import dev.unroll.layers.Init;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import dev.unroll.training.LanguageModeling;
import dev.unroll.training.Listener;
import dev.unroll.training.ProgressDisplay;
import dev.unroll.training.Trainer;
import dev.unroll.training.TrainingStep;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains a character-level language model, and saves it in a folder. */
final class CharacterTraining {
  /** The maximum global norm of the gradients. */
  private static final double MAX_NORM = 1;

  /** The number of samples that a run prints. */
  private static final int SAMPLES = 5;

  private static final Tokenizer CHARACTERS = Tokenizers.named("characters");

  private final RunConfig config;
  private final RunFolder folder;
  private final PrintStream out;
  private final Corpus corpus;
  private final LanguageModel model;
  private final Trainer trainer;

  private CharacterTraining(
      RunConfig config, RunFolder folder, long checkpoint, Corpus corpus, PrintStream out) {
    this.config = config;
    this.folder = folder;
    this.corpus = corpus;
    this.out = out;
    out.println("text: " + corpus.summary()); // Creating a large model takes a while.
    LanguageModel.Config sizes = config.model(corpus.vocabulary().size());
    model = LanguageModel.of(sizes, Init.seed(config.seed()));
    trainer =
        new Trainer(
                model,
                new LanguageModeling(model),
                Optimizer.of(new Adam(config.learningRate()), model.parameters()),
                new TokenStream(corpus.training(), config.batch(), config.window()))
            .key(RandomKey.of(config.seed()))
            .clip(MAX_NORM)
            .describe(RunFolder.metadata(sizes, corpus.vocabulary()))
            .checkpoints(folder.checkpoints().home(), checkpoint);
  }

  /** Starts a run in a new folder. Invalid options are reported before the folder is created. */
  static void begin(RunConfig config, RunFolder folder, long checkpoint, PrintStream out)
      throws IOException {
    folder.expectNew();
    Corpus corpus = Corpus.read(config.path(), CHARACTERS);
    RunConfig known = config.withFingerprint(corpus.fingerprint());
    CharacterTraining training = new CharacterTraining(known, folder, checkpoint, corpus, out);
    folder.create();
    corpus.vocabulary().save(folder.vocabulary());
    known.write(folder.config());
    training.run();
  }

  /**
   * Resumes a run from its newest checkpoint, or from the beginning if it has none yet.
   *
   * @param config the configuration of the run, with the total number of steps
   */
  static void resume(RunConfig config, RunFolder folder, long checkpoint, PrintStream out)
      throws IOException {
    Corpus corpus = Corpus.read(config.path(), CHARACTERS);
    if (corpus.fingerprint() != config.fingerprint()) {
      throw new IOException(corpus.name() + ": the text has changed since the run began");
    }
    CharacterTraining training = new CharacterTraining(config, folder, checkpoint, corpus, out);
    boolean resumed = training.trainer.resume();
    long made = training.trainer.steps();
    if (made > config.steps() || (made == config.steps() && folder.isFinished(training.model))) {
      throw new IllegalArgumentException(
          folder.path() + " has made its " + made + " steps; --steps asks for more");
    }
    config.write(folder.config());
    String where =
        resumed ? "after step " + made : "from the beginning, there is no checkpoint yet";
    out.printf(Locale.ROOT, "resuming %s %s%n", folder.path(), where);
    training.run();
  }

  private void run() throws IOException {
    int weights = model.parameters().values().stream().mapToInt(p -> p.shape().size()).sum();
    out.println("model: " + config.summary(weights));
    List<Double> losses;
    Trainer.Result result;
    try (Interrupt _ = new Interrupt(trainer::stop);
        Metrics metrics = new Metrics(folder.metrics(), trainer.steps())) {
      ProgressDisplay progress =
          Terminal.progress("train", out)
              .showing(_ ->
                  String.format(
                      Locale.ROOT,
                      "%.3f bits/character, %,.0f tokens/s",
                      metrics.recentBits(),
                      metrics.speed()));
      trainer.listen(metrics).listen(progress).listen(samples(progress));
      result = trainer.run(config.steps());
      LanguageModel.Config sizes = config.model(corpus.vocabulary().size());
      folder.save(model, RunFolder.metadata(sizes, corpus.vocabulary()));
      losses = metrics.bits();
      if (result.reason() == Trainer.Reason.STOPPED) {
        LossCurve.write(folder.curve(), losses, Map.of());
        progress.print(
            String.format(
                Locale.ROOT,
                "interrupted after step %,d; saved %s (--resume continues)",
                result.steps(),
                folder.path()));
      }
    }
    if (result.reason() != Trainer.Reason.STOPPED) {
      finish(losses);
    }
  }

  private Listener samples(ProgressDisplay progress) {
    long interval = Math.max(1, config.steps() / SAMPLES);
    return new Listener() {
      @Override
      public void onStep(TrainingStep step) throws IOException {
        if (step.number() % interval == 0 && step.number() < config.steps()) {
          progress.print(sample());
        }
      }
    };
  }

  /** A model that diverges in this step cannot write; its next step reports the error. */
  private String sample() {
    try {
      return corpus.continued(model, config.seed(), 100);
    } catch (IllegalArgumentException e) {
      return "no sample: " + e.getMessage();
    }
  }

  private void finish(List<Double> losses) throws IOException {
    Map<String, Double> bits = Comparison.baselines(corpus);
    bits.put("this model", Comparison.bits(model, corpus, config.batch(), config.window()));
    LossCurve.write(folder.curve(), losses, bits);
    out.println(corpus.continued(model, config.seed(), 400));
    out.println(Comparison.table(bits));
    out.println("saved " + folder.path());
  }
}
