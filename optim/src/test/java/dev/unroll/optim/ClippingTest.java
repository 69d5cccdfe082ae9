package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
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
    assertThatThrownBy(() -> Clipping.globalNorm(gradients(1, 0, 0), 0))
        .hasMessage("[optim] max must be finite and above 0, not 0.0");
  }
}
