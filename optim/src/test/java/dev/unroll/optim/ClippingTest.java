package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClippingTest {
  private final Parameter a = new Parameter(Tensor.of(Shape.of(2), new double[2]));
  private final Parameter b = new Parameter(Tensor.of(Shape.of(1), new double[1]));

  private Map<Parameter, Gradient> gradients(double a0, double a1, double b0) {
    Map<Parameter, Gradient> all = new LinkedHashMap<>();
    all.put(a, new Gradient.Dense(Tensor.of(Shape.of(2), new double[] {a0, a1})));
    all.put(b, new Gradient.Dense(Tensor.of(Shape.of(1), new double[] {b0})));
    return all;
  }

  private double[] of(Map<Parameter, Gradient> gradients, Parameter p) {
    return gradients.get(p).dense().toDoubles();
  }

  @Test
  void oneFactorShortensAllGradients() {
    Clipping.Clipped c = Clipping.globalNorm(gradients(2, -3, 6), 3.5);
    assertThat(c.norm()).isEqualTo(7);
    assertThat(of(c.gradients(), a)).containsExactly(1, -1.5);
    assertThat(of(c.gradients(), b)).containsExactly(3);
  }

  @Test
  void methodsLimitAsTheFunctionsDoAndReportTheNormBefore() {
    Clipping.Clipped byNorm = Clipping.byNorm(3.5).apply(gradients(2, -3, 6));
    assertThat(byNorm.norm()).isEqualTo(7);
    assertThat(of(byNorm.gradients(), a)).containsExactly(1, -1.5);
    Clipping.Clipped byValue = Clipping.byValue(2.5).apply(gradients(2, -3, 6));
    assertThat(byValue.norm()).isEqualTo(7);
    assertThat(of(byValue.gradients(), a)).containsExactly(2, -2.5);
    assertThat(of(byValue.gradients(), b)).containsExactly(2.5);
    assertThat(Clipping.byValue(2.5)).hasToString("byValue(2.5)");
    assertThat(Clipping.byNorm(3.5)).hasToString("byNorm(3.5)");
    assertThatThrownBy(() -> Clipping.byValue(1).apply(gradients(2, Float.NaN, 6)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Clipping.byValue(0))
        .hasMessage("[optim] limit must be finite and above 0, not 0.0");
    assertThatThrownBy(() -> Clipping.byNorm(Double.NaN))
        .hasMessage("[optim] max must be finite and above 0, not NaN");
  }

  @Test
  void shortGradientsStay() {
    Map<Parameter, Gradient> g = gradients(2, -3, 6);
    assertThat(Clipping.globalNorm(g, 7).gradients()).isEqualTo(g);
  }

  @Test
  void normsBeyondTheLargestFloatDoNotOverflow() {
    Tensor big = Tensor.of(Shape.of(1), new float[] {3e38f});
    Parameter p = new Parameter(big);
    assertThat(Clipping.globalNorm(Map.of(p, new Gradient.Dense(big)), 1).norm()).isEqualTo(3e38f);
  }

  @Test
  void aGradientThatWasClippedBeforeHasTheNormItHasNow() {
    Clipping.Clipped once = Clipping.globalNorm(gradients(2, -3, 6), 3.5);
    Clipping.Clipped again = Clipping.globalNorm(once.gradients(), 1.75);
    assertThat(again.norm()).isEqualTo(3.5);
    assertThat(of(again.gradients(), a)).containsExactly(0.5, -0.75);
  }

  @Test
  void normsWhoseSquaresAreNoDoublesAreRight() {
    for (double unit : new double[] {1e-320, 1e-310, 1e-200, 1e-160, 1e154, 1e160, 1e300}) {
      double digits = unit < Double.MIN_NORMAL ? 1e-2 : 1e-14;
      Clipping.Clipped c =
          Clipping.globalNorm(gradients(2 * unit, -3 * unit, 6 * unit), 0.5 * unit);
      assertThat(c.norm()).isCloseTo(7 * unit, withinPercentage(100 * digits));
      double[] all = {of(c.gradients(), a)[0], of(c.gradients(), a)[1], of(c.gradients(), b)[0]};
      for (int i = 0; i < 3; i++) {
        double expected = new double[] {1, -1.5, 3}[i] / 7 * unit;
        assertThat(all[i]).isCloseTo(expected, withinPercentage(100 * digits));
      }
    }
    assertThat(Clipping.globalNorm(gradients(0, -0.0, 0), 1).norm()).isZero();
    assertThat(Clipping.globalNorm(gradients(1e300, 0, 1e-300), 1).norm()).isEqualTo(1e300);
    assertThat(Clipping.globalNorm(Map.of(), 1).norm()).isZero();
  }

  @Test
  void factorsAreTakenIntoAccountHoweverLarge() {
    Map<Parameter, Gradient> g = gradients(2e-160, -3e-160, 6e-160);
    g.replaceAll((p, x) -> x.scaled(1e170));
    assertThat(Clipping.globalNorm(g, 1e9).norm()).isCloseTo(7e10, withinPercentage(1e-10));
    g = gradients(2e200, -3e200, 6e200);
    g.replaceAll((p, x) -> x.scaled(-1e-190));
    assertThat(Clipping.globalNorm(g, 1e9).norm()).isCloseTo(7e10, withinPercentage(1e-10));
  }

  /** The factor alone would be subnormal in the type of the gradient. */
  @Test
  void whatIsShortenedVeryMuchKeepsItsDigits() {
    Tensor floats = Tensor.of(Shape.of(2), new float[] {2e38f, -1e38f});
    Parameter p = new Parameter(floats);
    Gradient g = new Gradient.Dense(floats);
    double[] short32 = of(Clipping.globalNorm(Map.of(p, g), 1e-6).gradients(), p);
    assertThat(short32[0]).isCloseTo(2e-6 / Math.sqrt(5), withinPercentage(1e-4));
    assertThat(short32[1]).isCloseTo(-1e-6 / Math.sqrt(5), withinPercentage(1e-4));
    double[] short64 = of(Clipping.globalNorm(gradients(3e307, -4e307, 0), 1e-12).gradients(), a);
    assertThat(short64[0]).isCloseTo(0.6e-12, withinPercentage(1e-10));
    assertThat(short64[1]).isCloseTo(-0.8e-12, withinPercentage(1e-10));
  }

  @Test
  void nullArgumentsAreNamed() {
    assertThatThrownBy(() -> Clipping.globalNorm(null, 1)).hasMessage("gradients");
    assertThatThrownBy(() -> Clipping.value(null, 1)).hasMessage("gradients");
    Map<Parameter, Gradient> none = new HashMap<>();
    none.put(a, null);
    assertThatThrownBy(() -> Clipping.globalNorm(none, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("gradient of a float64 [2]");
  }

  @Test
  void valuesAreLimitedElementByElement() {
    Map<Parameter, Gradient> g = Clipping.value(gradients(2, -3, 0.5), 1);
    assertThat(of(g, a)).containsExactly(1, -1);
    assertThat(of(g, b)).containsExactly(0.5);
  }

  @Test
  void normsThatAreNoNumberAreRefused() {
    assertThatThrownBy(() -> Clipping.globalNorm(gradients(Double.NaN, 0, 0), 1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("[clipping] the gradient of a float64 [2] parameter has norm NaN");
    assertThatThrownBy(() -> Clipping.globalNorm(gradients(0, 1, Double.NEGATIVE_INFINITY), 1))
        .hasMessage("[clipping] the gradient of a float64 [1] parameter has norm Infinity");
    assertThatThrownBy(() -> Clipping.globalNorm(gradients(1.7e308, 0, 1.7e308), 1))
        .hasMessage("[clipping] the gradient of all parameters has norm Infinity");
    assertThatThrownBy(() -> Clipping.globalNorm(gradients(1, 0, 0), 0))
        .hasMessage("[optim] max must be finite and above 0, not 0.0");
  }
}
