package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules against their papers' equations, written out by hand. */
class RulesTest {
  /** The papers' equations for one element: memory, gradient, and the move to be made. */
  private interface Equations {
    double next(double theta, double g, double[] memory, int t);
  }

  private static void check(Rule rule, Equations equations) {
    Parameter p = new Parameter(Tensor.of(Shape.of(2), 0.5, -2.0));
    Optimizer o = Optimizer.of(rule, Map.of("p", p));
    double[] theta = {0.5, -2};
    double[][] memory = new double[2][4];
    for (int t = 1; t <= 6; t++) {
      // Rising, falling, and of both signs.
      double[] g = {Math.sin(2.0 * t), 0.3 - 0.1 * t};
      o.update(Map.of(p, new Gradient.Dense(Tensor.of(Shape.of(2), g))));
      for (int i = 0; i < 2; i++) {
        theta[i] = equations.next(theta[i], g[i], memory[i], t);
      }
      assertThat(p.value().toDoubles()).containsExactly(theta, within(1e-14));
    }
  }

  @Test
  void momentumIsPolyaks() {
    check(
        new Momentum(0.1, 0.9),
        (theta, g, v, t) -> {
          v[0] = 0.9 * v[0] + g;
          return theta - 0.1 * v[0];
        });
  }

  @Test
  void nesterovLooksAhead() {
    check(
        new Nesterov(0.1, 0.9),
        (theta, g, v, t) -> {
          v[0] = 0.9 * v[0] + g;
          return theta - 0.1 * (g + 0.9 * v[0]);
        });
  }

  @Test
  void adagradIsDuchis() {
    check(
        new Adagrad(0.1, 1e-3),
        (theta, g, s, t) -> {
          s[0] += g * g;
          return theta - 0.1 * g / (Math.sqrt(s[0]) + 1e-3);
        });
  }

  @Test
  void adadeltaIsZeilers() {
    check(
        new Adadelta(1, 0.95, 1e-6),
        (theta, g, m, t) -> {
          m[0] = 0.95 * m[0] + 0.05 * g * g;
          double d = Math.sqrt(m[1] + 1e-6) / Math.sqrt(m[0] + 1e-6) * g;
          m[1] = 0.95 * m[1] + 0.05 * d * d;
          return theta - d;
        });
  }

  @Test
  void rmsPropIsHintons() {
    check(
        new RmsProp(0.1, 0.9, 1e-3, 0),
        (theta, g, m, t) -> {
          m[0] = 0.9 * m[0] + 0.1 * g * g;
          return theta - 0.1 * g / (Math.sqrt(m[0]) + 1e-3);
        });
  }

  @Test
  void rmsPropAddsEpsilonInsideTheRootIfAsked() {
    check(
        new RmsProp(0.1, 0.9, 1e-3, 0.5, Epsilon.INSIDE_ROOT),
        (theta, g, m, t) -> {
          m[0] = 0.9 * m[0] + 0.1 * g * g;
          m[1] = 0.5 * m[1] + g / Math.sqrt(m[0] + 1e-3);
          return theta - 0.1 * m[1];
        });
  }

  @Test
  void centeredRmsPropIsGraves() {
    check(
        new CenteredRmsProp(0.1, 0.95, 1e-4, 0.9),
        (theta, g, m, t) -> {
          m[0] = 0.95 * m[0] + 0.05 * g * g;
          m[1] = 0.95 * m[1] + 0.05 * g;
          m[2] = 0.9 * m[2] + g / Math.sqrt(m[0] - m[1] * m[1] + 1e-4);
          return theta - 0.1 * m[2];
        });
  }

  @Test
  void amsGradKeepsTheLargestMoment() {
    check(
        new AmsGrad(new Adam(0.1, 0.9, 0.5, 1e-3)),
        (theta, g, m, t) -> {
          m[0] = 0.9 * m[0] + 0.1 * g;
          m[1] = 0.5 * m[1] + 0.5 * g * g;
          m[2] = Math.max(m[2], m[1]);
          double largest = m[2] / (1 - Math.pow(0.5, t));
          return theta - 0.1 * m[0] / (1 - Math.pow(0.9, t)) / (Math.sqrt(largest) + 1e-3);
        });
  }

  @Test
  void coupledDecayIsPartOfTheGradient() {
    check(
        new CoupledDecay(new RmsProp(0.1, 0.9, 1e-3, 0), 0.3),
        (theta, g, m, t) -> {
          double d = g + 0.3 * theta;
          m[0] = 0.9 * m[0] + 0.1 * d * d;
          return theta - 0.1 * d / (Math.sqrt(m[0]) + 1e-3);
        });
  }

  @Test
  void decoupledDecayIsNot() {
    check(
        new DecoupledDecay(new RmsProp(0.1, 0.9, 1e-3, 0), 0.3),
        (theta, g, m, t) -> {
          m[0] = 0.9 * m[0] + 0.1 * g * g;
          return (1 - 0.1 * 0.3) * theta - 0.1 * g / (Math.sqrt(m[0]) + 1e-3);
        });
  }

  @Test
  void aConstantGradientHasNoVarianceBelowZero() {
    Parameter p = new Parameter(Tensor.of(Shape.of(1), 0.5f));
    Optimizer o = Optimizer.of(new CenteredRmsProp(0.1, 0.95, 1e-20, 0), Map.of("p", p));
    for (int t = 0; t < 500; t++) {
      o.update(Map.of(p, new Gradient.Dense(Tensor.of(Shape.of(1), 1234.567f))));
    }
    assertThat(p.value().item()).isFinite();
  }
}
