package dev.unroll.data;

import dev.unroll.tensor.Join;
import dev.unroll.tensor.RandomKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Examples with the names of their features and labels.
 *
 * @param examples inputs {@code [T, F]}
 * @param features F names
 * @param labels the names of the classes; empty if targets are values
 * @param scaling that of the inputs, if they were scaled
 */
public record Dataset(
    List<Example> examples, List<String> features, Labels labels, Optional<Scaling> scaling) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if an input has not as many features as there are names, or
   *     two have the same name
   */
  public Dataset {
    Objects.requireNonNull(examples, "examples")
        .forEach(each -> Objects.requireNonNull(each, "example"));
    Objects.requireNonNull(features, "features")
        .forEach(each -> Objects.requireNonNull(each, "feature"));
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(scaling, "scaling");
    examples = List.copyOf(examples);
    features = List.copyOf(features);
    if (Set.copyOf(features).size() < features.size()) {
      throw new IllegalArgumentException(
          "[dataset] expected features of different names, got " + features);
    }
    for (Example e : examples) {
      if (e.input().shape().rank() != 2 || e.input().shape().dim(1) != features.size()) {
        throw new IllegalArgumentException(
            "[dataset] expected inputs [T, "
                + features.size()
                + "] of features "
                + features
                + ", got "
                + e.input().shape());
      }
    }
  }

  /** Creates a data set of inputs that were not scaled. */
  public Dataset(List<Example> examples, List<String> features, Labels labels) {
    this(examples, features, labels, Optional.empty());
  }

  /** Returns the number of examples. */
  public int size() {
    return examples.size();
  }

  /**
   * Splits at random, whole examples at a time; with the class proportions of the whole if each
   * example has one class.
   *
   * @param training the fraction of the training part, above 0 and below 1
   * @throws IllegalArgumentException if it is out of range, or one of the parts would be empty
   */
  public DatasetSplit split(double training, long seed) {
    RandomKey key = RandomKey.of(seed);
    Split<Example> parts =
        hasClasses()
            ? Split.stratified(examples, e -> (int) e.target().item(), 1 - training, key)
            : Split.random(examples, 1 - training, key);
    return new DatasetSplit(with(parts.training()), with(parts.heldOut()));
  }

  /**
   * Returns the scaling of the features to mean 0 and standard deviation 1 over all steps of these
   * examples.
   *
   * @throws IllegalArgumentException as {@link Scaling#standard}
   */
  public Scaling standardScaling() {
    return Scaling.standard(Join.concat(0, examples.stream().map(Example::input).toList()));
  }

  /**
   * Returns the same examples with scaled inputs.
   *
   * @throws IllegalStateException if they are scaled
   */
  public Dataset scaled(Scaling by) {
    if (scaling.isPresent()) {
      throw new IllegalStateException("[dataset] expected data that is not scaled, got " + this);
    }
    List<Example> all =
        examples.stream().map(e -> new Example(by.apply(e.input()), e.target())).toList();
    return new Dataset(all, features, labels, Optional.of(by));
  }

  /**
   * Returns the class of each example.
   *
   * @throws IllegalStateException if the examples have no labels, or one for each step
   */
  public int[] ids() {
    if (!hasClasses()) {
      throw new IllegalStateException("[dataset] expected examples of one class each, got " + this);
    }
    return examples.stream().mapToInt(e -> (int) e.target().item()).toArray();
  }

  private boolean hasClasses() {
    return labels.size() > 0 && examples.stream().allMatch(e -> e.target().shape().rank() == 0);
  }

  private Dataset with(List<Example> others) {
    return new Dataset(others, features, labels, scaling);
  }

  /** Returns batches in another order in each epoch: see {@link ExampleBatches#shuffled}. */
  public ExampleBatches shuffled(int batch, long seed) {
    return ExampleBatches.shuffled(examples, batch, seed);
  }

  /**
   * Returns batches in which all classes are equally frequent: see {@link Order#balanced}.
   *
   * @throws IllegalStateException as {@link #ids}
   */
  public ExampleBatches balanced(int batch, long seed) {
    return new ExampleBatches(examples, Order.balanced(ids(), batch, RandomKey.of(seed)));
  }

  /** Returns batches in the order of the examples: see {@link ExampleBatches#sequential}. */
  public ExampleBatches sequential(int batch) {
    return ExampleBatches.sequential(examples, batch);
  }

  /** Returns the number of examples, the features and the labels. */
  @Override
  public String toString() {
    return "Dataset["
        + size()
        + " examples of "
        + features
        + ", labels "
        + labels.names()
        + (scaling.isPresent() ? ", scaled]" : "]");
  }
}
