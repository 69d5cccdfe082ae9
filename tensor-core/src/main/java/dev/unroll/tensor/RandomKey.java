package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Team;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The source of random numbers: a key, and numbers that are a pure function of the key and their
 * position. Nothing is ever advanced; whoever needs other numbers folds something into the key. So
 * the numbers do not depend on threads, on order, or on what else was drawn.
 *
 * <p>The mixing function is that of SplitMix64 (Steele, Lea &amp; Flood 2014, "Fast splittable
 * pseudorandom number generators", doi:10.1145/2660193.2660195), applied to key and counter.
 */
public record RandomKey(long bits) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1p-53;

  /** Numbers of a part for one thread. */
  private static final int PART = 1 << 12;

  /** Returns the key of a seed. */
  public static RandomKey of(long seed) {
    return new RandomKey(mix(seed + GOLDEN));
  }

  /** Returns another key, a function of this one and a number. */
  public RandomKey fold(long number) {
    return new RandomKey(mix(bits ^ mix(number + GOLDEN)));
  }

  /** Returns {@code n} keys, {@code fold(0)} to {@code fold(n - 1)}. */
  public List<RandomKey> split(int n) {
    return IntStream.range(0, n).mapToObj(this::fold).toList();
  }

  /** Returns the key of a name: so that adding one layer does not change another's numbers. */
  public RandomKey fold(String name) {
    RandomKey k = this;
    for (int i = 0; i < name.length(); i++) {
      k = k.fold(name.charAt(i));
    }
    return k.fold(name.length());
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns 64 random bits. */
  public long bits(long counter) {
    return mix(mix(counter * GOLDEN + bits) ^ bits);
  }

  /** Returns a number in {@code [0, 1)}, a multiple of 2^-53. */
  public double unit(long counter) {
    return (bits(counter) >>> 11) * UNIT;
  }

  /** Returns a number of the standard normal distribution (Box &amp; Muller 1958). */
  public double gaussian(long counter) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit(2 * counter)));
    return radius * StrictMath.cos(2 * Math.PI * unit(2 * counter + 1));
  }

  /** Returns numbers evenly spread over {@code [low, high)}. */
  public Tensor uniform(DType type, Shape shape, double low, double high) {
    return fill(type, shape, i -> low + (high - low) * unit(i));
  }

  /** Returns numbers of the normal distribution. */
  public Tensor normal(DType type, Shape shape, double mean, double deviation) {
    return fill(type, shape, i -> mean + deviation * gaussian(i));
  }

  /**
   * Returns numbers of the normal distribution without its tails: whatever is more than two
   * deviations from the mean is drawn again, from the key folded with 1, 2, ... So their deviation
   * is 0.88 times the one given.
   */
  public Tensor truncatedNormal(DType type, Shape shape, double mean, double deviation) {
    return fill(type, shape, i -> mean + deviation * truncated(i));
  }

  private double truncated(int i) {
    double x = gaussian(i);
    for (int again = 1; Math.abs(x) > 2; again++) {
      x = fold(again).gaussian(i);
    }
    return x;
  }

  /** Returns 1 with a probability, else 0. */
  public Tensor bernoulli(DType type, Shape shape, double probability) {
    return bernoulli(Tensor.elements(type), type, shape, probability);
  }

  // What dropout draws at each step: bits first, which the compiler makes vectors of.
  private <A> Tensor bernoulli(Elements<A> e, DType type, Shape shape, double probability) {
    // unit(i) < probability in whole numbers, and below without a branch, which would be guessed
    // wrong half the time.
    double least = Math.ceil(probability / UNIT);
    long limit = least >= 0 ? (long) Math.min(least, 1 / UNIT) : 0;
    int n = shape.size();
    A x = Buffers.room(e, "random", shape);
    Team.run(
        Math.ceilDiv(n, PART),
        part -> {
          int from = part * PART;
          int size = Math.min(PART, n - from);
          long[] z = new long[size];
          for (int i = 0; i < size; i++) {
            z[i] = i;
          }
          for (int i = 0; i < size; i++) {
            z[i] = bits(z[i] + from) >>> 11;
          }
          for (int i = 0; i < size; i++) {
            e.set(x, from + i, (double) ((z[i] - limit) >>> 63));
          }
        });
    return Tensor.dense(type, shape, x);
  }

  /** Returns the numbers 0 to n - 1 in random order (Fisher &amp; Yates; Durstenfeld 1964). */
  public int[] permutation(int n) {
    int[] p = new int[n];
    for (int i = 0; i < n; i++) {
      int j = (int) (unit(i) * (i + 1));
      p[i] = p[j];
      p[j] = i;
    }
    return p;
  }

  private interface Draw {
    double at(int i);
  }

  private static Tensor fill(DType type, Shape shape, Draw draw) {
    return fill(Tensor.elements(type), type, shape, draw);
  }

  private static <A> Tensor fill(Elements<A> e, DType type, Shape shape, Draw draw) {
    int n = shape.size();
    A x = Buffers.room(e, "random", shape);
    Team.run(
        Math.ceilDiv(n, PART),
        part -> {
          int from = part * PART;
          for (int i = from; i < from + Math.min(PART, n - from); i++) {
            e.set(x, i, draw.at(i));
          }
        });
    return Tensor.dense(type, shape, x);
  }
}
