package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  private final Parameter p = new Parameter(Tensor.scalar(DType.FLOAT64, 1));
  private final WeightAverage average = new WeightAverage(0.9, Map.of("p", p));

  private void move(double to) {
    p.update(Tensor.scalar(DType.FLOAT64, to));
    average.update();
  }

  private double value() {
    return average.values().get("p").item();
  }

  @Test
  void itFollowsTheWeightsSlowly() {
    move(2);
    double expected = 2.0 / 11 + (1 - 2.0 / 11) * 2; // While it is young, it forgets sooner.
    assertThat(value()).isCloseTo(expected, within(1e-14));
    for (int i = 2; i <= 200; i++) {
      double now = Math.min(0.9, (1.0 + i) / (10 + i));
      expected = now * expected + (1 - now) * i;
      move(i);
    }
    assertThat(value()).isCloseTo(expected, within(1e-10));
  }

  @Test
  void theWeightsComeBack() {
    move(3);
    double during = average.during(() -> p.value().item());
    assertThat(during).isEqualTo(value());
    assertThat(p.value().item()).isEqualTo(3);
    assertThatThrownBy(() ->
            average.during(() -> {
              throw new IllegalStateException("x");
            }))
        .hasMessage("x");
    assertThat(p.value().item()).isEqualTo(3);
  }

  @Test
  void restoredStateGoesOnToTheBit() {
    move(3);
    WeightAverage other = new WeightAverage(0.9, Map.of("p", p));
    other.restore(average.state());
    move(5);
    other.update();
    assertThat(other.values().get("p").item()).isEqualTo(value());
  }
}
