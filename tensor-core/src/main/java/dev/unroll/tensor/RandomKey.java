package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Team;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A key of a counter-based random number generator: random numbers are a pure function of the key
 * and their position. A key is immutable; for other numbers, derive another key with {@link #of},
 * {@link #fold(long)} or {@link #split}. So results do not depend on threads, on order, or on other
 * draws.
 *
 * <p>Seeds, folded numbers, folded names, splits and draws are mixed with distinct constants:
 * {@code of(a).fold(b)} is not {@code of(b).fold(a)}, and {@code split(n).get(i)} is not {@code
 * fold(i)}. Under one key, no two numbers fold to the same key.
 *
 * <p>The mixing function is that of SplitMix64 (Steele, Lea &amp; Flood 2014, "Fast splittable
 * pseudorandom number generators", doi:10.1145/2660193.2660195), applied to key and counter.
 *
 * @param bits the state of the key, from which {@code new RandomKey(bits)} restores it; use {@link
 *     #of} for a seed
 */
public record RandomKey(long bits) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1p-53;

  // The purposes of derived keys: fractional digits of pi, as arbitrary constants.
  private static final long SEED = 0x243F6A8885A308D3L;
  private static final long NUMBER = 0x13198A2E03707344L;
  private static final long NAME = 0xA4093822299F31D0L;
  private static final long SPLIT = 0x082EFA98EC4E6C89L;
  private static final long REDRAW = 0x452821E638D01377L;
  private static final long DRAW = 0xBE5466CF34E90C6CL;

  /** The maximum array length that every virtual machine supports. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  /** The number of elements of one thread's part. */
  private static final int PART = 1 << 12;

  /** Returns the key of a seed. */
  public static RandomKey of(long seed) {
    return new RandomKey(SEED).derive(SEED, seed);
  }

  /** Returns another key, a function of this one and a number. */
  public RandomKey fold(long number) {
    return derive(NUMBER, number);
  }

  /** Returns {@code n} other keys; the first ones are the same for every {@code n}. */
  public List<RandomKey> split(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("[split] expected n of at least 0, got " + n);
    }
    return IntStream.range(0, n).mapToObj(i -> derive(SPLIT, i)).toList();
  }

  /**
   * Returns the key of a name, so that adding a layer does not change the random numbers of others.
   */
  public RandomKey fold(String name) {
    Objects.requireNonNull(name, "name");
    // The length comes first, so that no name is a prefix of another.
    RandomKey k = derive(NAME, name.length());
    for (int i = 0; i < name.length(); i++) {
      k = k.derive(NAME, name.charAt(i));
    }
    return k;
  }

  /** Injective in the number for a purpose and key; both are mixed before they are combined. */
  private RandomKey derive(long purpose, long number) {
    return new RandomKey(mix(mix(bits + purpose) ^ mix(number * GOLDEN - purpose)));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns 64 random bits. */
  public long bits(long counter) {
    return mix(mix(counter * GOLDEN + (bits ^ DRAW)) + bits);
  }

  /** Returns a number in {@code [0, 1)}, a multiple of 2^-53. */
  public double unit(long counter) {
    return (bits(counter) >>> 11) * UNIT;
  }

  /**
   * Returns an item of a list, each with the same probability.
   *
   * @param items at least one
   */
  public <T> T pick(List<T> items, long counter) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException("[key] expected at least one item to pick from, got none");
    }
    return items.get((int) (unit(counter) * items.size()));
  }

  /** Returns a sample of the standard normal distribution (Box &amp; Muller 1958). */
  public double gaussian(long counter) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit(2 * counter)));
    return radius * StrictMath.cos(2 * Math.PI * unit(2 * counter + 1));
  }

  /**
   * Returns samples of the uniform distribution over {@code [low, high)}, or {@code low} if the two
   * are equal. int32 samples are uniform over the integers of the range.
   *
   * @throws IllegalArgumentException if the range contains no value of the type, or its ends or its
   *     width overflow the type
   */
  public Tensor uniform(DType type, Shape shape, double low, double high) {
    if (type == DType.INT32) {
      return uniformIntegers(shape, low, high);
    }
    double least = low;
    double largest = Math.nextDown(high);
    if (type == DType.FLOAT32) {
      least = (float) low < low ? Math.nextUp((float) low) : (float) low;
      largest = (float) high < high ? (float) high : Math.nextDown((float) high);
    }
    if (low == high) {
      least = low;
      largest = low;
    }
    double width = high - low;
    if (!(least <= largest
        && Double.isFinite(width)
        && isWithin(type, low)
        && isWithin(type, high))) {
      throw noRange(type, low, high);
    }
    double from = least;
    double to = largest;
    // The sum may be rounded out of the range.
    return fill(type, shape, i -> Math.clamp(low + width * unit(i), from, to));
  }

  private Tensor uniformIntegers(Shape shape, double low, double high) {
    double least = Math.ceil(low);
    double count = Math.ceil(high) - least;
    if (!(count >= 1 && least >= Integer.MIN_VALUE && high - 1 <= Integer.MAX_VALUE)) {
      throw noRange(DType.INT32, low, high);
    }
    // The upper half of bits times count: floor(unit count), from all 64 bits.
    return fill(DType.INT32, shape, i -> least + Math.unsignedMultiplyHigh(bits(i), (long) count));
  }

  private static boolean isWithin(DType type, double bound) {
    return Double.isFinite(type == DType.FLOAT32 ? (float) bound : bound);
  }

  private static IllegalArgumentException noRange(DType type, double low, double high) {
    return new IllegalArgumentException(
        "[uniform] expected a range [low, high) that contains a "
            + type
            + ", got ["
            + low
            + ", "
            + high
            + ")");
  }

  /**
   * Returns samples of the normal distribution, rounded to the nearest integer for int32.
   *
   * @throws IllegalArgumentException if the mean is not finite, or the deviation is negative or not
   *     finite
   */
  public Tensor normal(DType type, Shape shape, double mean, double deviation) {
    checkNormal("normal", mean, deviation);
    return fill(type, shape, i -> rounded(type, mean + deviation * gaussian(i)));
  }

  private static void checkNormal(String operation, double mean, double deviation) {
    if (!(Double.isFinite(mean) && deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "["
              + operation
              + "] expected a finite mean and a finite deviation of at least 0, got "
              + mean
              + " and "
              + deviation);
    }
  }

  private static double rounded(DType type, double x) {
    return type == DType.INT32 ? Math.rint(x) : x;
  }

  /**
   * Returns samples of the normal distribution truncated at two standard deviations: values outside
   * are drawn again, from derived keys. The standard deviation of the result is 0.88 times the
   * given one.
   *
   * @throws IllegalArgumentException as {@link #normal} does
   */
  public Tensor truncatedNormal(DType type, Shape shape, double mean, double deviation) {
    checkNormal("truncatedNormal", mean, deviation);
    return fill(type, shape, i -> rounded(type, mean + deviation * truncated(i)));
  }

  private double truncated(int i) {
    double x = gaussian(i);
    for (int again = 1; Math.abs(x) > 2; again++) {
      x = derive(REDRAW, again).gaussian(i);
    }
    return x;
  }

  /**
   * Returns 1 with the given probability, else 0.
   *
   * @throws IllegalArgumentException if the probability is not in [0, 1]
   */
  public Tensor bernoulli(DType type, Shape shape, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "[bernoulli] expected a probability in [0, 1], got " + probability);
    }
    return bernoulli(ElementTypes.elements(type), type, shape, probability);
  }

  // Dropout draws these at each step: bits first, in a loop that the compiler vectorizes.
  private <A> Tensor bernoulli(Elements<A> e, DType type, Shape shape, double probability) {
    // unit(i) < probability in integers, and without a branch, which would be mispredicted half of
    // the time.
    long limit = (long) Math.ceil(probability / UNIT);
    int n = shape.size();
    A x = ArrayScope.room(e, "random", shape);
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

  /**
   * Returns the numbers 0 to n - 1 in random order (Fisher &amp; Yates; Durstenfeld 1964).
   *
   * @param n from 0 to 2147483639, the maximum array length
   */
  public int[] permutation(int n) {
    if (n < 0 || n > LONGEST) {
      throw new IllegalArgumentException(
          "[permutation] expected n from 0 to " + LONGEST + ", got " + n);
    }
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
    return fill(ElementTypes.elements(type), type, shape, draw);
  }

  private static <A> Tensor fill(Elements<A> e, DType type, Shape shape, Draw draw) {
    int n = shape.size();
    A x = ArrayScope.room(e, "random", shape);
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
