package dev.unroll.examples.translate;

import dev.unroll.examples.fit.DrawnBatches;
import dev.unroll.examples.fit.Fit;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.sequence.Hypothesis;
import dev.unroll.layers.sequence.SequenceToSequence;
import dev.unroll.tensor.RandomKey;
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
import picocli.CommandLine.Option;

/** Learns to bring texts from one notation into another. */
@Command(
    name = "translate",
    description = "Learns to bring texts from one notation into another.",
    sortOptions = false,
    showDefaultValues = true)
public final class TranslateCommand implements Callable<Integer> {
  private static final int BATCH = 64;
  private static final int HELD_OUT = 1000;
  private static final int SHOWN = 4;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      split = ",",
      description = "${COMPLETION-CANDIDATES}.")
  private List<Kind> kinds = List.of(Kind.reversal, Kind.dates);

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Lines of a sentence and its translation, between tabs: in place of a task.")
  private @Nullable Path data;

  @Option(
      names = "--attention",
      paramLabel = "KIND",
      split = ",",
      description = "${COMPLETION-CANDIDATES}; several are compared.")
  private List<Looking> looking = List.of(Looking.bahdanau);

  @Option(names = "--hidden", paramLabel = "N", description = "The size of the decoder, even.")
  private int hidden = 128;

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private long steps = 1000;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Of Adam, at its height.")
  private double learningRate = 0.003;

  @Option(names = "--beam", paramLabel = "N", description = "The width of the search.")
  private int beam = 1;

  @Option(names = "--out", paramLabel = "FOLDER", description = "Where to draw what it looks at.")
  private Path folder = Path.of("runs");

  @Option(names = "--seed", paramLabel = "N", description = "The same one gives the same result.")
  private long seed = 1;

  private final PrintStream out = System.out;

  private TranslateCommand() {}

  @Override
  public Integer call() throws IOException {
    if (hidden < 2 || hidden % 2 != 0 || steps < 1 || beam < 1) {
      throw new IllegalArgumentException(
          "--hidden must be even and at least 2, --steps and --beam at least 1");
    }
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
    Codes codes = new Codes(notation);
    out.println(notation.sentence());
    for (Looking l : looking) {
      learn(
          task + "-" + l,
          notation,
          codes,
          l.model(codes.sources(), codes.targets(), 32, hidden, Init.seed(seed)));
    }
  }

  private <S extends State<S>> void learn(
      String name, Notation notation, Codes codes, SequenceToSequence<S> model) throws IOException {
    RandomKey key = RandomKey.of(seed);
    DrawnBatches batches =
        new DrawnBatches(k -> codes.batch(notation.pairs(k, BATCH, false)), key, steps);
    Translator<S> translator = new Translator<>(codes, model);
    new Fit(steps, learningRate, key, out)
        .run(name, translator.model(), translator.task(), batches);
    List<Notation.Pair> unseen = notation.pairs(key.fold("held out"), HELD_OUT, true);
    List<Hypothesis> found = translator.translate(unseen, notation.longest(), beam);
    int right = 0;
    for (int i = 0; i < unseen.size(); i++) {
      Notation.Pair pair = unseen.get(i);
      String said = codes.text(found.get(i).tokens());
      right += said.equals(pair.target()) ? 1 : 0;
      if (i < SHOWN) {
        out.printf("  %s -> %s%n", pair.source(), said);
      }
    }
    out.printf(
        Locale.ROOT,
        "%s: %.1f%% of %,d unseen inputs come out as they should, to the last character%n",
        name,
        100.0 * right / unseen.size(),
        unseen.size());
    // What is short says little.
    int longest =
        IntStream.range(0, SHOWN)
            .boxed()
            .max(Comparator.comparingInt(i -> unseen.get(i).source().length()))
            .orElseThrow();
    draw(name, unseen.get(longest).source(), codes, found.get(longest));
  }

  /** Draws where the decoder looked, if it did. */
  private void draw(String name, String source, Codes codes, Hypothesis found) throws IOException {
    if (found.attention().shape().dim(1) > 0) {
      Path picture = folder.resolve("attention-" + name + ".svg");
      new AttentionMap(source, codes.text(found.tokens()), found.attention()).write(picture);
      out.println("drawn " + picture);
    }
  }
}
