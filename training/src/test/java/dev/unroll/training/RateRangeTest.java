package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.optim.Momentum;
import dev.unroll.optim.Sgd;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The learning-rate range test. */
class RateRangeTest {
  private static RateRange range(Line line) {
    return RateRange.of(line.layer, line::loss, Sgd::new, line.source);
  }

  @Test
  void ratesGrowExponentiallyAndLossesAreThoseOfATraining() {
    Line line = new Line(12);
    RateCurve c = range(line).between(1e-4, 1e-2).updates(3).run();
    assertThat(c.rates().get(0)).isEqualTo(1e-4);
    assertThat(c.rates().get(1)).isCloseTo(1e-3, within(1e-15));
    assertThat(c.rates().get(2)).isCloseTo(1e-2, within(1e-15));
    assertThat(c.losses().getFirst())
        .isEqualTo(Evaluation.of(line::loss, line.source, Metric.loss()));
    assertThat(c.losses()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void weightsAndPositionAreRestoredExactly() throws IOException {
    Line line = new Line(4);
    line.trainer.run(2);
    Line whole = new Line(4);
    whole.trainer.run(5);
    Map<String, Tensor> before = line.layer.save();
    RateRange.of(line.layer, line::loss, Momentum::new, line.source).updates(20).run();
    line.layer.save().forEach((n, t) -> assertThat(t.sameBits(before.get(n))).isTrue());
    assertThat(line.source.position()).isEqualTo(2);
    line.trainer.run(5);
    assertThat(line.layer.weight().value().item()).isEqualTo(whole.layer.weight().value().item());
  }

  @Test
  void aTrainingThatDivergesEndsTheTest() {
    Line line = new Line(12);
    RateCurve c = range(line).between(1e-3, 1e30).updates(200).run();
    assertThat(c.rates().size()).isBetween(5, 100);
    assertThat(c.losses()).allMatch(Double::isFinite);
    double rate = c.suggestion().orElseThrow();
    assertThat(rate).isBetween(0.01, 2.0);
    assertThat(line.layer.weight().value().item())
        .isEqualTo(new Line(12).layer.weight().value().item());
    assertThat(line.source.position()).isZero();
  }

  @Test
  void whatATaskThrowsIsPassedOnAfterRestoring() {
    Line line = new Line(4);
    int[] calls = {0};
    Task failing =
        (b, carried, mode) -> {
          if (calls[0]++ == 3) {
            throw new IllegalStateException("planted");
          }
          return line.loss(b, carried, mode);
        };
    assertThatThrownBy(() -> RateRange.of(line.layer, failing, Sgd::new, line.source).run())
        .hasMessage("planted");
    assertThat(line.layer.weight().value().item())
        .isEqualTo(new Line(4).layer.weight().value().item());
    assertThat(line.source.position()).isZero();
  }

  @Test
  void aFirstLossThatIsNoNumberIsAnError() {
    Line line = new Line(4);
    Task nan =
        (b, carried, mode) -> {
          Outcome o = line.loss(b, carried, mode);
          Variable loss = o.loss().mul(Double.NaN);
          return new Outcome(loss, o.output(), o.targets(), o.weight(), o.carried());
        };
    assertThatThrownBy(() -> RateRange.of(line.layer, nan, Sgd::new, line.source).run())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void theSuggestionIsWhereTheLossFallsFastest() {
    List<Double> rates = IntStream.range(0, 61).mapToObj(i -> Math.pow(10, -6 + i / 10.0)).toList();
    List<Double> losses =
        IntStream.range(0, 61)
            .mapToObj(i -> 2 - Math.tanh((i - 30) / 5.0) + (i % 2 == 0 ? 0.01 : -0.01))
            .toList();
    RateCurve c = new RateCurve(rates, losses);
    assertThat(Math.log10(c.suggestion().orElseThrow())).isCloseTo(-3, within(0.15));
    assertThat(c).asString().startsWith("RateCurve[61 updates from 1.00e-06 to 1.00e+00, sugg");
    assertThat(new RateCurve(List.of(1e-3, 1e-2, 0.1), List.of(1.0, 1.0, 2.0)).suggestion())
        .isEmpty();
    assertThat(new RateCurve(List.of(), List.of()))
        .hasToString("RateCurve[0 updates, suggestion none]");
  }

  @Test
  void argumentsAreChecked() {
    Line line = new Line(4);
    assertThatThrownBy(() -> range(line).between(0, 1))
        .hasMessage("[rateRange] expected rates above 0, the second one greater, got 0.0 and 1.0");
    assertThatThrownBy(() -> range(line).between(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> range(line).updates(1))
        .hasMessage("[rateRange] expected at least 2 updates, got 1");
    assertThatThrownBy(() -> range(line).key((RandomKey) null)).hasMessage("key");
    assertThatThrownBy(() -> RateRange.of(line.layer, line::loss, null, line.source))
        .hasMessage("rule");
    assertThatThrownBy(() -> new RateCurve(List.of(1.0), List.of()))
        .hasMessage("[rateCurve] expected as many rates as losses, got 1 and 0");
    assertThatThrownBy(() -> new RateCurve(List.of(2.0, 1.0), List.of(1.0, 1.0)))
        .hasMessage("[rateCurve] expected rates above 0 and ascending, got [2.0, 1.0]");
  }
}
