package dev.unroll.data;

import dev.unroll.tensor.RandomKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Items for training, and items held out: each in one of the two lists, in the order in which it
 * stood.
 *
 * @param <T> what is split
 */
public record Split<T>(List<T> training, List<T> heldOut) {

  /** Copies the lists. */
  public Split {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Holds out the last ones: what comes later is predicted from what came before.
   *
   * @param fraction to hold out, above 0 and below 1; rounded to whole items
   * @throws IllegalArgumentException if one of the lists would be empty
   */
  public static <T> Split<T> last(List<T> items, double fraction) {
    int n = items.size();
    boolean[] held = new boolean[n];
    Arrays.fill(held, n - count(n, fraction), n, true);
    return of(items, held, fraction);
  }

  /** Holds out a random choice. */
  public static <T> Split<T> random(List<T> items, double fraction, RandomKey key) {
    return stratified(items, item -> "", fraction, key);
  }

  /**
   * Holds out a random choice that has as much of every class as the whole.
   *
   * @param label the class of an item
   */
  public static <T> Split<T> stratified(
      List<T> items, Function<? super T, ?> label, double fraction, RandomKey key) {
    Map<Object, List<Integer>> classes = new LinkedHashMap<>();
    IntStream.range(0, items.size())
        .forEach(
            i -> classes.computeIfAbsent(label.apply(items.get(i)), c -> new ArrayList<>()).add(i));
    boolean[] held = new boolean[items.size()];
    int seen = 0;
    int number = 0;
    for (List<Integer> members : classes.values()) {
      int before = count(seen, fraction);
      seen += members.size();
      int[] order = key.fold(number++).permutation(members.size());
      // Rounded over all classes so far, so that the whole is right as well.
      for (int i = 0; i < count(seen, fraction) - before; i++) {
        held[members.get(order[i])] = true;
      }
    }
    return of(items, held, fraction);
  }

  private static int count(int items, double fraction) {
    return (int) Math.round(items * fraction);
  }

  private static <T> Split<T> of(List<T> items, boolean[] held, double fraction) {
    List<T> training = new ArrayList<>();
    List<T> heldOut = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      (held[i] ? heldOut : training).add(items.get(i));
    }
    if (training.isEmpty() || heldOut.isEmpty()) {
      throw new IllegalArgumentException(
          "[split] to hold out " + fraction + " of " + held.length + " items leaves a part empty");
    }
    return new Split<>(training, heldOut);
  }
}
