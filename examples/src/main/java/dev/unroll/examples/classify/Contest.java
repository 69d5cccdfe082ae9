package dev.unroll.examples.classify;

import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Labels;
import dev.unroll.data.Order;
import dev.unroll.data.Split;
import dev.unroll.layers.Layer;
import dev.unroll.tensor.Ranking;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.ClassReport;
import dev.unroll.training.Evaluation;
import dev.unroll.training.Task;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** A comparison of a recurrent reader with baselines, trained and evaluated on the same texts. */
public final class Contest {
  private static final int BATCH = 250;

  private final Split<Labelled> texts;
  private final ReaderOptions options;
  private final Labels labels;
  private final Grams grams;
  private final GramReader reader;

  /** Trains a reader. */
  public Contest(Split<Labelled> texts, ReaderOptions options) throws IOException {
    this.texts = texts;
    this.options = options;
    labels = Labels.of(texts.training().stream().map(Labelled::label).toList());
    grams = Grams.of(texts.training());
    int hidden = options.fit.hidden();
    reader =
        GramReader.of(grams.size(), options.embedding, hidden, labels.size(), options.fit.init());
    System.out.printf(
        Locale.ROOT,
        "%,d texts, %,d more are held out; %,d characters and %,d pairs of them%n",
        texts.training().size(),
        texts.heldOut().size(),
        grams.characters().size() - 1,
        grams.pairs().size() - 1);
    Stream<Labelled> all = Stream.concat(texts.training().stream(), texts.heldOut().stream());
    long cut = all.filter(t -> t.text().length() > Grams.LONGEST).count();
    if (cut > 0) {
      System.out.printf(
          Locale.ROOT,
          "of %,d long texts only the first %,d characters are read%n",
          cut,
          Grams.LONGEST);
    }
    train("lstm", reader, examples(texts.training(), grams::sequence));
  }

  /** Returns the classes. */
  public Labels labels() {
    return labels;
  }

  /** Returns the reports of each model on the held-out texts, the reader last. */
  public Map<String, ClassReport> reports() throws IOException {
    List<Example> bags = examples(texts.training(), grams::bag);
    List<Example> heldOut = examples(texts.heldOut(), grams::bag);
    NaiveBayes bayes = new NaiveBayes(bags, grams.size(), labels.size());
    BagOfGrams linear = BagOfGrams.of(grams.size(), labels.size());
    train("regression", linear, bags);
    List<Integer> ids = bags.stream().map(Contest::label).toList();
    int frequent =
        ids.stream()
            .distinct()
            .max((a, b) -> Collections.frequency(ids, a) - Collections.frequency(ids, b))
            .orElseThrow();
    Map<String, ClassReport> all = new LinkedHashMap<>();
    all.put("always the most frequent class", report(heldOut, _ -> frequent));
    all.put("naive Bayes", report(heldOut, bayes::classOf));
    all.put("logistic regression", report(heldOut, linear));
    all.put("this model", report(examples(texts.heldOut(), grams::sequence), reader));
    return all;
  }

  /** Returns the classes that the reader predicts for texts. */
  public List<Integer> classes(List<String> of) {
    return scores(of).stream().map(s -> (int) Ranking.argMax(s, 0).item()).toList();
  }

  /** Returns the logits of each text. */
  List<Tensor> scores(List<String> of) {
    List<Example> examples = of.stream().map(t -> grams.sequence(t, -1)).toList();
    return Evaluation.outputs(reader, ExampleBatches.sequential(examples, BATCH));
  }

  private ClassReport report(List<Example> heldOut, Task model) {
    return ClassReport.of(model, ExampleBatches.sequential(heldOut, BATCH), labels.names());
  }

  private ClassReport report(List<Example> heldOut, ToIntFunction<Example> model) {
    int[] predicted = heldOut.stream().mapToInt(model).toArray();
    int[] actual = heldOut.stream().mapToInt(Contest::label).toArray();
    return ClassReport.of(predicted, actual, labels.names());
  }

  private static int label(Example example) {
    return (int) example.target().item();
  }

  private List<Example> examples(List<Labelled> of, BiFunction<String, Integer, Example> made) {
    return of.stream().map(t -> made.apply(t.text(), labels.id(t.label()))).toList();
  }

  private <M extends Layer & Task> void train(String name, M model, List<Example> examples)
      throws IOException {
    int[] lengths = examples.stream().mapToInt(Example::length).toArray();
    Order order = Order.buckets(lengths, options.batch, 50, options.fit.key());
    ExampleBatches source = new ExampleBatches(examples, order);
    long steps = options.epochs * source.batchesPerEpoch();
    options.fit.fit(steps).run(name, model, model, source);
  }
}
