package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.scan.GradientNorms;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HooksTest {
  private static final RandomKey KEY = RandomKey.of(51);

  private final Parameter p = new Parameter(KEY.normal(DType.FLOAT64, Shape.of(3), 0, 1));

  @Test
  void hookSeesTheSumOnceAndMayReplaceIt() {
    List<Variable> seen = new ArrayList<>();
    Variable y =
        p.affine(2, 0)
            .onGradient(g -> {
              seen.add(g);
              return g.mul(10);
            });
    Variable loss = y.sum().add(y.mul(3).sum());
    assertThat(Gradients.of(loss, List.of(p)).get(p).dense().toDoubles())
        .containsExactly(80, 80, 80);
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().value().toDoubles()).containsExactly(4, 4, 4);
  }

  @Test
  void hookThatBreaksTheShapeIsRefused() {
    Variable loss = p.onGradient(Variable::sum).sum();
    assertThatThrownBy(() -> Gradients.of(loss, List.of(p)))
        .hasMessage(
            "[onGradient] expected a gradient of its input's type and shape, float64 [3], got float64 []");
  }

  private static Scan.Result run(Scan scan, Variable xs, Variable h0, Variable w) {
    return scan.run(
        (inputs, carried, time) -> {
          Variable h = inputs.getFirst().add(carried.getFirst().mul(w)).tanh();
          return new Scan.Result(List.of(h), List.of(h));
        },
        List.of(xs),
        List.of(h0),
        7);
  }

  @Test
  void normsOfTheStatesAreThoseOfTheirGradients() {
    Variable xs = Variable.of(KEY.fold(1).normal(DType.FLOAT64, Shape.of(5, 3), 0, 1));
    Variable h0 = Variable.scalar(DType.FLOAT64, 0).expand(Shape.of(3));
    // By hand, with every state at hand: loss = sum of squares of all outputs.
    List<Variable> states = new ArrayList<>();
    Variable h = h0;
    Variable loss = Variable.scalar(DType.FLOAT64, 0);
    for (int t = 0; t < 5; t++) {
      h = xs.select(0, t).add(h.mul(p)).tanh();
      states.add(h);
      loss = loss.add(h.mul(h).sum());
    }
    List<Variable> expected = Gradients.of(loss, Variable.scalar(DType.FLOAT64, 1), states);
    Variable plain = run(Scan.forward(), xs, h0, p).outputs().getFirst();
    Tensor without = Gradients.of(plain.mul(plain).sum(), List.of(p)).get(p).dense();
    for (Scan scan : List.of(Scan.forward(), Scan.forward().checkpointed())) {
      GradientNorms norms = new GradientNorms();
      Variable out = run(scan.onGradient(norms), xs, h0, p).outputs().getFirst();
      Tensor with = Gradients.of(out.mul(out).sum(), List.of(p)).get(p).dense();
      assertThat(with.sameBits(without)).isTrue();
      assertThat(norms.of(0).keySet()).containsExactly(7, 8, 9, 10, 11);
      for (int t = 0; t < 5; t++) {
        double norm = 0;
        for (double d : expected.get(t).value().toDoubles()) {
          norm += d * d;
        }
        assertThat(norms.of(0).get(7 + t)).isCloseTo(Math.sqrt(norm), within(1e-12));
      }
      assertThat(norms.of(1)).isEmpty();
    }
  }

  @Test
  void hookOfAScanMayClipWhatFlowsBack() {
    Variable xs = Variable.of(KEY.fold(1).normal(DType.FLOAT64, Shape.of(4, 3), 0, 1));
    Parameter h0 = new Parameter(Tensor.zeros(DType.FLOAT64, Shape.of(3)));
    Scan stopped = Scan.backward().onGradient((time, carried, g) -> g.mul(time == 9 ? 0 : 1));
    Scan.Result r = run(stopped, xs, h0, p);
    Tensor g = Gradients.of(r.carried().getFirst().sum(), List.of(h0)).get(h0).dense();
    assertThat(Arrays.stream(g.toDoubles())).hasSize(3).allMatch(v -> v == 0); // or -0
  }
}
