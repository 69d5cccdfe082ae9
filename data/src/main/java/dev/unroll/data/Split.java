package dev.unroll.data;

import dev.unroll.tensor.RandomKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A split of items into a training part and a held-out part. Both keep the original order, and no
 * item is in both.
 *
 * @param <T> the type of the items
 */
public record Split<T>(List<T> training, List<T> heldOut) {

  /** Copies the lists. */
  public Split {
    Objects.requireNonNull(training, "training")
        .forEach(each -> Objects.requireNonNull(each, "training"));
    Objects.requireNonNull(heldOut, "heldOut")
        .forEach(each -> Objects.requireNonNull(each, "heldOut"));
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Holds out the last items, so that the future is predicted from the past.
   *
   * <p>Overlapping windows over a series share time steps: see {@link #last(List, double, int)}.
   * Items sorted by label need {@link #stratified}: the last ones would all be of one class, which
   * {@link #last(List, Function, double)} rejects.
   *
   * @param fraction the fraction to hold out, above 0 and below 1; rounded to whole items
   * @throws IllegalArgumentException if the fraction is out of range, or one of the lists would be
   *     empty
   */
  public static <T> Split<T> last(List<T> items, double fraction) {
    return last(items, fraction, 0);
  }

  /**
   * Holds out the last items and drops a gap of items before them, which are in neither list.
   * Windows over one series share time steps with those that follow: without a gap, the last
   * training windows contain values that the first held-out windows predict.
   *
   * {@snippet class="snippets.DataTest" region="Split"}
   *
   * @param gap the number of items dropped between the two lists, at least 0
   * @throws IllegalArgumentException as above, or if the gap is negative
   */
  public static <T> Split<T> last(List<T> items, double fraction, int gap) {
    if (gap < 0) {
      throw new IllegalArgumentException("[split] expected a gap of at least 0, got " + gap);
    }
    int n = items.size();
    int from = n - count(n, fraction);
    int to = Math.max(0, from - gap);
    return of(items.subList(0, to), items.subList(from, n), n, fraction);
  }

  /**
   * Holds out the last items, and checks their classes.
   *
   * @param label returns the class of an item
   * @throws IllegalArgumentException as above, or if the held-out items are all of one class
   *     although there are others, or have a class that the training part lacks
   */
  public static <T> Split<T> last(List<T> items, Function<? super T, ?> label, double fraction) {
    Split<T> split = last(items, fraction);
    Set<Object> learned = classes(split.training, label);
    Set<Object> asked = classes(split.heldOut, label);
    if (!learned.containsAll(asked) || (asked.size() == 1 && learned.size() > 1)) {
      throw new IllegalArgumentException(
          "[split] expected the last "
              + split.heldOut.size()
              + " items to have several classes, each also in the training part, got "
              + asked
              + " after "
              + learned
              + ": items sorted by label need a stratified split");
    }
    return split;
  }

  private static <T> Set<Object> classes(List<T> items, Function<? super T, ?> label) {
    Set<Object> classes = new LinkedHashSet<>();
    items.forEach(i -> classes.add(label.apply(i)));
    return classes;
  }

  /** Holds out a random sample. */
  public static <T> Split<T> random(List<T> items, double fraction, RandomKey key) {
    int n = items.size();
    boolean[] held = new boolean[n];
    int[] order = key.fold(0).permutation(n);
    for (int i = 0; i < count(n, fraction); i++) {
      held[order[i]] = true;
    }
    return of(items, held, fraction);
  }

  /**
   * Holds out a random sample with the class proportions of the whole. At least one item of every
   * class remains for training: the only item of a class is never held out.
   *
   * @param label returns the class of an item
   */
  public static <T> Split<T> stratified(
      List<T> items, Function<? super T, ?> label, double fraction, RandomKey key) {
    Map<Object, List<Integer>> classes = new LinkedHashMap<>();
    IntStream.range(0, items.size())
        .forEach(
            i -> classes.computeIfAbsent(label.apply(items.get(i)), c -> new ArrayList<>()).add(i));
    boolean[] held = new boolean[items.size()];
    int seen = 0;
    int taken = 0;
    int number = 0;
    for (List<Integer> members : classes.values()) {
      int n = members.size();
      seen += n;
      int[] order = key.fold(number++).permutation(n);
      // Rounded cumulatively over the classes, so that the total is right as well; but a class that
      // has too few items is not made up for by the next.
      int most = Math.min(n - 1, (int) Math.ceil(n * fraction));
      int take = Math.clamp(count(seen, fraction) - taken, 0, most);
      taken += take;
      for (int i = 0; i < take; i++) {
        held[members.get(order[i])] = true;
      }
    }
    return of(items, held, fraction);
  }

  private static int count(int items, double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "[split] expected a fraction above 0 and below 1, got " + fraction);
    }
    return (int) Math.round(items * fraction);
  }

  private static <T> Split<T> of(List<T> items, boolean[] held, double fraction) {
    List<T> training = new ArrayList<>();
    List<T> heldOut = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      (held[i] ? heldOut : training).add(items.get(i));
    }
    return of(training, heldOut, held.length, fraction);
  }

  private static <T> Split<T> of(List<T> training, List<T> heldOut, int n, double fraction) {
    if (training.isEmpty() || heldOut.isEmpty()) {
      throw new IllegalArgumentException(
          "[split] holding out " + fraction + " of " + n + " items leaves a part empty");
    }
    return new Split<>(training, heldOut);
  }
}
