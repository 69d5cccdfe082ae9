package dev.unroll.examples.tag;

import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.data.Split;
import dev.unroll.examples.fit.Answers;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.read.Texts;
import dev.unroll.training.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Inserts spaces into Korean text written without them. */
@Command(
    name = "tag",
    description = "Inserts spaces into Korean text written without them.",
    sortOptions = false,
    showDefaultValues = true)
public final class TagCommand implements Callable<Integer> {
  private static final int MADE = 4000;
  private static final int LONGEST = 100;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A sentence per line, with its spaces (default: generated sentences).")
  private @Nullable Path data;

  @Mixin private final FitOptions options = new FitOptions(64, 0.003);

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training sentences.")
  private int epochs = 6;

  private final PrintStream out = System.out;

  private TagCommand() {}

  @Override
  public Integer call() throws IOException {
    RandomKey key = options.key();
    Split<Spacing> split = Split.random(sentences(key), 0.1, key);
    out.printf(
        Locale.ROOT,
        "%,d sentences, %,d more are held out%n",
        split.training().size(),
        split.heldOut().size());
    Map<String, Long> counts = new HashMap<>();
    split.training().forEach(s -> s.characters().forEach(c -> counts.merge(c, 1L, Long::sum)));
    Vocabulary vocabulary = Vocabulary.of(counts);
    Init init = options.init();
    ManyToMany model =
        new ManyToMany(
            Embedding.of(vocabulary.size(), options.hidden(), init.at("characters")),
            Bidirectional.of(
                GruCell.of(options.hidden(), options.hidden(), init.at("forward")),
                GruCell.of(options.hidden(), options.hidden(), init.at("backward"))),
            Linear.of(2 * options.hidden(), 2, init.at("tags")));
    Task task = Task.of(model, Loss.crossEntropy());
    List<Example> examples = split.training().stream().map(s -> s.example(vocabulary)).toList();
    int[] lengths = examples.stream().mapToInt(Example::length).toArray();
    ExampleBatches batches = new ExampleBatches(examples, Order.buckets(lengths, 32, 50, key));
    options.fit(epochs * batches.batchesPerEpoch(), out).run("gru", model, task, batches);

    Pairs pairs = Pairs.of(split.training());
    List<List<Integer>> rule = new ArrayList<>();
    List<List<Integer>> found = new ArrayList<>();
    for (Spacing s : split.heldOut()) {
      rule.add(s.by(pairs));
      double[] logits = Answers.of(task, List.of(s.example(vocabulary))).getFirst();
      List<Integer> tags = new ArrayList<>();
      for (int i = 0; i + 1 < logits.length; i += 2) {
        tags.add(logits[i + 1] > logits[i] ? 1 : 0);
      }
      found.add(tags);
    }
    for (int i = 0; i < Math.min(3, found.size()); i++) {
      Spacing s = split.heldOut().get(i);
      out.printf("  %s%n  %s%n", String.join("", s.characters()), s.text(found.get(i)));
    }
    out.printf(Locale.ROOT, "%n%-24s F1 of spaces%n", "on the sentences held out");
    out.printf(Locale.ROOT, "%-24s %.4f%n", "by the characters around", f1(split.heldOut(), rule));
    out.printf(Locale.ROOT, "%-24s %.4f%n", "this model", f1(split.heldOut(), found));
    return 0;
  }

  private List<Spacing> sentences(RandomKey key) throws IOException {
    List<String> lines =
        data == null ? MadeSentences.of(MADE, key) : List.of(Texts.read(data).split("\r?\n"));
    List<Spacing> sentences =
        lines.stream()
            .map(Spacing::of)
            .filter(s -> s.characters().size() > 1 && s.characters().size() <= LONGEST)
            .toList();
    if (sentences.size() < 20) {
      throw new IOException(
          data + ": has " + sentences.size() + " sentences, expected at least 20");
    }
    return sentences;
  }

  private static double f1(List<Spacing> truth, List<List<Integer>> said) {
    int found = 0;
    int wrong = 0;
    for (int i = 0; i < truth.size(); i++) {
      for (int j = 0; j < said.get(i).size(); j++) {
        int is = truth.get(i).spaced().get(j);
        int as = said.get(i).get(j);
        found += is * as;
        wrong += is == as ? 0 : 1;
      }
    }
    return found == 0 ? 0 : 2.0 * found / (2.0 * found + wrong);
  }
}
