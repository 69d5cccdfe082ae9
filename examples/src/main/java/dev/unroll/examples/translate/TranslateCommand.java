package dev.unroll.examples.translate;

import dev.unroll.data.BatchSource;
import dev.unroll.data.ExampleBatches;
import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.examples.fit.TokenIds;
import dev.unroll.files.OutputPaths;
import dev.unroll.layers.sequence.decoding.Hypothesis;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns to convert texts from one notation to another. */
@Command(name = "translate", description = "Learns to convert texts from one notation to another.")
public final class TranslateCommand implements Application {
  private static final int BATCH = 64;
  private static final int HELD_OUT = 1000;
  private static final int SHOWN = 4;
  private static final Tokenizer CHARACTERS = Tokenizers.named("characters");

  @Option(
      names = "--task",
      paramLabel = "NAME",
      split = ",",
      description = "${COMPLETION-CANDIDATES}.")
  private List<Kind> kinds = List.of(Kind.reversal, Kind.dates);

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Tab-separated lines of a sentence and its translation, in place of a task.")
  private @Nullable Path data;

  @Option(
      names = "--attention",
      paramLabel = "KIND",
      split = ",",
      description = "${COMPLETION-CANDIDATES}; several are compared.")
  private List<Looking> looking = List.of(Looking.bahdanau);

  @Mixin private final FitOptions options = new FitOptions(128, 0.003);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 1000;

  @Option(names = "--beam", paramLabel = "N", description = "The beam width.")
  private int beam = 1;

  @Option(names = "--out", paramLabel = "FOLDER", description = "The folder of the attention maps.")
  private Path folder = Path.of("runs");

  @Override
  public void run() throws IOException {
    OutputPaths.folder(folder);
    if (data != null) {
      learn("sentences", new SentencePairs(data));
      return;
    }
    for (Kind kind : kinds) {
      learn(kind.name(), kind.notation());
    }
  }

  private void learn(String task, Notation notation) throws IOException {
    TokenIds sources = TokenIds.of(CHARACTERS, notation.sources());
    TokenIds targets = TokenIds.of(CHARACTERS, notation.targets());
    print("%s%n", notation.sentence());
    for (Looking l : looking) {
      learn(
          task + "-" + l,
          notation,
          Rewriter.of(sources, targets, l, 32, options.hidden(), options.init()));
    }
  }

  private void learn(String name, Notation notation, Rewriter<?> translator) throws IOException {
    RandomKey key = options.key();
    BatchSource batches =
        BatchSource.generated(
            k ->
                ExampleBatches.batch(
                    notation.pairs(k, BATCH, false).stream()
                        .map(p -> translator.example(p.source(), p.target()))
                        .toList()),
            key,
            steps);
    options.fit(steps).run(name, translator.model(), translator.task(), batches);
    List<Notation.Pair> unseen = notation.pairs(key.fold("held out"), HELD_OUT, true);
    List<Hypothesis> found =
        translator.best(
            unseen.stream().map(Notation.Pair::source).toList(), notation.longest(), beam);
    int right = 0;
    int longest = 0; // Of the pairs shown: short ones are less informative.
    for (int i = 0; i < unseen.size(); i++) {
      Notation.Pair pair = unseen.get(i);
      String written = translator.targets().decode(found.get(i).tokens());
      right += written.equals(pair.target()) ? 1 : 0;
      if (i < SHOWN) {
        print("  %s -> %s%n", pair.source(), written);
        longest = pair.source().length() > unseen.get(longest).source().length() ? i : longest;
      }
    }
    print(
        "%s: %.1f%% of %,d unseen inputs are right to the last character%n",
        name, 100.0 * right / unseen.size(), unseen.size());
    Tensor attention = found.get(longest).attention();
    if (attention.shape().dim(1) > 0) { // The model has attention.
      Path picture = folder.resolve("attention-" + name + ".svg");
      String target = translator.targets().decode(found.get(longest).tokens());
      new AttentionMap(unseen.get(longest).source(), target, attention).write(picture);
      print("drawn %s%n", picture);
    }
  }
}
