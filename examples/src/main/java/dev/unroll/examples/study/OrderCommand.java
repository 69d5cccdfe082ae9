package dev.unroll.examples.study;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.CellName;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.training.Evaluation;
import dev.unroll.training.Metric;
import dev.unroll.training.Task;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which models see the order of words. */
@Command(name = "order", description = "Shows which models see the order of words.")
public final class OrderCommand implements Application {
  private static final int BATCH = 32;

  @Option(
      names = "--cells",
      paramLabel = "NAME",
      split = ",",
      converter = CellName.class,
      description = "The cells to train.")
  private List<String> cells = List.of("rnn", "lstm");

  @Mixin private final FitOptions options = new FitOptions(32, 0.003);

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training pairs.")
  private int epochs = 10;

  private final WordOrder sentences = new WordOrder();

  @Override
  public void run() throws IOException {
    List<WordOrder.Pair> pairs = sentences.shuffled(options.key());
    List<WordOrder.Pair> held = pairs.subList(0, pairs.size() / 5);
    List<WordOrder.Pair> training = pairs.subList(held.size(), pairs.size());
    WordOrder.Pair first = sentences.first();
    print(
        "%,d pairs of sentences of the same words, %,d others are held out%n  %s%n  %s%n"
            + "Is it the one thing that is spoken of, or all but it?%n%n",
        training.size(),
        held.size(),
        WordOrder.Pair.text(first.but()),
        WordOrder.Pair.text(first.only()));
    print("%n%-14s %8s %8s%n%s", "told right", "trained", "unseen", table(training, held));
  }

  private String table(List<WordOrder.Pair> training, List<WordOrder.Pair> held)
      throws IOException {
    Init init = options.init();
    Embedding words = Embedding.of(sentences.vocabulary(), options.hidden(), init.at("words"));
    Sequential network =
        Sequential.of(
            Linear.of(options.hidden(), options.hidden(), init.at("hidden")),
            Activation.relu(),
            Linear.of(options.hidden(), 2, init.at("classes")));
    Layer both = parts -> parts.layer("words", words).layer("network", network);
    Task bag =
        Task.of(
            (b, mode) -> {
              Variable vectors = words.apply(Variable.of(b.inputs()));
              return network.apply(Pooling.mean().apply(vectors, b.lengths().toInts()), mode);
            },
            Loss.crossEntropy());
    StringBuilder table = new StringBuilder(line("bag of words", both, bag, training, held));
    for (String name : cells) {
      ManyToOne model =
          new ManyToOne(
              Embedding.of(sentences.vocabulary(), options.hidden(), init.at("words")),
              Unroll.of(Cells.named(name, options.hidden(), options.hidden(), init.at(name))),
              Pooling.last(),
              Linear.of(options.hidden(), 2, init.at("classes")));
      table.append(line(name, model, Task.of(model, Loss.crossEntropy()), training, held));
    }
    return table.toString();
  }

  private String line(
      String name, Layer model, Task task, List<WordOrder.Pair> training, List<WordOrder.Pair> held)
      throws IOException {
    List<Example> examples = sentences.examples(training);
    ExampleBatches batches = ExampleBatches.shuffled(examples, BATCH, options.seed());
    options.fit(epochs * batches.batchesPerEpoch()).run(name, model, task, batches);
    double trained = accuracy(task, examples);
    double unseen = accuracy(task, sentences.examples(held));
    return String.format(Locale.ROOT, "%-14s %8.4f %8.4f%n", name, trained, unseen);
  }

  private static double accuracy(Task task, List<Example> examples) {
    return Evaluation.of(task, ExampleBatches.sequential(examples, BATCH), Metric.accuracy());
  }
}
