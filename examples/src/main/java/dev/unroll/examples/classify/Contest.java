package dev.unroll.examples.classify;

import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Labels;
import dev.unroll.data.Order;
import dev.unroll.data.Split;
import dev.unroll.examples.fit.Answers;
import dev.unroll.layers.Layer;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A comparison of a recurrent reader with baselines, trained and evaluated on the same texts. */
public final class Contest {
  private final Split<Labelled> texts;
  private final Labels labels;
  private final Grams grams;
  private final GramReader reader;

  private Contest(Split<Labelled> texts, ReaderOptions options) {
    this.texts = texts;
    labels = Labels.of(texts.training().stream().map(Labelled::label).distinct().toList());
    grams = Grams.of(texts.training());
    reader =
        GramReader.of(
            grams.size(), options.embedding, options.fit.hidden(), labels.size(), options.init());
  }

  /** Trains a reader, and returns the comparison. */
  public static Contest of(Split<Labelled> texts, ReaderOptions options, PrintStream out)
      throws IOException {
    Contest contest = new Contest(texts, options);
    out.printf(
        Locale.ROOT,
        "%,d texts, %,d more are held out; %,d characters and %,d pairs of them%n",
        texts.training().size(),
        texts.heldOut().size(),
        contest.grams.characters().size() - 1,
        contest.grams.pairs().size() - 1);
    long cut =
        Stream.concat(texts.training().stream(), texts.heldOut().stream())
            .filter(t -> t.text().length() > Grams.LONGEST)
            .count();
    if (cut > 0) {
      out.printf(
          Locale.ROOT,
          "of %,d long texts only the first %,d characters are read%n",
          cut,
          Grams.LONGEST);
    }
    List<Example> training = contest.all(texts.training(), contest.grams::sequence);
    contest.train("lstm", contest.reader, training, options, out);
    return contest;
  }

  /** Returns the classes. */
  public Labels labels() {
    return labels;
  }

  /** Returns the predictions of each model for the held-out texts, the reader last. */
  public Map<String, Decisions> decisions(ReaderOptions options, PrintStream out)
      throws IOException {
    List<Example> bags = all(texts.training(), grams::bag);
    List<Example> asked = all(texts.heldOut(), grams::bag);
    List<Integer> numbers = texts.training().stream().map(t -> labels.id(t.label())).toList();
    NaiveBayes bayes = new NaiveBayes(bags, grams.size(), labels.size());
    BagOfGrams linear = BagOfGrams.of(grams.size(), labels.size());
    train("regression", linear, bags, options, out);
    Map<String, Decisions> all = new LinkedHashMap<>();
    all.put(
        "always the most frequent class",
        decided(Collections.nCopies(asked.size(), mostFrequent(numbers))));
    all.put("naive Bayes", decided(asked.stream().map(bayes::classOf).toList()));
    all.put(
        "logistic regression",
        decided(Answers.of(linear, asked).stream().map(Answers::largest).toList()));
    all.put("this model", decided(classes(texts.heldOut().stream().map(Labelled::text).toList())));
    return all;
  }

  /** Returns the classes that the reader predicts for texts. */
  public List<Integer> classes(List<String> of) {
    return scores(of).stream().map(Answers::largest).toList();
  }

  /** Returns the logits of each text. */
  List<double[]> scores(List<String> of) {
    return Answers.of(reader, of.stream().map(t -> grams.sequence(t, -1)).toList());
  }

  private Decisions decided(List<Integer> taken) {
    List<Integer> truth = texts.heldOut().stream().map(t -> labels.id(t.label())).toList();
    return new Decisions(labels, truth, taken);
  }

  private static int mostFrequent(List<Integer> numbers) {
    return numbers.stream()
        .distinct()
        .max((a, b) -> Collections.frequency(numbers, a) - Collections.frequency(numbers, b))
        .orElseThrow();
  }

  private List<Example> all(List<Labelled> of, BiFunction<String, Integer, Example> made) {
    return of.stream().map(t -> made.apply(t.text(), labels.id(t.label()))).toList();
  }

  private <M extends Layer & Task> void train(
      String name, M model, List<Example> examples, ReaderOptions options, PrintStream out)
      throws IOException {
    RandomKey key = options.key();
    int[] lengths = examples.stream().mapToInt(Example::length).toArray();
    ExampleBatches source =
        new ExampleBatches(examples, Order.buckets(lengths, options.batch, 50, key));
    options.fit.fit(options.epochs * source.batchesPerEpoch(), out).run(name, model, model, source);
  }
}
