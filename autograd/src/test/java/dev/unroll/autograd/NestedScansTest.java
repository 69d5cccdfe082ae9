package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A scan in the step of another: the plan of the outer one contains the steps of the inner one. */
class NestedScansTest {
  private static final RandomKey KEY = RandomKey.of(12);
  private static final Variable X = Variable.of(KEY.normal(DType.FLOAT32, Shape.of(5, 3, 2), 0, 1));
  private static final Variable START = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2)));

  private final List<Scan> inner = new ArrayList<>();

  private Scan.Result step(List<Variable> in, List<Variable> carried, Variable time) {
    Scan scan = Scan.forward();
    inner.add(scan);
    Scan.Result r =
        scan.run(
            (now, c, t) -> {
              Variable h = c.getFirst().add(now.getFirst()).tanh();
              return new Scan.Result(List.of(h), List.of(h));
            },
            List.of(in.getFirst()),
            carried,
            0);
    return new Scan.Result(r.outputs(), r.carried());
  }

  @Test
  void theOuterScanIsPlannedAndTheInnerOneSaysSo() {
    Scan outer = Scan.forward();
    Tensor planned =
        outer.run(this::step, List.of(X), List.of(START), 0).outputs().getFirst().value();
    assertThat(outer.explain()).startsWith("forward ");
    assertThat(inner)
        .isNotEmpty()
        .allSatisfy(s ->
            assertThat(s.explain())
                .isEqualTo(
                    "step by step: it is part of the step of another scan, whose plan contains its steps"));
    Tensor eager =
        Scan.forward()
            .eager()
            .run(this::step, List.of(X), List.of(START), 0)
            .outputs()
            .getFirst()
            .value();
    assertThat(planned.sameBits(eager)).isTrue();
    assertThat(inner.getLast().explain()).startsWith("forward ");
  }
}
