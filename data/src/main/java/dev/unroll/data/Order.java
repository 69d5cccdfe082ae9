package dev.unroll.data;

import dev.unroll.tensor.RandomKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which examples are together in a batch, and in which order batches come: a pure function of the
 * epoch. Every epoch has every example once, and as many batches as any other: {@link
 * ExampleBatches} refuses an order that leaves examples out or repeats them.
 */
@FunctionalInterface
public interface Order {

  /** Returns the indices of the examples of each batch, at least one in each. */
  List<int[]> epoch(long epoch);

  /**
   * Returns examples as they stand, every epoch alike.
   *
   * @param examples how many there are, at least 1
   * @param batch how many go into a batch, at least 1; the last may have fewer
   */
  static Order sequential(int examples, int batch) {
    check(examples, batch);
    return epoch -> cut(IntStream.range(0, examples).toArray(), batch);
  }

  /**
   * Returns examples in random order, another one in each epoch.
   *
   * @param examples how many there are, at least 1
   * @param batch how many go into a batch, at least 1; the last may have fewer
   */
  static Order shuffled(int examples, int batch, RandomKey key) {
    check(examples, batch);
    return epoch -> cut(key.fold(epoch).permutation(examples), batch);
  }

  /**
   * Returns examples of like length together, so that little is padding: the examples are shuffled,
   * cut into pools, sorted by length within each, and the batches are shuffled again. Large pools
   * have less padding, small ones more chance.
   *
   * @param lengths of all examples, one each
   * @param batch how many go into a batch, at least 1
   * @param pool batches that are sorted together, at least 1
   */
  static Order buckets(int[] lengths, int batch, int pool, RandomKey key) {
    check(lengths.length, batch);
    if (pool < 1) {
      throw new IllegalArgumentException("[order] pool must be at least 1, not " + pool);
    }
    int[] copy = lengths.clone();
    int size = (int) Math.min(copy.length, (long) batch * pool);
    return epoch -> {
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
      int[] places = now.fold("batches").permutation(batches.size());
      return Arrays.stream(places).mapToObj(batches::get).toList();
    };
  }

  private static List<int[]> cut(int[] numbers, int size) {
    List<int[]> parts = new ArrayList<>();
    for (int at = 0; at < numbers.length; at += size) {
      parts.add(Arrays.copyOfRange(numbers, at, Math.min(numbers.length, at + size)));
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
