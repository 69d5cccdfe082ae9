package dev.unroll.data;

import dev.unroll.tensor.RandomKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Assigns examples to batches, and orders the batches, as a pure function of the epoch. Every epoch
 * contains every example exactly once, in the same number of batches: {@link ExampleBatches}
 * rejects an order that omits or repeats examples, except for {@link #weighted} and {@link
 * #balanced}, which draw them.
 */
@FunctionalInterface
public interface Order {

  /** Returns the indices of the examples of each batch, at least one in each. */
  List<int[]> epoch(long epoch);

  /**
   * Keeps the order of the list, the same in every epoch.
   *
   * @param examples the number of examples, at least 1
   * @param batch the batch size, at least 1; the last batch may be smaller
   */
  static Order sequential(int examples, int batch) {
    check(examples, batch);
    return new NamedOrder(
        "sequential(" + examples + ", " + batch + ")",
        epoch -> cut(IntStream.range(0, examples).toArray(), batch));
  }

  /**
   * Shuffles the examples differently in each epoch.
   *
   * @param examples the number of examples, at least 1
   * @param batch the batch size, at least 1; the last batch may be smaller
   */
  static Order shuffled(int examples, int batch, RandomKey key) {
    check(examples, batch);
    Objects.requireNonNull(key, "key");
    return new NamedOrder(
        "shuffled(" + examples + ", " + batch + ")",
        epoch -> cut(key.fold(epoch).permutation(examples), batch));
  }

  /**
   * Batches examples of similar length, so that there is little padding: the examples are shuffled,
   * split into pools, sorted by length within each pool, and the batches are shuffled again. Large
   * pools give less padding, small ones more randomness.
   *
   * @param lengths the length of each example
   * @param batch the batch size, at least 1
   * @param pool the number of batches that are sorted together, at least 1
   */
  static Order buckets(int[] lengths, int batch, int pool, RandomKey key) {
    check(Objects.requireNonNull(lengths, "lengths").length, batch);
    Objects.requireNonNull(key, "key");
    if (pool < 1) {
      throw new IllegalArgumentException("[order] pool must be at least 1, not " + pool);
    }
    int[] copy = lengths.clone();
    int size = (int) Math.min(copy.length, (long) batch * pool);
    String name = "buckets(" + copy.length + ", " + batch + ", " + pool + ")";
    return new NamedOrder(
        name,
        epoch -> {
          RandomKey now = key.fold(epoch);
          List<int[]> batches = new ArrayList<>();
          for (int[] part : cut(now.permutation(copy.length), size)) {
            int[] sorted =
                Arrays.stream(part)
                    .boxed()
                    .sorted(Comparator.comparingInt(i -> copy[i]))
                    .mapToInt(i -> i)
                    .toArray();
            batches.addAll(cut(sorted, batch));
          }
          int[] shuffled = now.fold("batches").permutation(batches.size());
          return Arrays.stream(shuffled).mapToObj(batches::get).toList();
        });
  }

  /**
   * Draws examples with replacement, with probabilities proportional to weights; as many in each
   * epoch as there are weights, others in each epoch.
   *
   * @param weights of each example, finite and at least 0, not all 0
   * @param batch the batch size, at least 1; the last batch may be smaller
   */
  static Order weighted(double[] weights, int batch, RandomKey key) {
    check(Objects.requireNonNull(weights, "weights").length, batch);
    Objects.requireNonNull(key, "key");
    double sum = Arrays.stream(weights).sum();
    if (!(sum > 0 && Double.isFinite(sum)) || Arrays.stream(weights).anyMatch(w -> !(w >= 0))) {
      throw new IllegalArgumentException(
          "[order] expected finite weights of at least 0, not all of them 0, got "
              + Arrays.stream(weights).min().orElseThrow()
              + " and more, of sum "
              + sum);
    }
    return new DrawnOrder("weighted(" + weights.length + ", " + batch + ")", batch, key, weights);
  }

  /**
   * Draws examples with replacement so that all classes are equally frequent, however rare they are
   * among the examples. It takes the place of weights in the loss ({@link Labels#weights}): use one
   * or the other.
   *
   * {@snippet class="snippets.DataTest" region="Balanced"}
   *
   * @param labels the class id of each example, at least 0
   * @param batch the batch size, at least 1; the last batch may be smaller
   */
  static Order balanced(int[] labels, int batch, RandomKey key) {
    check(Objects.requireNonNull(labels, "labels").length, batch);
    if (Arrays.stream(labels).anyMatch(label -> label < 0)) {
      throw new IllegalArgumentException(
          "[order] expected labels of at least 0, got "
              + Arrays.stream(labels).min().orElseThrow());
    }
    Map<Integer, Long> counts =
        Arrays.stream(labels).boxed().collect(Collectors.groupingBy(c -> c, Collectors.counting()));
    return new DrawnOrder(
        "balanced(" + labels.length + ", " + batch + ")",
        batch,
        Objects.requireNonNull(key, "key"),
        Arrays.stream(labels).mapToDouble(c -> 1.0 / counts.getOrDefault(c, 1L)).toArray());
  }

  private static List<int[]> cut(int[] indices, int size) {
    List<int[]> parts = new ArrayList<>();
    for (int at = 0; at < indices.length; at += size) {
      parts.add(Arrays.copyOfRange(indices, at, Math.min(indices.length, at + size)));
    }
    return parts;
  }

  private static void check(int examples, int batch) {
    if (examples < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "[order] examples and batch must be at least 1, not " + examples + " and " + batch);
    }
  }
}
