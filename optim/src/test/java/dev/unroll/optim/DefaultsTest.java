package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Defaults are the papers'; where a paper has none, the Javadoc says where they come from. */
class DefaultsTest {

  @Test
  void adam() {
    // "Good default settings for the tested machine learning problems are alpha = 0.001, beta1 =
    // 0.9, beta2 = 0.999 and epsilon = 10^-8." (algorithm 1)
    assertThat(new Adam()).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-8));
    assertThat(new AmsGrad().adam()).isEqualTo(new Adam());
  }

  @Test
  void adamW() {
    // "given alpha = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 10^-8, lambda in R" (algorithm 2)
    assertThat(new AdamW().adam()).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-8));
    assertThat(new AdamW().decay()).isEqualTo(0.01);
  }

  @Test
  void adadelta() {
    // "hyperparameters rho = 0.95 and epsilon = 1e-6" (section 4.1); there is no learning rate.
    assertThat(new Adadelta()).isEqualTo(new Adadelta(1, 0.95, 1e-6));
  }

  @Test
  void rmsProp() {
    // "MeanSquare(w, t) = 0.9 MeanSquare(w, t-1) + 0.1 (dE/dw(t))^2" (lecture 6.5); the rate of
    // 0.001 is Hinton's advice.
    assertThat(new RmsProp()).isEqualTo(new RmsProp(0.001, 0.9, 1e-8, 0));
  }

  @Test
  void centeredRmsProp() {
    // "aleph = 0.95, beth = 0.9, gimel = 0.0001, daleth = 0.0001" (below equation 41)
    assertThat(new CenteredRmsProp()).isEqualTo(new CenteredRmsProp(0.0001, 0.95, 0.0001, 0.9));
  }

  @Test
  void thoseWithoutDefaultsInTheirPapers() {
    assertThat(new Sgd()).isEqualTo(new Sgd(0.1));
    assertThat(new Momentum()).isEqualTo(new Momentum(0.1, 0.9));
    // Sutskever et al. try a largest momentum of 0.9, 0.99, 0.995 and 0.999 (table 1).
    assertThat(new Nesterov()).isEqualTo(new Nesterov(0.1, 0.9));
    assertThat(new Adagrad()).isEqualTo(new Adagrad(0.01, 1e-10));
  }

  @Test
  void aRateAloneLeavesTheOtherDefaults() {
    assertThat(new Adam(0.2)).isEqualTo(new Adam(0.2, 0.9, 0.999, 1e-8));
    assertThat(new AdamW(0.2)).isEqualTo(new AdamW(new Adam(0.2), 0.01));
    assertThat(new AdamW(0.2, 0.3)).isEqualTo(new AdamW(new Adam(0.2), 0.3));
    assertThat(new AmsGrad(0.2)).isEqualTo(new AmsGrad(new Adam(0.2)));
    assertThat(new Adadelta(0.2)).isEqualTo(new Adadelta(0.2, 0.95, 1e-6));
    assertThat(new Adagrad(0.2)).isEqualTo(new Adagrad(0.2, 1e-10));
    assertThat(new Momentum(0.2)).isEqualTo(new Momentum(0.2, 0.9));
    assertThat(new Nesterov(0.2)).isEqualTo(new Nesterov(0.2, 0.9));
    assertThat(new RmsProp(0.2)).isEqualTo(new RmsProp(0.2, 0.9, 1e-8, 0, Epsilon.OUTSIDE_ROOT));
    assertThat(new CenteredRmsProp(0.2))
        .isEqualTo(new CenteredRmsProp(0.2, 0.95, 0.0001, 0.9, Epsilon.INSIDE_ROOT));
  }
}
