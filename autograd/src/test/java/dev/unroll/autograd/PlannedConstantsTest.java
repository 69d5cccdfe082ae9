package dev.unroll.autograd;

import static dev.unroll.autograd.Compared.input;
import static dev.unroll.autograd.Compared.normal;
import static dev.unroll.autograd.Compared.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A plan holds for the constants that it is run with, and for steps that are all the same. */
final class PlannedConstantsTest {
  private static final int T = 6;

  private int draws;
  private double rate;

  private Variable noise() {
    return Variable.of(normal(100 + draws++, 1, 2)).affine(rate, 0);
  }

  private static Set<Double> firsts(Scan.Result r) {
    Set<Double> all = new HashSet<>();
    for (int t = 0; t < T; t++) {
      all.add(r.outputs().getFirst().value().get(t, 0, 0));
    }
    return all;
  }

  @Test
  void noiseThatIsAnnealedFromZeroIsDrawnAtEachStep() {
    Scan.Body body =
        (in, c, time) -> {
          Variable h = in.get(0).add(noise());
          return new Scan.Result(List.of(h), List.of(c.get(0).add(h).tanh()));
        };
    Variable x = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(T, 1, 2)));
    List<Variable> initial = List.of(input(1, 1, 2));
    Scan scan = Scan.forward();
    assertThat(firsts(scan.run(body, List.of(x), initial, 0))).hasSize(1);
    assertThat(scan.explain()).contains("saved per step");
    rate = 1;
    for (int call = 0; call < 3; call++) {
      assertThat(firsts(scan.run(body, List.of(x), initial, 0))).hasSize(T);
      assertThat(scan.explain()).isEqualTo("step by step: its constants change from step to step");
    }
  }

  @Test
  void aGradientByAParameterWithinAStepReachesThroughTheStepsBefore() {
    Parameter w = new Parameter(Tensor.full(DType.FLOAT64, Shape.of(1, 1), 0.5));
    Scan.Body body =
        (in, c, time) -> {
          Variable h = in.get(0).matmul(w).add(c.get(0)); // [1, 1]
          Variable one = Variable.scalar(DType.FLOAT64, 1);
          Variable g = Gradients.of(h.sum(), one, List.of(w)).get(0);
          return new Scan.Result(List.of(g), List.of(h));
        };
    Variable x = Variable.of(Tensor.of(Shape.of(4, 1, 1), 1.0, 2, 3, 4));
    List<Variable> initial = List.of(Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(1, 1))));
    Scan scan = Scan.forward();
    assertThat(scan.run(body, List.of(x), initial, 0).outputs().get(0).value().toDoubles())
        .containsExactly(1, 3, 6, 10);
    assertThat(scan.explain())
        .isEqualTo(
            "step by step: it computes a gradient with respect to a variable from outside the step");
    assertThatThrownBy(() -> scan.open(body, Shape.of(1, 1), DType.FLOAT64, initial))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "it computes a gradient with respect to a variable from outside the step");
  }

  @Test
  void aStepMayReleaseTheGraphOfItsOwnLoss() {
    Parameter w = new Parameter(Tensor.full(DType.FLOAT64, Shape.of(1, 1), 0.5));
    Scan.Body body =
        (in, c, time) -> {
          Variable h = in.get(0).matmul(w); // [1, 1]
          Gradient g = Gradients.of(h.sum(), List.of(w)).get(w);
          Variable found = g == null ? in.get(0).mul(0) : Variable.of(g.dense());
          return new Scan.Result(List.of(found), c);
        };
    Variable x = Variable.of(Tensor.of(Shape.of(3, 1, 1), 1.0, 2, 3));
    Scan scan = Scan.forward();
    Scan.Result r = scan.run(body, List.of(x), List.of(), 0);
    assertThat(r.outputs().get(0).value().toDoubles()).containsExactly(1, 2, 3);
    assertThat(scan.explain()).endsWith("with respect to a variable from outside the step");
  }

  @Test
  void aCoinIsTossedAtEachStep() {
    for (long seed = 0; seed < 20; seed++) {
      Random coin = new Random(seed);
      Scan.Body body =
          (in, c, time) -> {
            Variable h = coin.nextBoolean() ? in.get(0).mul(2) : in.get(0).mul(3);
            return new Scan.Result(List.of(h), List.of(c.get(0).add(h).tanh()));
          };
      Variable x = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(64, 1, 2), 1));
      Scan scan = Scan.forward();
      for (int call = 0; call < 2; call++) {
        Scan.Result r = scan.run(body, List.of(x), List.of(input(2, 1, 2)), 0);
        assertThat(r.outputs().getFirst().value().toDoubles()).as("seed %s", seed).contains(2, 3);
      }
    }
  }

  @Test
  void otherConstantsOfALaterCallAreTaken() {
    Variable[] constant = {Variable.scalar(DType.FLOAT64, 1), Variable.of(normal(3, 1, 2))};
    Scan.Body body =
        (in, c, time) -> {
          Variable h = in.get(0).mul(constant[0]).add(constant[1]);
          return new Scan.Result(List.of(h), List.of(c.get(0).add(h).tanh()));
        };
    Variable x = input(4, T, 1, 2);
    Scan scan = Scan.forward();
    for (int call = 0; call < 4; call++) {
      constant[0] = Variable.scalar(DType.FLOAT64, call);
      constant[1] = Variable.of(normal(5 + call, 1, 2));
      Compared c = new Compared(body, List.of(x), List.of(input(6, 1, 2)), List.of());
      List<Tensor> eager = c.run(scan.eager());
      List<Tensor> planned = c.run(scan);
      assertThat(scan.explain()).contains("saved per step");
      for (int i = 0; i < eager.size(); i++) {
        Compared.equal(planned.get(i), eager.get(i), "call " + call + " result " + i);
      }
    }
  }

  @Test
  void aSessionOfStepsThatDifferIsRefused() {
    rate = 1;
    Scan.Body body =
        (in, c, time) -> {
          Variable h = in.get(0).add(noise());
          return new Scan.Result(List.of(h), List.of(h));
        };
    List<Variable> initial = List.of(input(7, 1, 2));
    assertThatThrownBy(() -> Scan.forward().open(body, Shape.of(1, 2), DType.FLOAT64, initial))
        .hasMessage("[session] cannot be planned: its constants change from step to step");
  }

  @Test
  void aTableIsProjectedWhereThatIsLessWork() {
    for (int size : new int[] {8, 500}) {
      Parameter table = weight(8, size, 3);
      Parameter w = weight(9, 3, 2);
      int[] rows = new Random(1).ints(T * 4L, 0, size).toArray();
      Variable ids = Variable.of(Tensor.of(Shape.of(T, 4), rows));
      Compared c =
          new Compared(
              (in, s, time) -> {
                Variable h = table.gather(in.get(0)).matmul(w).add(s.get(0)).tanh();
                return new Scan.Result(List.of(h), List.of(h));
              },
              List.of(ids),
              List.of(input(10, 4, 2)),
              List.of(table, w));
      c.agrees();
      Scan scan = Scan.forward();
      c.run(scan);
      if (size == 8) {
        assertThat(scan.explain()).containsPattern("before +once +projectTable");
      } else {
        assertThat(scan.explain()).doesNotContainPattern("before +once +projectTable");
      }
    }
  }

  /** Traces are compared once for each operation, without recursion. */
  @Test
  void aStepMayComputeMuchOnItsParameters() {
    Parameter w = new Parameter(normal(3, 2, 2));
    Scan.Body body =
        (in, c, time) -> {
          Variable s = w;
          for (int i = 0; i < 40; i++) {
            s = s.mul(s.sigmoid()).add(s).mul(0.5);
          }
          for (int i = 0; i < 5000; i++) {
            s = s.affine(1, 1e-6);
          }
          Variable h = c.get(0).matmul(s).add(in.get(0)).tanh();
          return new Scan.Result(List.of(h), List.of(h));
        };
    Variable x = Variable.of(normal(4, T, 1, 2));
    Scan scan = Scan.forward();
    Scan.Result r = scan.run(body, List.of(x), List.of(input(1, 1, 2)), 0);
    assertThat(scan.explain()).contains("saved per step");
    Scan.Result eager = scan.eager().run(body, List.of(x), List.of(input(1, 1, 2)), 0);
    assertThat(r.outputs().get(0).value().toDoubles())
        .containsExactly(eager.outputs().get(0).value().toDoubles(), within(1e-12));
  }
}
