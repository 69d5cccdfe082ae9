package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A step may read the input of a session in any way, or not at all. */
class SessionInputsTest {
  private static final DType TYPE = DType.FLOAT64;

  private static Scan.Result both(Variable v) {
    return new Scan.Result(List.of(v), List.of(v));
  }

  private static Variable zeros(int... dims) {
    return Variable.of(Tensor.zeros(TYPE, Shape.of(dims)));
  }

  @Test
  void theInputNeedNotBeRead() {
    Scan.Body halves = (in, c, time) -> both(c.get(0).affine(0.5, 1));
    double[] y = new double[2];
    try (Session session = Scan.forward().open(halves, Shape.of(2), TYPE, List.of(zeros(2)))) {
      session.step(new double[2], y);
      session.step(new double[2], y);
      assertThat(y).containsExactly(1.5, 1.5);
      assertThatThrownBy(() -> session.step(new int[2], y))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("[session]");
    }
    try (Session session =
        Scan.forward().open(halves, Shape.of(2), DType.INT32, List.of(zeros(2)))) {
      session.step(new int[2], y);
      assertThat(y).containsExactly(1, 1);
      assertThatThrownBy(() -> session.step(new double[2], y))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("[session]");
    }
  }

  @Test
  void aSessionHasShapesButNoTimes() {
    Parameter w = new Parameter(Tensor.zeros(TYPE, Shape.of(2, 3)));
    Scan.Body body = (in, c, time) -> new Scan.Result(List.of(in.get(0).matmul(w)), c);
    try (Session session = Scan.forward().open(body, Shape.of(4, 2), TYPE, List.of())) {
      assertThat(session.inputShape()).isEqualTo(Shape.of(4, 2));
      assertThat(session.outputShape()).isEqualTo(Shape.of(4, 3));
    }
    Scan.Body timed = (in, c, time) -> new Scan.Result(List.of(w.gather(time)), c);
    assertThatThrownBy(() -> Scan.forward().open(timed, Shape.of(4, 2), TYPE, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[session] cannot be planned: it asks for the time");
  }

  @Test
  void aStateThatIsDetachedAndKeptIsOneThatNoStepChanges() {
    Scan.Body keeps =
        (in, c, time) -> {
          Variable h = c.get(1).add(in.get(0)).add(c.get(0));
          return new Scan.Result(List.of(h), List.of(c.get(0).detach(), h));
        };
    List<Variable> initial = List.of(Variable.input(Tensor.full(TYPE, Shape.of(1), 2)), zeros(1));
    try (Session session = Scan.forward().open(keeps, Shape.of(1), TYPE, initial)) {
      double[] y = new double[1];
      session.step(new double[] {1}, y);
      session.step(new double[] {1}, y);
      assertThat(y).containsExactly(6);
      assertThat(session.state()).hasSize(1);
    }
  }

  @Test
  void idsAreReadByTablesAndByOtherOperations() {
    RandomKey key = RandomKey.of(5);
    Parameter table = new Parameter(key.normal(TYPE, Shape.of(3, 4), 0, 1));
    Scan.Body reads =
        (in, c, time) -> {
          Variable h = c.get(0).add(table.gather(in.get(0))).tanh();
          Variable computed = h.permute(1, 0).gather(in.get(0)).sum();
          Variable loss = h.crossEntropy(in.get(0));
          return new Scan.Result(List.of(loss.add(computed)), List.of(h));
        };
    Tensor ids = Tensor.of(Shape.of(3, 2), 0, 2, 1, 1, 2, 0);
    Variable initial = zeros(2, 4);
    Tensor expected =
        Scan.forward()
            .eager()
            .run(reads, List.of(Variable.of(ids)), List.of(initial), 0)
            .outputs()
            .getFirst()
            .value();
    try (Session session = Scan.forward().open(reads, Shape.of(2), DType.INT32, List.of(initial))) {
      double[] y = new double[2];
      for (int t = 0; t < 3; t++) {
        session.step(ids.select(0, t).toInts(), y);
        for (int b = 0; b < 2; b++) {
          assertThat(y[b]).isCloseTo(expected.get(t, b), within(1e-12));
        }
      }
    }
  }

  @Test
  void anIdThatAnOperationRefusesLeavesTheStateAsItWas() {
    Scan.Body reads =
        (in, c, time) -> {
          Variable h = c.get(0).affine(1, 1);
          return new Scan.Result(List.of(h.gather(in.get(0))), List.of(h));
        };
    try (Session session =
        Scan.forward().open(reads, Shape.of(2), DType.INT32, List.of(zeros(3, 1)))) {
      double[] y = new double[2];
      session.step(new int[] {0, 2}, y);
      assertThatThrownBy(() -> session.step(new int[] {0, 3}, y))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("id 3");
      session.step(new int[] {1, 2}, y);
      assertThat(y).containsExactly(2, 2);
      assertThat(session.state().getFirst().toDoubles()).containsExactly(2, 2, 2);
    }
  }
}
