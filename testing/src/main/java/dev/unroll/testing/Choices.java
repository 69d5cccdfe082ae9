package dev.unroll.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The random source of a {@link Property}. All that a test draws comes down to a sequence of
 * integers from 0: the same sequence makes the same case again, and a sequence that is shorter or
 * has smaller integers makes a smaller case. So whatever is drawn here can be shrunk.
 *
 * <p>The string form lists what was drawn by name.
 */
public final class Choices {
  private final Source source;
  private final List<Integer> made = new ArrayList<>();
  private final Map<String, Object> shown = new LinkedHashMap<>();

  private Choices(Source source) {
    this.source = source;
  }

  /** Where integers from 0 to {@code n - 1} come from. */
  private interface Source {
    int next(int n);

    /** Returns the first and the last more often than others. */
    default int nextOfRange(int n) {
      return next(n);
    }
  }

  private record RandomSource(SplittableRandom random) implements Source {
    @Override
    public int next(int n) {
      return random.nextInt(n);
    }

    @Override
    public int nextOfRange(int n) {
      return switch (next(16)) {
        case 0 -> 0;
        case 1 -> n - 1;
        default -> next(n);
      };
    }
  }

  static Choices random(long seed) {
    return new Choices(new RandomSource(new SplittableRandom(seed)));
  }

  /** Returns choices that repeat a sequence; where it ends, zeros follow. */
  static Choices repeated(List<Integer> sequence) {
    Iterator<Integer> i = sequence.iterator();
    return new Choices(n -> i.hasNext() ? Math.min(n - 1, i.next()) : 0);
  }

  /** Returns an integer from 0 to {@code n - 1}, each as often as the others. */
  public int choose(int n) {
    return made(source.next(n));
  }

  /** Returns an integer from {@code min} to {@code max}; both are drawn more often than others. */
  public int between(String name, int min, int max) {
    return show(name, min + made(source.nextOfRange(max - min + 1)));
  }

  private int made(int choice) {
    made.add(choice);
    return choice;
  }

  /** Returns true with probability 1/2. */
  public boolean coin(String name) {
    return show(name, choose(2) == 1);
  }

  /** Returns one of some values; the first is the simplest. */
  @SafeVarargs
  public final <T> T oneOf(String name, T... values) {
    return show(name, values[choose(values.length)]);
  }

  /** Returns a seed for a random source that others provide. */
  public long seed(String name) {
    return show(name, (long) choose(Integer.MAX_VALUE));
  }

  /** Names a value in the string form; returns it. */
  public <T> T show(String name, T value) {
    shown.put(name, value);
    return value;
  }

  /** Returns the sequence that makes this case again. */
  List<Integer> sequence() {
    return List.copyOf(made);
  }

  /** Returns sequences that are smaller than another, the smallest first. */
  static Stream<List<Integer>> smaller(List<Integer> sequence) {
    int n = sequence.size();
    Stream<List<Integer>> shorter =
        IntStream.iterate(n / 2, k -> k > 0, k -> k / 2)
            .boxed()
            .flatMap(k -> IntStream.rangeClosed(0, n - k).mapToObj(i -> without(sequence, i, k)));
    Stream<List<Integer>> lower =
        IntStream.range(0, n)
            .boxed()
            .flatMap(i -> lower(sequence.get(i)).mapToObj(v -> with(sequence, i, v)));
    // A list that is one shorter: its length, which comes first, and one of its elements.
    Stream<List<Integer>> both =
        IntStream.range(0, n)
            .filter(i -> sequence.get(i) > 0)
            .boxed()
            .flatMap(i -> {
              List<Integer> less = with(sequence, i, sequence.get(i) - 1);
              return IntStream.range(i + 1, n).mapToObj(k -> without(less, k, 1));
            });
    return Stream.of(shorter, lower, both).flatMap(s -> s);
  }

  /** Returns 0, and then integers that come closer and closer to another. */
  private static IntStream lower(int value) {
    return IntStream.iterate(value, step -> step > 0, step -> step / 2).map(step -> value - step);
  }

  private static List<Integer> without(List<Integer> sequence, int from, int n) {
    List<Integer> all = new ArrayList<>(sequence);
    all.subList(from, from + n).clear();
    return all;
  }

  private static List<Integer> with(List<Integer> sequence, int at, int value) {
    List<Integer> all = new ArrayList<>(sequence);
    all.set(at, value);
    return all;
  }

  @Override
  public String toString() {
    return shown.entrySet().stream()
        .map(e -> e.getKey() + " = " + text(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String text(Object value) {
    return switch (value) {
      case int[] ints -> Arrays.toString(ints);
      case String s ->
          s.codePoints().mapToObj(Choices::character).collect(Collectors.joining("", "\"", "\""));
      default -> String.valueOf(value);
    };
  }

  private static String character(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.NON_SPACING_MARK ->
          "\\u{%x}".formatted(c);
      default -> Character.toString(c);
    };
  }
}
