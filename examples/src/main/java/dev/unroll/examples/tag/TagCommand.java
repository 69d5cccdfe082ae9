package dev.unroll.examples.tag;

import dev.unroll.data.BatchSource;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.data.Split;
import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Ranking;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.read.Texts;
import dev.unroll.training.ClassReport;
import dev.unroll.training.Evaluation;
import dev.unroll.training.Metric;
import dev.unroll.training.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Inserts spaces into Korean text written without them. */
@Command(name = "tag", description = "Inserts spaces into Korean text written without them.")
public final class TagCommand implements Application {
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

  @Override
  public void run() throws IOException {
    RandomKey key = options.key();
    Split<Spacing> split = Split.random(sentences(key), 0.1, key);
    print(
        "%,d sentences, %,d more are held out%n", split.training().size(), split.heldOut().size());
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
    options.fit(epochs * batches.batchesPerEpoch()).run("gru", model, task, batches);

    List<Spacing> heldOut = split.heldOut();
    List<Example> asked = heldOut.stream().map(s -> s.example(vocabulary)).toList();
    BatchSource each = ExampleBatches.sequential(asked, 1);
    List<Tensor> logits = Evaluation.outputs(task, each);
    for (int i = 0; i < Math.min(3, heldOut.size()); i++) {
      int[] tags = Ranking.argMax(logits.get(i), 1).toInts();
      print(
          "  %s%n  %s%n", String.join("", heldOut.get(i).characters()), heldOut.get(i).text(tags));
    }
    Pairs pairs = Pairs.of(split.training());
    int[] actual = asked.stream().flatMapToInt(e -> Arrays.stream(e.target().toInts())).toArray();
    int[] predicted = heldOut.stream().flatMapToInt(s -> Arrays.stream(s.by(pairs))).toArray();
    ClassReport rule = ClassReport.of(predicted, actual, List.of("none", "space"));
    print("%n%-24s F1 of spaces%n", "on the sentences held out");
    print("%-24s %.4f%n", "by the characters around", rule.f1(1));
    print("%-24s %.4f%n", "this model", Evaluation.of(task, each, Metric.f1(1)));
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
}
