package dev.unroll.examples;

import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.data.Split;
import dev.unroll.examples.Reviews.Review;
import dev.unroll.examples.fit.Fit;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.Evaluation;
import dev.unroll.training.Metric;
import dev.unroll.training.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Learns from reviews whether their authors were content. */
@Command(
    name = "sentiment",
    description = "Learns from reviews whether their authors were content.",
    sortOptions = false,
    showDefaultValues = true)
final class SentimentCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description = "Lines of a number, a review and 0 or 1, between tabs (NSMC's form).")
  private Path data;

  @Option(names = "--epochs", paramLabel = "N", description = "How often all reviews are read.")
  private int epochs = 4;

  @Option(names = "--hidden", paramLabel = "N", description = "The size of each LSTM.")
  private int hidden = 128;

  @Option(names = "--embedding", paramLabel = "N", description = "The size of a vector.")
  private int embedding = 96;

  @Option(names = "--learning-rate", paramLabel = "X", description = "Of Adam, at its height.")
  private double learningRate = 0.002;

  @Option(names = "--batch", paramLabel = "N", description = "Reviews that are read at a time.")
  private int batch = 64;

  @Option(names = "--seed", paramLabel = "N", description = "The same one gives the same result.")
  private long seed = 1;

  private final PrintStream out = System.out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  private SentimentCommand() {}

  @Override
  public Integer call() throws IOException {
    if (Math.min(Math.min(epochs, hidden), Math.min(embedding, batch)) < 1) {
      throw new IllegalArgumentException(
          "--epochs, --hidden, --embedding and --batch must be at least 1");
    }
    Split<Review> reviews = Reviews.read(data);
    Grams grams = Grams.of(reviews.training());
    out.printf(
        Locale.ROOT,
        "%s: %,d reviews, %,d more are held out; %,d characters and %,d pairs of them%n",
        data,
        reviews.training().size(),
        reviews.heldOut().size(),
        grams.characters().size() - 1,
        grams.pairs().size() - 1);
    double linear =
        accuracy(
            "regression",
            BagOfGrams.of(grams.size()),
            bags(reviews.training(), grams),
            bags(reviews.heldOut(), grams),
            0.002);
    double lstm =
        accuracy(
            "lstm",
            SentimentModel.of(grams.size(), embedding, hidden, Init.seed(seed)),
            sequences(reviews.training(), grams),
            sequences(reviews.heldOut(), grams),
            learningRate);
    out.printf(Locale.ROOT, "%non the reviews held out              accuracy%n");
    out.printf(Locale.ROOT, "always the more frequent class        %.4f%n", majority(reviews));
    out.printf(Locale.ROOT, "logistic regression on the same grams %.4f%n", linear);
    out.printf(Locale.ROOT, "this model                            %.4f%n", lstm);
    return 0;
  }

  private static List<Example> bags(List<Review> reviews, Grams grams) {
    return reviews.stream().map(grams::bag).toList();
  }

  private static List<Example> sequences(List<Review> reviews, Grams grams) {
    return reviews.stream().map(grams::sequence).toList();
  }

  private static double majority(Split<Review> reviews) {
    long content = reviews.training().stream().filter(r -> r.label() == 1).count();
    int frequent = 2 * content >= reviews.training().size() ? 1 : 0;
    long right = reviews.heldOut().stream().filter(r -> r.label() == frequent).count();
    return (double) right / reviews.heldOut().size();
  }

  /** Trains a model, and returns its accuracy on what was held out. */
  private <M extends Layer & Task> double accuracy(
      String name, M model, List<Example> training, List<Example> heldOut, double rate)
      throws IOException {
    RandomKey key = RandomKey.of(seed);
    ExampleBatches source = batches(training, key);
    new Fit(epochs * source.batchesPerEpoch(), rate, key, out).run(name, model, model, source);
    return Evaluation.of(model, batches(heldOut, key), Metric.accuracy());
  }

  private ExampleBatches batches(List<Example> examples, RandomKey key) {
    int[] lengths = examples.stream().mapToInt(Example::length).toArray();
    return new ExampleBatches(examples, Order.buckets(lengths, batch, 50, key));
  }
}
