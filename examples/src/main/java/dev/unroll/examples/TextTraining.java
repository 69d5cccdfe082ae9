package dev.unroll.examples;

import dev.unroll.data.TokenPieces;
import dev.unroll.examples.fit.Terminal;
import dev.unroll.files.AtomicFile;
import dev.unroll.layers.Init;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.Regularization;
import dev.unroll.models.ModelFile;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Schedule;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.FileLog;
import dev.unroll.training.LanguageModeling;
import dev.unroll.training.Listener;
import dev.unroll.training.ProgressDisplay;
import dev.unroll.training.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Trains a language model, and saves it in a folder. */
final class TextTraining {
  /** The maximum global norm of the gradients. */
  private static final double MAX_NORM = 1;

  /** The number of windows that are read from one initial state. */
  private static final int WINDOWS = 10;

  /** The number of validations of a run. */
  private static final int VALIDATIONS = 10;

  /** The number of held-out tokens of a validation. */
  private static final int SAMPLE = 50_000;

  private final TrainOptions options;
  private final RunFolder folder;
  private final PrintStream out;
  private final Corpus corpus;
  private final LanguageModel model;
  private final Trainer trainer;

  private TextTraining(
      TrainOptions options, RunFolder folder, long checkpoint, Corpus corpus, PrintStream out) {
    this.options = options;
    this.folder = folder;
    this.corpus = corpus;
    this.out = out;
    out.println("text: " + corpus.summary()); // Creating a large model takes a while.
    int[] text = corpus.training();
    model = LanguageModel.of(options.model(corpus.vocabulary().size()), Init.seed(options.seed));
    LanguageModel trained =
        options.dropout == 0 ? model : model.with(Regularization.zaremba(options.dropout));
    RandomKey key = RandomKey.of(options.seed);
    long fit = (text.length - 1) / ((long) options.batch * options.window);
    int windows = Math.clamp(fit, 1, WINDOWS);
    trainer =
        new Trainer(
                model,
                new LanguageModeling(trained),
                Optimizer.of(new Adam(options.learningRate), model.parameters()),
                new TokenPieces(text, options.batch, options.window, windows, key.fold("pieces")))
            .key(key)
            .clip(MAX_NORM)
            .schedule(Schedule.cosine(options.steps))
            .validate(
                corpus.stream(corpus.sample(SAMPLE), options.batch, options.window),
                Math.max(1, options.steps / VALIDATIONS),
                options.unit.metric())
            .restoreBest()
            .checkpoints(folder.checkpoints().home(), checkpoint);
  }

  /** Starts a run in a new folder. Invalid options are reported before the folder is created. */
  static void begin(TrainOptions options, RunFolder folder, long checkpoint, PrintStream out)
      throws IOException {
    folder.expectNew();
    Corpus corpus = Corpus.read(options);
    options.fingerprint = corpus.fingerprint();
    TextTraining training = new TextTraining(options, folder, checkpoint, corpus, out);
    folder.create();
    options.write(folder.options());
    training.run();
  }

  /**
   * Resumes a run from its newest checkpoint, or from the beginning if it has none yet.
   *
   * @param options those of the run, with the total number of steps
   */
  static void resume(TrainOptions options, RunFolder folder, long checkpoint, PrintStream out)
      throws IOException {
    Corpus corpus = Corpus.read(options);
    if (corpus.fingerprint() != options.fingerprint) {
      throw new IOException(corpus.name() + ": the text has changed since the run began");
    }
    TextTraining training = new TextTraining(options, folder, checkpoint, corpus, out);
    boolean resumed = training.trainer.resume();
    long made = training.trainer.steps();
    if (made > options.steps || (made == options.steps && Files.exists(folder.result()))) {
      throw new IllegalArgumentException(
          folder.path() + " has made its " + made + " steps; --steps asks for more");
    }
    Files.deleteIfExists(folder.result());
    options.write(folder.options());
    String where =
        resumed ? "after step " + made : "from the beginning, there is no checkpoint yet";
    out.printf(Locale.ROOT, "resuming %s %s%n", folder.path(), where);
    training.run();
  }

  private void run() throws IOException {
    int weights = model.parameters().values().stream().mapToInt(p -> p.shape().size()).sum();
    out.printf(
        Locale.ROOT,
        "model: %s %d x %d, %,d weights%n",
        options.cell,
        options.layers,
        options.hidden,
        weights);
    Trainer.Result result;
    try (Interrupt _ = new Interrupt(trainer::stop)) {
      ProgressDisplay progress = Terminal.progress("train", out).counting("tokens");
      result =
          trainer
              .listen(FileLog.csv(folder.metrics(), options.unit.metric()))
              .listen(progress)
              .listen(saved(progress))
              .run(options.steps);
      save();
      if (result.reason() == Trainer.Reason.STOPPED) {
        progress.print(
            String.format(
                Locale.ROOT,
                "interrupted after step %,d; saved %s (--resume continues)",
                result.steps(),
                folder.path()));
      }
    }
    if (result.reason() != Trainer.Reason.STOPPED) {
      out.println(corpus.continued(model, options.seed, 400));
      String table = Comparison.table(model, corpus, options);
      out.println(table);
      byte[] bytes = table.getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(folder.result(), to -> to.write(bytes));
      out.println("saved " + folder.path());
    }
  }

  /** Saves the model with each checkpoint, and prints a sample after each validation. */
  private Listener saved(ProgressDisplay progress) {
    return new Listener() {
      @Override
      public void onCheckpoint(long step, Path checkpoint) throws IOException {
        save();
      }

      @Override
      public void onValidation(long step, Map<String, Double> metrics, boolean best)
          throws IOException {
        if (step < options.steps) {
          progress.print(sample());
        }
      }
    };
  }

  /** A model that has diverged cannot write; its next step reports the error. */
  private String sample() {
    try {
      return corpus.continued(model, options.seed, 100);
    } catch (IllegalArgumentException e) {
      return "no sample: " + e.getMessage();
    }
  }

  private void save() throws IOException {
    ModelFile.of(model)
        .with("tokenizer", options.unit.tokenizerName())
        .with("vocabulary", corpus.vocabulary())
        .write(folder.model());
  }
}
