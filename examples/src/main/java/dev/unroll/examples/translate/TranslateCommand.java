package dev.unroll.examples.translate;

import dev.unroll.data.ExampleBatches;
import dev.unroll.examples.fit.DrawnBatches;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.examples.picture.Output;
import dev.unroll.examples.writing.Looking;
import dev.unroll.examples.writing.Rewriter;
import dev.unroll.examples.writing.TokenIds;
import dev.unroll.layers.sequence.decoding.Hypothesis;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns to convert texts from one notation to another. */
@Command(
    name = "translate",
    description = "Learns to convert texts from one notation to another.",
    sortOptions = false,
    showDefaultValues = true)
public final class TranslateCommand implements Callable<Integer> {
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

  private final PrintStream out = System.out;

  private TranslateCommand() {}

  @Override
  public Integer call() throws IOException {
    Output.folder(folder);
    if (data != null) {
      learn("sentences", new SentencePairs(data));
      return 0;
    }
    for (Kind kind : kinds) {
      learn(kind.name(), kind.notation());
    }
    return 0;
  }

  private void learn(String task, Notation notation) throws IOException {
    TokenIds sources = TokenIds.of(CHARACTERS, notation.sources());
    TokenIds targets = TokenIds.of(CHARACTERS, notation.targets());
    out.println(notation.sentence());
    for (Looking l : looking) {
      learn(
          task + "-" + l,
          notation,
          Rewriter.of(sources, targets, l, 32, options.hidden(), options.init()));
    }
  }

  private void learn(String name, Notation notation, Rewriter<?> translator) throws IOException {
    RandomKey key = options.key();
    DrawnBatches batches =
        DrawnBatches.of(
            k ->
                ExampleBatches.batch(
                    notation.pairs(k, BATCH, false).stream()
                        .map(p -> translator.example(p.source(), p.target()))
                        .toList()),
            key,
            steps);
    options.fit(steps, out).run(name, translator.model(), translator.task(), batches);
    List<Notation.Pair> unseen = notation.pairs(key.fold("held out"), HELD_OUT, true);
    List<Hypothesis> found =
        translator.best(
            unseen.stream().map(Notation.Pair::source).toList(), notation.longest(), beam);
    int right = 0;
    for (int i = 0; i < unseen.size(); i++) {
      Notation.Pair pair = unseen.get(i);
      String said = translator.targets().text(found.get(i).tokens());
      right += said.equals(pair.target()) ? 1 : 0;
      if (i < SHOWN) {
        out.printf("  %s -> %s%n", pair.source(), said);
      }
    }
    out.printf(
        Locale.ROOT,
        "%s: %.1f%% of %,d unseen inputs are right to the last character%n",
        name,
        100.0 * right / unseen.size(),
        unseen.size());
    // Short pairs are less informative.
    int longest =
        IntStream.range(0, SHOWN)
            .boxed()
            .max(Comparator.comparingInt(i -> unseen.get(i).source().length()))
            .orElseThrow();
    Hypothesis shown = found.get(longest);
    draw(name, unseen.get(longest).source(), translator.targets().text(shown.tokens()), shown);
  }

  /** Draws the attention map, if the model has attention. */
  private void draw(String name, String source, String target, Hypothesis found)
      throws IOException {
    if (found.attention().shape().dim(1) > 0) {
      Path picture = folder.resolve("attention-" + name + ".svg");
      new AttentionMap(source, target, found.attention()).write(picture);
      out.println("drawn " + picture);
    }
  }
}
