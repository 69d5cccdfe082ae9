package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingTest {
  private static Tensor column(double... x) {
    return Tensor.of(Shape.of(x.length, 1), x);
  }

  private static double[] scaled(Tensor t) {
    return Scaling.standard(t).apply(t).toDoubles();
  }

  @Test
  void constantColumnsAreMovedToZero() {
    for (int seed = 0; seed < 300; seed++) {
      RandomKey key = RandomKey.of(seed);
      double c = key.gaussian(0) * Math.pow(10, Math.floor(20 * key.unit(2) - 10));
      double[] x = new double[1 + (int) (1000 * key.unit(3))];
      Arrays.fill(x, c);
      for (DType type : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
        Tensor t = column(x).to(type);
        Scaling s = Scaling.standard(t);
        assertThat(s.width().item()).as("seed %d", seed).isEqualTo(1);
        assertThat(s.center().item()).as("seed %d", seed).isEqualTo(t.get(0, 0));
        assertThat(s.apply(t).toDoubles()).containsOnly(0);
        // What is new is still of its own size, not thousands of deviations away.
        assertThat(s.apply(column(1.01 * c)).item())
            .isCloseTo(0.01 * c, within(1e-6 * Math.abs(c)));
        assertThat(s.invert(s.apply(t)).sameBits(t)).isTrue();
      }
    }
  }

  @Test
  void roundingErrorIsNoChange() {
    double[] x = new double[100];
    Arrays.setAll(x, i -> i % 2 == 0 ? 0.1 : Math.nextUp(0.1));
    assertThat(Scaling.standard(column(x)).width().item()).isEqualTo(1);
    // Eight units in the last place are more than that.
    Arrays.setAll(x, i -> i % 2 == 0 ? 1 : 1 + 8 * Math.ulp(1.0));
    assertThat(scaled(column(x))).containsOnly(-1, 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {3e38, 1e30, 1e-30, 1e-38, 1e-44})
  void everySizeOfFloat32IsScaled(double size) {
    Tensor t = Tensor.of(Shape.of(4, 1), (float) -size, (float) size, (float) size, (float) -size);
    assertThat(scaled(t)).containsExactly(-1, 1, 1, -1);
    Tensor skewed =
        Tensor.of(Shape.of(4, 1), (float) -size, (float) -size, (float) -size, (float) size);
    double[] expected = {-1 / Math.sqrt(3), -1 / Math.sqrt(3), -1 / Math.sqrt(3), Math.sqrt(3)};
    assertThat(scaled(skewed)).containsExactly(expected, within(1e-7));
    Scaling s = Scaling.standard(skewed);
    assertThat(s.invert(s.apply(skewed)).get(3, 0)).isCloseTo((float) size, within(1e-6 * size));
    assertThat(Scaling.range(skewed).apply(skewed).toDoubles()).containsExactly(0, 0, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {8e307, 1e200, 1e-200, 1e-300, 1e-307})
  void everySizeOfFloat64IsScaled(double size) {
    assertThat(scaled(column(-size, size, size, -size))).containsExactly(-1, 1, 1, -1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {4.9e-324, 1e-310})
  void subnormalDeviationsCountAsNone(double size) {
    Tensor t = column(-size, size);
    assertThat(Scaling.standard(t).width().item()).isEqualTo(1);
    assertThat(scaled(t)).containsExactly(0, 2 * size);
  }

  @Test
  void integersAreScaledInDoublePrecision() {
    Tensor t = Tensor.of(Shape.of(4, 2), 1, 7, 2, 7, 3, 7, 4, 7);
    Scaling s = Scaling.standard(t);
    assertThat(s.center().toDoubles()).containsExactly(2.5, 7);
    assertThat(s.width().toDoubles()).containsExactly(Math.sqrt(1.25), 1);
    assertThat(s.apply(t).type()).isEqualTo(DType.FLOAT64);
    assertThat(s.apply(t).get(3, 0)).isCloseTo(1.5 / Math.sqrt(1.25), within(1e-15));
    int max = Integer.MAX_VALUE;
    Tensor wide = Tensor.of(Shape.of(2, 1), Integer.MIN_VALUE, max);
    assertThat(scaled(wide)).containsExactly(-1, 1);
    assertThat(Scaling.range(wide).apply(wide).toDoubles()).containsExactly(0, 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void aSmallDeviationBesideALargeMeanIsExact(DType type) {
    double[] x = new double[1000];
    Arrays.setAll(x, i -> 1e7 + i % 3 - 1);
    double[] y = scaled(column(x).to(type));
    double deviation = Math.sqrt(2.0 / 3); // But for the one more of the first value.
    assertThat(y[2] - y[1]).isCloseTo(1 / deviation, within(1e-3));
    assertThat(Arrays.stream(y).sum()).isCloseTo(0, within(type == DType.FLOAT32 ? 1e-3 : 1e-6));
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> Scaling.standard(column(-1.5e308, 1.5e308)))
        .hasMessage(
            "[scaling] expected a range that float64 can represent, got -1.5E308 to 1.5E308");
    Scaling s = Scaling.standard(column(1, 2));
    assertThatThrownBy(() -> s.columns(1))
        .hasMessage("[scaling] expected columns from 0 to 0, got [1]");
    assertThatThrownBy(() -> s.columns(-1)).hasMessageStartingWith("[scaling] expected columns");
    Tensor nan = Tensor.of(Shape.of(1), Double.NaN);
    assertThatThrownBy(() -> new Scaling(nan, Tensor.of(Shape.of(1), 1.0)))
        .hasMessageStartingWith("[scaling] expected a finite center");
  }
}
