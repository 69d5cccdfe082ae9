package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * Keys that are derived in different ways differ, and so do their numbers: no derivation undoes,
 * repeats or exchanges another.
 */
class RandomKeyLawsTest {
  /** Numbers that people use as seeds and folds, and some that bit tricks would trip over. */
  private static final long[] NUMBERS = numbers();

  private static long[] numbers() {
    List<Long> all = new ArrayList<>();
    for (long i = -20; i <= 80; i++) {
      all.add(i);
    }
    for (int bit = 8; bit < 64; bit += 5) {
      all.add(1L << bit);
    }
    all.addAll(List.of(Long.MAX_VALUE, 0x9E3779B97F4A7C15L, -0x9E3779B97F4A7C15L));
    return all.stream().mapToLong(i -> i).toArray();
  }

  @Test
  void keysOverSeedsFoldsAndFoldsAreDistinct() {
    int n = NUMBERS.length;
    long[] bits = new long[n + n * n + n * n * n];
    int made = 0;
    for (long seed : NUMBERS) {
      RandomKey key = RandomKey.of(seed);
      bits[made++] = key.bits();
      for (long first : NUMBERS) {
        RandomKey folded = key.fold(first);
        bits[made++] = folded.bits();
        for (long second : NUMBERS) {
          bits[made++] = folded.fold(second).bits();
        }
      }
    }
    assertThat(Arrays.stream(bits).sorted().distinct().count()).isEqualTo(made);
  }

  @Test
  void derivationsAreNotInterchangeable() {
    Set<RandomKey> seen = new HashSet<>();
    int made = 0;
    for (long seed = 0; seed < 60; seed++) {
      RandomKey key = RandomKey.of(seed);
      List<RandomKey> derived = new ArrayList<>(List.of(key, new RandomKey(seed)));
      for (int i = 0; i < 60; i++) {
        derived.add(key.fold(i));
        derived.add(key.fold(i).fold(1));
        derived.add(key.fold(Character.toString(i)));
        derived.add(key.fold(Character.toString(i)).fold("a"));
        derived.add(key.fold(Character.toString(i) + "a"));
      }
      derived.add(key.fold(""));
      derived.addAll(key.split(60));
      made += derived.size();
      seen.addAll(derived);
    }
    assertThat(seen).hasSize(made);
  }

  @Test
  void noKeyBeginsWithADegenerateStream() {
    List<RandomKey> keys = new ArrayList<>();
    for (long n : NUMBERS) {
      keys.add(new RandomKey(n));
      keys.add(new RandomKey(~n));
      keys.add(RandomKey.of(n));
      keys.add(RandomKey.of(n).fold(n));
    }
    Set<Long> bits = new HashSet<>();
    int drawn = 0;
    for (RandomKey key : keys.stream().distinct().toList()) {
      int ones = 0;
      for (long counter = 0; counter < 64; counter++) {
        bits.add(key.bits(counter));
        drawn++;
        ones += Long.bitCount(key.bits(counter));
        assertThat(key.unit(counter)).as("%s at %d", key, counter).isGreaterThan(1e-12);
        assertThat(Math.abs(key.gaussian(counter))).isGreaterThan(1e-12);
      }
      // 2,048 of 4,096 bits, within 7 deviations of 32.
      assertThat(ones).as("%s", key).isBetween(2048 - 224, 2048 + 224);
    }
    assertThat(bits).hasSize(drawn);
  }

  /** Averages of n numbers have deviation 1 / sqrt(12 n), unless some numbers are the same. */
  private static void averagesSpreadAsIndependentOnesDo(
      String what, int groups, LongFunction<double[]> group) {
    double squares = 0;
    for (long g = 0; g < groups; g++) {
      double[] x = group.apply(g);
      double deviation =
          (Arrays.stream(x).average().orElseThrow() - 0.5) * Math.sqrt(12 * x.length);
      squares += deviation * deviation;
    }
    // Chi-squared over its degrees of freedom: 1, within 5 deviations.
    assertThat(squares / groups).as(what).isCloseTo(1, within(5 * Math.sqrt(2.0 / groups)));
  }

  @Test
  void averagesOverSmallSeedsAreIndependent() {
    averagesSpreadAsIndependentOnesDo(
        "seeds 10 g to 10 g + 9",
        2000,
        g -> draws(10, 1, (seed, step) -> RandomKey.of(10 * g + seed).unit(0)));
    averagesSpreadAsIndependentOnesDo(
        "seeds times folds, position g",
        2000,
        g -> draws(10, 10, (seed, step) -> RandomKey.of(seed).fold(step).unit(g)));
    averagesSpreadAsIndependentOnesDo(
        "seeds times splits, position g",
        2000,
        g -> draws(10, 10, (seed, step) -> RandomKey.of(seed).split(10).get(step).unit(g)));
    averagesSpreadAsIndependentOnesDo(
        "folds of folds, seed g",
        2000,
        g -> draws(10, 10, (a, b) -> RandomKey.of(g).fold(a).fold(b).unit(0)));
    averagesSpreadAsIndependentOnesDo(
        "keys that are made from small bits",
        2000,
        g -> draws(10, 10, (a, b) -> new RandomKey(10 * g + a).unit(b)));
  }

  private interface Draw {
    double at(int seed, int step);
  }

  private static double[] draws(int seeds, int steps, Draw draw) {
    double[] x = new double[seeds * steps];
    Arrays.setAll(x, i -> draw.at(i / steps, i % steps));
    return x;
  }

  @Test
  void neighboursAreNotCorrelated() {
    int n = 40_000;
    double seeds = 0;
    double folds = 0;
    double positions = 0;
    RandomKey key = RandomKey.of(5);
    for (int i = 0; i < n; i++) {
      seeds += product(RandomKey.of(i).unit(0), RandomKey.of(i + 1).unit(0));
      folds += product(key.fold(i).unit(0), key.fold(i + 1).unit(0));
      positions += product(key.unit(i), key.unit(i + 1));
    }
    for (double sum : new double[] {seeds, folds, positions}) {
      assertThat(12 * sum / n).isCloseTo(0, within(5 / Math.sqrt(n)));
    }
  }

  private static double product(double a, double b) {
    return (a - 0.5) * (b - 0.5);
  }

  @Test
  void redrawsOfTheTailsAreNotTheNumbersOfAFold() {
    RandomKey key = RandomKey.of(3);
    double[] plain = key.normal(DType.FLOAT64, Shape.of(2000), 0, 1).toDoubles();
    double[] cut = key.truncatedNormal(DType.FLOAT64, Shape.of(2000), 0, 1).toDoubles();
    int redrawn = 0;
    for (int i = 0; i < plain.length; i++) {
      if (Math.abs(plain[i]) > 2) {
        redrawn++;
        assertThat(cut[i]).isNotEqualTo(key.fold(1).gaussian(i));
      }
    }
    assertThat(redrawn).isPositive();
  }
}
