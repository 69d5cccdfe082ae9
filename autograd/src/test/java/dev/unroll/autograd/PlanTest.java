package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A planned scan computes what the steps one by one compute, values and gradients. */
final class PlanTest {
  private static final RandomKey KEY = RandomKey.of(11);
  private static final int B = 3;
  private static final int I = 5;
  private static final int H = 4;

  /** A step, its weights and the shapes of what it carries. */
  private record Case(Scan.Body body, List<Parameter> weights, int carried) {}

  private enum Cell {
    TANH {
      @Override
      Case of(DType type) {
        Parameter w = weight(type, 1, I, H);
        Parameter u = weight(type, 2, H, H);
        Parameter b = weight(type, 3, H);
        return new Case(
            (in, c, time) -> {
              Variable h = in.get(0).matmul(w).add(c.get(0).matmul(u)).add(b).tanh();
              return new Scan.Result(List.of(h), List.of(h));
            },
            List.of(w, u, b),
            1);
      }
    },
    LSTM {
      @Override
      Case of(DType type) {
        Parameter w = weight(type, 1, I, 4 * H);
        Parameter u = weight(type, 2, H, 4 * H);
        Parameter b = weight(type, 3, 4 * H);
        return new Case(
            (in, c, time) ->
                lstm(in.get(0).matmul(w).add(c.get(0).matmul(u)).add(b).chunk(1, 4), c.get(1)),
            List.of(w, u, b),
            2);
      }
    },
    NAIVE_LSTM {
      @Override
      Case of(DType type) {
        List<Parameter> weights = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          weights.add(weight(type, 10 + i, I, H));
          weights.add(weight(type, 20 + i, H, H));
          weights.add(weight(type, 30 + i, H));
        }
        return new Case(
            (in, c, time) -> {
              List<Variable> gates = new ArrayList<>();
              for (int i = 0; i < 4; i++) {
                gates.add(
                    in.get(0)
                        .matmul(weights.get(3 * i))
                        .add(c.get(0).matmul(weights.get(3 * i + 1)))
                        .add(weights.get(3 * i + 2)));
              }
              return lstm(gates, c.get(1));
            },
            weights,
            2);
      }
    },
    CONCATENATED {
      @Override
      Case of(DType type) {
        Parameter w = weight(type, 1, I + H, H);
        return new Case(
            (in, c, time) -> {
              Variable h = Variable.concat(1, in.get(0), c.get(0)).matmul(w).sigmoid();
              return new Scan.Result(List.of(h.affine(2, -1)), List.of(h));
            },
            List.of(w),
            1);
      }
    },
    STACKED {
      @Override
      Case of(DType type) {
        Parameter w = weight(type, 1, I, H);
        Parameter u = weight(type, 2, H, H);
        Parameter w2 = weight(type, 3, H, H);
        Parameter u2 = weight(type, 4, H, H);
        return new Case(
            (in, c, time) -> {
              Variable h = in.get(0).matmul(w).add(c.get(0).matmul(u)).tanh();
              Variable k = h.matmul(w2).add(c.get(1).matmul(u2)).tanh();
              return new Scan.Result(List.of(k), List.of(h, k));
            },
            List.of(w, u, w2, u2),
            2);
      }
    },
    /** Hands something on as it is: what a decoder looks at. */
    LOOKING_BACK {
      @Override
      Case of(DType type) {
        Parameter w = weight(type, 1, I, H);
        Parameter u = weight(type, 2, H, H);
        return new Case(
            (in, c, time) -> {
              Variable seen = c.get(0).matmul(u).softmax().mul(c.get(1));
              Variable h = in.get(0).matmul(w).add(seen).tanh();
              return new Scan.Result(List.of(h.mul(c.get(1))), List.of(h, c.get(1)));
            },
            List.of(w, u),
            2);
      }
    },
    NORMALIZED {
      @Override
      Case of(DType type) {
        Parameter w = weight(type, 1, I, H);
        Parameter u = weight(type, 2, H, H);
        Parameter gain = weight(type, 3, H);
        return new Case(
            (in, c, time) -> {
              Variable z = in.get(0).matmul(w).add(c.get(0).matmul(u));
              Variable mean = z.sumTo(Shape.of(B, 1)).mul(1.0 / H);
              Variable d = z.sub(mean);
              Variable var = d.mul(d).sumTo(Shape.of(B, 1)).affine(1.0 / H, 1e-5);
              Variable h = d.div(var.sqrt()).mul(gain).tanh();
              return new Scan.Result(List.of(h), List.of(h));
            },
            List.of(w, u, gain),
            1);
      }
    },
    PEEPHOLES_AND_SHIFTS {
      @Override
      Case of(DType type) {
        Parameter w = weight(type, 1, I, H);
        Parameter p = weight(type, 2, H);
        Parameter out = weight(type, 3, H, 3);
        return new Case(
            (in, c, time) -> {
              Variable now = in.get(0).matmul(w);
              Variable h = now.add(c.get(0).mul(p)).max(c.get(1)).tanh();
              return new Scan.Result(List.of(h.matmul(out).softmax(), h), List.of(h, now));
            },
            List.of(w, p, out),
            2);
      }
    },
    SWAPPED {
      @Override
      Case of(DType type) {
        Parameter w = weight(type, 1, I, H);
        return new Case(
            (in, c, time) -> {
              Variable a = c.get(1).add(in.get(0).matmul(w)).tanh();
              return new Scan.Result(List.of(c.get(0), a), List.of(a, c.get(0)));
            },
            List.of(w),
            2);
      }
    };

    abstract Case of(DType type);

    static Scan.Result lstm(List<Variable> z, Variable c) {
      Variable next = z.get(1).sigmoid().mul(c).add(z.get(0).sigmoid().mul(z.get(2).tanh()));
      Variable h = z.get(3).sigmoid().mul(next.tanh());
      return new Scan.Result(List.of(h), List.of(h, next));
    }
  }

  /**
   * Small enough that no cell is chaotic: a difference in rounding must not grow over the steps.
   */
  private static Parameter weight(DType type, int number, int... dims) {
    return new Parameter(KEY.fold(number).normal(DType.FLOAT64, Shape.of(dims), 0, 0.3).to(type));
  }

  private static Tensor normal(DType type, int number, int... dims) {
    return KEY.fold(number).normal(DType.FLOAT64, Shape.of(dims), 0, 1).to(type);
  }

  /** All values and gradients of a run, by name. */
  private static List<Tensor> run(Scan scan, Case c, DType type, int steps) {
    Variable x = Variable.input(normal(type, 100, steps, B, I));
    List<Variable> initial = new ArrayList<>();
    for (int i = 0; i < c.carried; i++) {
      initial.add(Variable.input(normal(type, 200 + i, B, H)));
    }
    Scan.Result r = scan.run(c.body, List.of(x), initial, 0);
    Variable loss = Variable.scalar(type, 0);
    List<Tensor> all = new ArrayList<>();
    List<Variable> results = new ArrayList<>(r.outputs());
    results.addAll(r.carried());
    for (int i = 0; i < results.size(); i++) {
      Variable v = results.get(i);
      all.add(v.value());
      loss = loss.add(v.mul(Variable.of(normal(type, 300 + i, v.shape().dims()))).sum());
    }
    Map<Parameter, Gradient> g = Gradients.of(loss, c.weights);
    c.weights.forEach(w -> all.add(g.get(w).dense()));
    Scan.Result again = scan.run(c.body, List.of(x), initial, 0);
    List<Variable> by = new ArrayList<>(List.of(x));
    by.addAll(initial);
    Variable out = again.carried().getFirst();
    Variable.withoutGradient(() -> Gradients.of(out, out, by)).forEach(v -> all.add(v.value()));
    return all;
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void plannedScansEqualEagerOnes(Cell cell) {
    for (DType type : List.of(DType.FLOAT64, DType.FLOAT32)) {
      for (int steps : new int[] {1, 2, 7, 130}) {
        for (Scan scan : List.of(Scan.forward(), Scan.backward())) {
          Case c = cell.of(type);
          List<Tensor> eager = run(scan.eager(), c, type, steps);
          List<Tensor> planned = run(scan, c, type, steps);
          List<Tensor> recomputed = run(scan.checkpointed(), c, type, steps);
          assertThat(scan.explain()).as("%s", cell).contains("forward");
          double tolerance = type == DType.FLOAT64 ? 1e-12 : 1e-5;
          for (int i = 0; i < eager.size(); i++) {
            String what = cell + " " + type + " T " + steps + " result " + i;
            close(planned.get(i), eager.get(i), tolerance, what);
            assertThat(recomputed.get(i).toDoubles())
                .as(what)
                .isEqualTo(planned.get(i).toDoubles());
          }
        }
      }
    }
  }

  private static void close(Tensor a, Tensor b, double tolerance, String what) {
    assertThat(Tolerance.of(tolerance).difference(b, a)).as(what).isEmpty();
  }

  @Test
  void aNaiveCellEndsAsThePlanOfTheMergedOne() {
    Scan naive = Scan.forward();
    run(naive, Cell.NAIVE_LSTM.of(DType.FLOAT32), DType.FLOAT32, 5);
    Scan merged = Scan.forward();
    run(merged, Cell.LSTM.of(DType.FLOAT32), DType.FLOAT32, 5);
    assertThat(loops(naive.explain())).isEqualTo(loops(merged.explain()));
  }

  @Test
  void whatIsHandedOnAsItIsIsNotCarried() {
    Case c = Cell.LOOKING_BACK.of(DType.FLOAT64);
    Tensor x = normal(DType.FLOAT64, 1, 5, B, I);
    Variable memory = Variable.of(normal(DType.FLOAT64, 3, B, H));
    List<Variable> initial = List.of(Variable.of(normal(DType.FLOAT64, 2, B, H)), memory);
    Scan.Result r = Scan.forward().run(c.body, List.of(Variable.of(x)), initial, 0);
    assertThat(r.carried().get(1)).isSameAs(memory);
    assertThat(r.carried().get(0).value().sameBits(initial.getFirst().value())).isFalse();
  }

  @Test
  void gradientsOfGradientsGoThroughAPlannedScan() {
    Case c = Cell.LSTM.of(DType.FLOAT64);
    List<Tensor> planned = second(Scan.forward(), c);
    List<Tensor> eager = second(Scan.forward().eager(), c);
    for (int i = 0; i < eager.size(); i++) {
      close(planned.get(i), eager.get(i), 1e-12, "result " + i);
    }
  }

  private static List<Tensor> second(Scan scan, Case c) {
    Variable x = Variable.input(normal(DType.FLOAT64, 1, 4, B, I));
    Variable h = Variable.input(normal(DType.FLOAT64, 2, B, H));
    Variable loss = scan.run(c.body, List.of(x), List.of(h, h), 0).outputs().getFirst().sum();
    Variable one = Variable.scalar(DType.FLOAT64, 1);
    Variable dx = Gradients.of(loss, one, List.of(x)).getFirst();
    Variable norm = dx.mul(dx).sum();
    List<Variable> by = new ArrayList<>(c.weights);
    by.add(h);
    return Gradients.of(norm, one, by).stream().map(Variable::value).toList();
  }

  @Test
  void whatCannotBeTracedRunsStepByStep() {
    int[] calls = {0};
    Scan.Body counts =
        (in, c, time) -> {
          Variable h = c.get(0).add(in.get(0)).affine(1, ++calls[0]);
          return new Scan.Result(List.of(h), List.of(h));
        };
    Scan.Body reads =
        (in, c, time) -> {
          Variable h = c.get(0).value().get(0, 0) > 0 ? c.get(0).add(in.get(0)) : in.get(0);
          return new Scan.Result(List.of(h), List.of(h));
        };
    Variable x = Variable.of(normal(DType.FLOAT64, 1, 3, B, H));
    Variable h = Variable.input(normal(DType.FLOAT64, 2, B, H));
    Scan scan = Scan.forward();
    Tensor sum = scan.run(counts, List.of(x), List.of(h), 0).carried().getFirst().value();
    assertThat(scan.explain()).isEqualTo("step by step: its constants change from step to step");
    assertThat(scan.explain("trace")).isEqualTo(scan.explain());
    assertThat(calls[0]).isEqualTo(5);
    double expected = h.value().get(0, 0) + 3 + 4 + 5;
    for (int t = 0; t < 3; t++) {
      expected += x.value().get(t, 0, 0);
    }
    assertThat(sum.get(0, 0)).isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-12));
    scan.run(reads, List.of(x), List.of(h), 0);
    assertThat(scan.explain()).startsWith("step by step: it reads the value of ");
  }

  @Test
  void aMissingRowIsNamed() {
    Parameter table = weight(DType.FLOAT32, 1, 4, H);
    Scan.Body body =
        (in, c, time) -> {
          Variable h = c.get(0).add(table.gather(in.get(0))).tanh();
          return new Scan.Result(List.of(h), List.of(h));
        };
    Variable ids = Variable.of(Tensor.of(Shape.of(2, B), 0, 1, 2, 3, 4, 0));
    Variable h = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(B, H)));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Scan.forward().run(body, List.of(ids), List.of(h), 0))
        .hasMessage("[gather] id 4 is outside 0 to 3, the rows of the table");
  }

  private static List<String> loops(String explanation) {
    return explanation.lines().filter(l -> l.contains("loop") || l.contains("all steps")).toList();
  }
}
