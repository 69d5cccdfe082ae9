package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomKeyTest {
  private static final RandomKey KEY = RandomKey.of(31);

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double deviation(double[] x) {
    double m = mean(x);
    return Math.sqrt(Arrays.stream(x).map(v -> (v - m) * (v - m)).average().orElseThrow());
  }

  @Test
  void splitKeysAreOthersAndAlwaysTheSame() {
    List<RandomKey> keys = KEY.split(100);
    assertThat(keys).doesNotHaveDuplicates().doesNotContain(KEY).hasSize(100);
    assertThat(keys).isEqualTo(KEY.split(100)).startsWith(KEY.split(7).toArray(RandomKey[]::new));
    double[] x = keys.get(0).uniform(DType.FLOAT64, Shape.of(20_000), -1, 1).toDoubles();
    double[] y = keys.get(1).uniform(DType.FLOAT64, Shape.of(20_000), -1, 1).toDoubles();
    double[] product = new double[x.length];
    Arrays.setAll(product, i -> x[i] * y[i]);
    assertThat(mean(product)).isCloseTo(0, within(0.01));
  }

  @Test
  void truncatedNormalHasNoTailsAndTheDeviationThatFollows() {
    double[] x = KEY.truncatedNormal(DType.FLOAT64, Shape.of(100_000), 3, 0.5).toDoubles();
    assertThat(Arrays.stream(x).min().orElseThrow()).isBetween(2.0, 2.01);
    assertThat(Arrays.stream(x).max().orElseThrow()).isBetween(3.99, 4.0);
    assertThat(mean(x)).isCloseTo(3, within(0.01));
    // Of a standard normal cut at 2: sqrt(1 - 2 * 2 phi(2) / (2 Phi(2) - 1)).
    assertThat(deviation(x)).isCloseTo(0.5 * 0.8796, within(0.005));
    double[] normal = KEY.normal(DType.FLOAT64, Shape.of(100_000), 3, 0.5).toDoubles();
    for (int i = 0; i < x.length; i++) {
      if (Math.abs(normal[i] - 3) < 0.999) {
        assertThat(x[i]).isEqualTo(normal[i]);
      }
    }
  }

  @Test
  void uniformNumbersFillTheirRangeEvenly() {
    double[] x = KEY.uniform(DType.FLOAT64, Shape.of(100_000), -2, 6).toDoubles();
    int[] counts = new int[8];
    for (double v : x) {
      counts[(int) Math.floor(v) + 2]++;
    }
    for (int n : counts) {
      assertThat(n).isBetween(12_000, 13_000);
    }
  }

  @Test
  void aNumberDependsOnItsPositionOnly() {
    for (DType type : DType.values()) {
      Tensor many = KEY.normal(type, Shape.of(10_001), 0, 10);
      assertThat(
              KEY.normal(type, Shape.of(5, 13), 0, 10).reshape(65).sameBits(many.slice(0, 0, 65)))
          .isTrue();
    }
    assertThat(KEY.normal(DType.FLOAT32, Shape.of(0, 3), 0, 1).toFloats()).isEmpty();
    assertThat(KEY.permutation(0)).isEmpty();
    assertThat(KEY.permutation(100)).hasSize(100).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0x1p-53, 1e-17, 0.3, 0.5, 1 - 0x1p-53, 1})
  void bernoulliIsOneWhereAUniformNumberIsBelow(double probability) {
    RandomKey key = RandomKey.of(3);
    double[] drawn = key.bernoulli(DType.FLOAT64, Shape.of(5_000), probability).toDoubles();
    for (int i = 0; i < drawn.length; i++) {
      assertThat(drawn[i]).isEqualTo(key.unit(i) < probability ? 1 : 0);
    }
  }

  @Test
  void uniformNeverReachesItsUpperBound() {
    // About one draw in 2^25 lies so close to 1 that rounding to float32 would give 1.
    for (long seed = 0; seed < 16; seed++) {
      float[] x = RandomKey.of(seed).uniform(DType.FLOAT32, Shape.of(1 << 23), 0, 1).toFloats();
      for (float v : x) {
        if (!(v >= 0 && v < 1)) {
          assertThat(v).as("seed %d", seed).isBetween(0f, Math.nextDown(1f));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.7, 0.7000001",
    "16777216, 16777219",
    "-1e-45, 1e-45",
    "0, 4.9e-324",
    "-3, -2.9999"
  })
  void uniformStaysInNarrowRanges(double low, double high) {
    double[] wide = KEY.uniform(DType.FLOAT64, Shape.of(1000), low, high).toDoubles();
    assertThat(Arrays.stream(wide)).allMatch(v -> v >= low && v < high);
    if (Math.nextUp((float) low) < high) {
      double[] narrow = KEY.uniform(DType.FLOAT32, Shape.of(1000), low, high).toDoubles();
      assertThat(Arrays.stream(narrow)).allMatch(v -> v >= low && v < high);
    }
  }

  @Test
  void uniformIntegersAreDrawnEqually() {
    int[] x = KEY.uniform(DType.INT32, Shape.of(60_000), -3, 3).toInts();
    int[] counts = new int[6];
    for (int v : x) {
      counts[v + 3]++;
    }
    // 10,000 each, within 5 deviations of 91.
    assertThat(Arrays.stream(counts)).allMatch(n -> n > 9_545 && n < 10_455);
    assertThat(KEY.uniform(DType.INT32, Shape.of(100), 6.5, 7.5).toInts()).containsOnly(7);
    int[] all =
        KEY.uniform(DType.INT32, Shape.of(1000), Integer.MIN_VALUE, 1.0 + Integer.MAX_VALUE)
            .toInts();
    assertThat(Arrays.stream(all).filter(v -> v < 0).count()).isBetween(400L, 600L);
    assertThat(Arrays.stream(all).max().orElseThrow()).isGreaterThan(2_100_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT64, 1, 0",
    "FLOAT32, NaN, 1",
    "FLOAT64, 0, Infinity",
    "FLOAT64, -1e308, 1e308",
    "FLOAT32, 16777216.2, 16777216.8",
    "FLOAT32, 0, 1e39",
    "INT32, 3, 3",
    "INT32, 0.2, 0.8",
    "INT32, 0, 3e9"
  })
  void uniformRefusesARangeWithoutNumbers(DType type, double low, double high) {
    assertThatThrownBy(() -> KEY.uniform(type, Shape.of(3), low, high))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[uniform] expected")
        .hasMessageContaining(type.toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 1e300, -1, -Double.MIN_VALUE, Double.NaN})
  void bernoulliRefusesWhatIsNoProbability(double probability) {
    assertThatThrownBy(() -> KEY.bernoulli(DType.FLOAT32, Shape.of(3), probability))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[bernoulli] expected a probability in [0, 1], got " + probability);
  }

  @ParameterizedTest
  @CsvSource({"0, -1", "0, NaN", "0, Infinity", "NaN, 1", "-Infinity, 1"})
  void normalRefusesNumbersThatAreNoneOfADistribution(double mean, double deviation) {
    String given = "expected a finite mean and a finite deviation of at least 0, got ";
    assertThatThrownBy(() -> KEY.normal(DType.FLOAT32, Shape.of(3), mean, deviation))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[normal] " + given + mean + " and " + deviation);
    assertThatThrownBy(() -> KEY.truncatedNormal(DType.INT32, Shape.of(3), mean, deviation))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[truncatedNormal] " + given + mean + " and " + deviation);
    assertThat(KEY.normal(DType.FLOAT32, Shape.of(3), 2, 0).toFloats()).containsOnly(2);
  }

  @Test
  void negativeCountsAreRefused() {
    assertThatThrownBy(() -> KEY.split(-1)).hasMessage("[split] expected n of at least 0, got -1");
  }

  @Test
  void normalIntegersAreRoundedToTheNearest() {
    int[] x = KEY.normal(DType.INT32, Shape.of(100_000), 0, 1).toInts();
    double zeros = Arrays.stream(x).filter(v -> v == 0).count() / 100_000.0;
    assertThat(zeros).isCloseTo(0.3829, within(0.008)); // Phi(0.5) - Phi(-0.5)
  }

  @Test
  void whatNoArrayHoldsAndNullAreNamed() {
    RandomKey key = RandomKey.of(1);
    for (int n : new int[] {-1, Integer.MAX_VALUE - 7, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> key.permutation(n))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("[permutation] expected n from 0 to 2147483639, got " + n);
    }
    assertThatThrownBy(() -> key.fold((String) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("name");
  }

  @Test
  void itemsArePickedWithTheSameProbability() {
    List<String> items = List.of("a", "b", "c");
    int[] counts = new int[3];
    for (int i = 0; i < 3000; i++) {
      counts[items.indexOf(RandomKey.of(1).pick(items, i))]++;
    }
    assertThat(Arrays.stream(counts)).allMatch(n -> n > 900 && n < 1100);
    assertThatThrownBy(() -> RandomKey.of(1).pick(List.of(), 0))
        .hasMessage("[key] expected at least one item to pick from, got none");
  }
}
