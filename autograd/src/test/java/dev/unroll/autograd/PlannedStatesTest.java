package dev.unroll.autograd;

import static dev.unroll.autograd.Compared.input;
import static dev.unroll.autograd.Compared.normal;
import static dev.unroll.autograd.Compared.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What a step may hand on and return: parts, constants, detached values, nothing at all. */
final class PlannedStatesTest {
  private static final int T = 4;
  private static final int B = 3;
  private static final int H = 5;

  /** A step whose output is also a part of what it hands on. */
  @Test
  void anOutputMayBeAPartOfTheState() {
    Parameter w = weight(1, H, 4 * H);
    Parameter u = weight(2, H, 4 * H);
    Compared c =
        new Compared(
            (in, s, time) -> {
              Variable h = s.get(0).slice(1, 0, H);
              Variable cell = s.get(0).slice(1, H, 2 * H);
              List<Variable> z = in.get(0).matmul(w).add(h.matmul(u)).chunk(1, 4);
              Variable next = z.get(1).sigmoid().mul(cell);
              next = next.add(z.get(0).sigmoid().mul(z.get(2).tanh()));
              h = z.get(3).sigmoid().mul(next.tanh());
              return new Scan.Result(List.of(h), List.of(Variable.concat(1, h, next)));
            },
            List.of(input(3, T, B, H)),
            List.of(input(4, B, 2 * H)),
            List.of(w, u));
    c.agrees();
    try (Session session =
        Scan.forward().open(c.body(), Shape.of(B, H), DType.FLOAT64, c.initial())) {
      Tensor expected = c.run(Scan.forward().eager()).getFirst();
      double[] x = c.inputs().getFirst().value().toDoubles();
      double[] y = new double[B * H];
      for (int t = 0; t < T; t++) {
        session.step(Arrays.copyOfRange(x, t * B * H, (t + 1) * B * H), y);
        assertThat(y)
            .usingComparatorWithPrecision(1e-12)
            .containsExactly(expected.select(0, t).toDoubles());
      }
    }
  }

  @Test
  void aStateThatNoOperationReadsPassesItsGradientOn() {
    for (boolean changes : new boolean[] {false, true}) {
      Compared c =
          new Compared(
              (in, s, time) -> {
                Variable h = in.get(0).tanh();
                Variable first = changes ? s.get(0).mul(h) : s.get(0);
                return new Scan.Result(List.of(h), List.of(first, s.get(1)));
              },
              List.of(Variable.of(normal(5, T, B, H))),
              List.of(input(6, B, H), input(7, B, H)),
              List.of());
      c.agrees();
    }
  }

  @Test
  void sumsOfProductsWithoutGradientHaveNone() {
    Parameter w = weight(1, H, H);
    Parameter u = weight(2, H, H);
    Compared c =
        new Compared(
            (in, s, time) -> {
              Variable x = in.get(0);
              Variable z = Variable.withoutGradient(() -> x.matmul(w).add(s.get(0).matmul(u)));
              Variable h = x.matmul(w).add(z).tanh();
              return new Scan.Result(List.of(z.add(s.get(0))), List.of(h));
            },
            List.of(input(5, T, B, H)),
            List.of(input(6, B, H)),
            List.of(w, u));
    c.agrees();
  }

  @Test
  void severalOutputsMayBePartsOfOneValue() {
    Compared c =
        new Compared(
            (in, s, time) -> {
              Variable a = in.get(0).tanh();
              Variable b = in.get(0).add(s.get(0)).sigmoid();
              Variable both = Variable.concat(1, a, b);
              Variable twice = Variable.concat(0, both, both.exp());
              return new Scan.Result(List.of(a, both, b, twice, a), List.of(b));
            },
            List.of(input(5, T, B, H)),
            List.of(input(6, B, H)),
            List.of());
    c.agrees();
  }

  @Test
  void theNextStateMayBeAConstantOrAParameter() {
    Parameter p = weight(7, B, H);
    Parameter row = weight(8, H);
    Variable zeros = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(B, H)));
    List<Variable> all = List.of(zeros, p, row.expand(Shape.of(B, H)), p.mul(row), p.detach());
    for (Variable next : all) {
      for (boolean expands : new boolean[] {false, true}) {
        Compared c =
            new Compared(
                (in, s, time) -> {
                  Variable y = in.get(0).add(s.get(0)).mul(s.get(1)).tanh();
                  Variable e = expands ? row.expand(Shape.of(B, H)) : y;
                  return new Scan.Result(List.of(y), List.of(next, e));
                },
                List.of(input(9, T, B, H)),
                List.of(input(10, B, H), input(11, B, H)),
                List.of(p, row));
        c.agrees();
      }
    }
  }

  @Test
  void whatNoStepChangesMayBeReturned() {
    Parameter p = weight(12, B, H);
    Compared c =
        new Compared(
            (in, s, time) -> {
              Variable h = in.get(0).add(s.get(0)).tanh();
              return new Scan.Result(List.of(p, h, p.tanh(), p.tanh().slice(1, 0, 2)), List.of(h));
            },
            List.of(input(13, T, B, H)),
            List.of(input(14, B, H)),
            List.of(p));
    c.agrees();
  }

  @Test
  void aDetachedStateSendsBackWhatTheFirstStepSends() {
    Variable x = Variable.of(Tensor.of(Shape.of(2, 1, 1), 1.0, 10.0));
    Variable s = Variable.input(Tensor.of(Shape.of(1, 1), 3.0));
    Scan.Body body =
        (in, c, time) ->
            new Scan.Result(List.of(in.get(0).mul(c.get(0))), List.of(c.get(0).detach()));
    assertThat(byInitial(Scan.forward(), body, x, s)).containsExactly(1);
    assertThat(byInitial(Scan.backward(), body, x, s)).containsExactly(10);
  }

  private static double[] byInitial(Scan scan, Scan.Body body, Variable x, Variable s) {
    Variable y = scan.run(body, List.of(x), List.of(s), 0).outputs().getFirst();
    assertThat(scan.explain()).contains("saved per step");
    Variable one = Variable.of(Tensor.full(DType.FLOAT64, y.shape(), 1));
    return Variable.withoutGradient(() -> Gradients.of(y, one, List.of(s)))
        .getFirst()
        .value()
        .toDoubles();
  }

  @Test
  void theGradientByAnInputMayBeThatByTheState() {
    Compared c =
        new Compared(
            (in, s, time) -> {
              Variable h = in.get(0).add(s.get(0)).tanh();
              return new Scan.Result(List.of(h), List.of(h));
            },
            List.of(input(31, T, B, H)),
            List.of(input(32, B, H)),
            List.of());
    c.agrees();
  }

  @Test
  void theNextStateMayBeAnInputOrAnotherState() {
    List<BiFunction<Variable, List<Variable>, List<Variable>>> all =
        List.of(
            (x, s) -> List.of(x, s.get(0)),
            (x, s) -> List.of(s.get(0), s.get(0)),
            (x, s) -> List.of(x.reshape(Shape.of(B * 2)).reshape(Shape.of(B, 2)), x),
            (x, s) -> List.of(x.slice(1, 0, 1).expand(Shape.of(B, 2)), s.get(1).mul(0.5)),
            (x, s) -> List.of(s.get(1), s.get(0)));
    for (BiFunction<Variable, List<Variable>, List<Variable>> next : all) {
      for (boolean differentiable : new boolean[] {true, false}) {
        Variable x = input(33, T, B, 2);
        Compared c =
            new Compared(
                (in, s, time) ->
                    new Scan.Result(List.of(s.get(0), s.get(1)), next.apply(in.get(0), s)),
                List.of(differentiable ? x : x.detach()),
                List.of(input(34, B, 2), input(35, B, 2)),
                List.of());
        c.agrees();
      }
    }
  }

  @Test
  void statesMayHaveAnyRank() {
    for (Shape shape :
        List.of(Shape.of(), Shape.of(3), Shape.of(1), Shape.of(2, 3, 2), Shape.of(1, 2, 1, 3))) {
      Parameter w = new Parameter(normal(36, shape.dims()));
      Shape all = shape.insert(0, T);
      List<BiFunction<Variable, Variable, Variable>> steps =
          List.of(
              (x, s) -> x.mul(s).add(w).tanh(),
              (x, s) -> x,
              (x, s) -> w,
              (x, s) -> s.detach().mul(x),
              (x, s) -> x.sum().add(s).sigmoid());
      for (BiFunction<Variable, Variable, Variable> f : steps) {
        Compared c =
            new Compared(
                (in, s, time) -> {
                  Variable next = f.apply(in.get(0), s.get(0));
                  return new Scan.Result(List.of(s.get(0).mul(w), next), List.of(next));
                },
                List.of(Variable.input(normal(37, all.dims()))),
                List.of(Variable.input(normal(38, shape.dims()))),
                List.of(w));
        c.agrees();
      }
    }
  }

  @Test
  void aStateMayBeHandedOnTwiceAndDetached() {
    Compared c =
        new Compared(
            (in, s, time) -> {
              Variable y = s.get(0).add(s.get(1)).add(s.get(2)).mul(in.get(0)).tanh();
              return new Scan.Result(List.of(y), List.of(s.get(1).detach(), y, s.get(1)));
            },
            List.of(Variable.of(normal(39, T, B, H))),
            List.of(input(40, B, H), input(41, B, H), input(42, B, H)),
            List.of());
    c.agrees();
    Scan scan = Scan.forward();
    List<Tensor> eager = Variable.withoutGradient(() -> values(c, scan.eager()));
    List<Tensor> planned = Variable.withoutGradient(() -> values(c, scan));
    assertThat(scan.explain()).contains("saved per step");
    for (int i = 0; i < eager.size(); i++) {
      Compared.equal(planned.get(i), eager.get(i), "result " + i);
    }
  }

  private static List<Tensor> values(Compared c, Scan scan) {
    Scan.Result r = scan.run(c.body(), c.inputs(), c.initial(), 0);
    return java.util.stream.Stream.concat(r.outputs().stream(), r.carried().stream())
        .map(Variable::value)
        .toList();
  }

  @Test
  void detachedStatesAgree() {
    Parameter w = weight(15, H, H);
    List<BiFunction<Variable, Variable, Variable>> all =
        List.of(
            (h, old) -> h.detach(),
            (h, old) -> old.detach().affine(0.5, 0.1),
            (h, old) -> h.slice(1, 0, 2).detach().matmul(w.slice(0, 0, 2)));
    for (BiFunction<Variable, Variable, Variable> next : all) {
      Compared c =
          new Compared(
              (in, s, time) -> {
                Variable h = in.get(0).add(s.get(0).matmul(w)).mul(s.get(1)).tanh();
                return new Scan.Result(List.of(h), List.of(next.apply(h, s.get(0)), h));
              },
              List.of(input(16, T, B, H)),
              List.of(input(17, B, H), input(18, B, H)),
              List.of(w));
      c.agrees();
    }
  }

  @Test
  void noGradientComesFromAnInfiniteOneThatNothingPasses() {
    Variable x = Variable.input(normal(19, T, B, H));
    Variable s = Variable.input(normal(20, B, H));
    Scan.Body body =
        (in, c, time) -> new Scan.Result(List.of(in.get(0)), List.of(in.get(0).tanh()));
    Variable last = Scan.forward().run(body, List.of(x), List.of(s), 0).carried().getFirst();
    Variable seed = Variable.of(Tensor.full(DType.FLOAT64, s.shape(), Double.POSITIVE_INFINITY));
    Variable g = Variable.withoutGradient(() -> Gradients.of(last, seed, List.of(s))).getFirst();
    assertThat(g.value().toDoubles()).containsOnly(0);
  }

  @Test
  void partsOfTheLastOfThreeAxesAreJoined() {
    for (int axis : new int[] {1, 2}) {
      Compared c =
          new Compared(
              (in, s, time) -> {
                Variable y = in.get(0).add(s.get(0));
                Variable joined =
                    Variable.concat(
                        axis, y.slice(axis, 0, 1).sigmoid(), y.slice(axis, 1, 3).tanh());
                return new Scan.Result(List.of(joined), List.of(joined.mul(0.5)));
              },
              List.of(input(21, T, 2, 3, 3)),
              List.of(input(22, 2, 3, 3)),
              List.of());
      c.agrees();
    }
    Compared c =
        new Compared(
            (in, s, time) -> {
              Variable y = in.get(0);
              Variable joined = Variable.concat(2, y.slice(2, 0, 1).exp(), y.slice(2, 1, 3).tanh());
              return new Scan.Result(List.of(joined), List.of(s.get(0).add(joined.sum()).tanh()));
            },
            List.of(input(23, T, 2, 2, 3)),
            List.of(input(24, B, 2)),
            List.of());
    c.agrees();
  }

  @Test
  void smallDivisorsHaveNoReciprocal() {
    Variable scores = Variable.of(Tensor.full(DType.FLOAT32, Shape.of(1, 1, 4), -95));
    Variable s = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(1, 4)));
    Scan.Body body =
        (in, c, time) -> {
          Variable e = in.get(0).exp();
          return new Scan.Result(
              List.of(e.div(e.sumTo(Shape.of(1, 1)))), List.of(c.get(0).add(e).tanh()));
        };
    Scan scan = Scan.forward();
    Tensor y = scan.run(body, List.of(scores), List.of(s), 0).outputs().getFirst().value();
    assertThat(scan.explain()).contains("saved per step");
    assertThat(y.toDoubles()).containsOnly(0.25);
  }

  @Test
  void noStepReturnsNothingAndKeepsTheState() {
    Parameter w = weight(25, H, 2);
    Variable x = Variable.input(Tensor.zeros(DType.FLOAT64, Shape.of(0, B, H)));
    Variable s = input(26, B, 2);
    List<Scan.Body> bodies =
        List.of(
            (in, c, time) -> {
              Variable h = in.get(0).matmul(w).add(c.get(0)).tanh();
              return new Scan.Result(List.of(h, h.sum()), List.of(h));
            },
            (in, c, time) -> {
              Variable h = in.get(0).matmul(w).add(c.get(0)).affine(1, c.get(0).value().get(0, 0));
              return new Scan.Result(List.of(h, h.sum()), List.of(h));
            });
    for (Scan.Body body : bodies) {
      for (Scan scan :
          List.of(
              Scan.forward(),
              Scan.backward(),
              Scan.forward().eager(),
              Scan.forward().checkpointed())) {
        Scan.Result r = scan.run(body, List.of(x), List.of(s), 0);
        assertThat(r.outputs())
            .extracting(Variable::shape)
            .containsExactly(Shape.of(0, B, 2), Shape.of(0));
        assertThat(r.carried()).containsExactly(s);
        Variable loss = r.outputs().getFirst().sum().add(r.carried().getFirst().sum());
        Variable one = Variable.scalar(DType.FLOAT64, 1);
        List<Variable> g = Gradients.of(loss, one, List.of(x, s, w));
        assertThat(g.get(0).shape()).isEqualTo(x.shape());
        assertThat(g.get(1).value().toDoubles()).containsOnly(1);
        assertThat(g.get(2).value().toDoubles()).containsOnly(0);
      }
    }
  }

  @Test
  void anEmptyBatchGivesEmptyResults() {
    Parameter w = weight(27, H, 2);
    Parameter u = weight(28, 2, 2);
    Parameter b = weight(29, 2);
    Compared c =
        new Compared(
            (in, s, time) -> {
              Variable z = in.get(0).matmul(w).add(s.get(0).matmul(u)).add(b);
              Variable h = z.softmax().add(z.sumTo(Shape.of(0, 1))).tanh();
              Variable both = Variable.concat(1, h, z.permute(1, 0).reshape(Shape.of(0, 2)));
              return new Scan.Result(List.of(both), List.of(h));
            },
            List.of(Variable.input(Tensor.zeros(DType.FLOAT64, Shape.of(T, 0, H)))),
            List.of(Variable.input(Tensor.zeros(DType.FLOAT64, Shape.of(0, 2)))),
            List.of(w, u, b));
    c.agrees();
    List<Tensor> all = c.run(Scan.forward());
    assertThat(all.getFirst().shape()).isEqualTo(Shape.of(T, 0, 4));
    assertThat(all.getLast().toDoubles()).containsExactly(0, 0);
    try (Session session =
        Scan.forward().open(c.body(), Shape.of(0, H), DType.FLOAT64, c.initial())) {
      session.step(new double[0], new double[0]);
      assertThat(session.state().getFirst().shape()).isEqualTo(Shape.of(0, 2));
    }
  }

  @Test
  void aBackwardScanIsNoSession() {
    Scan.Body body = (in, c, time) -> new Scan.Result(List.of(in.get(0)), List.of(c.get(0)));
    assertThatThrownBy(() ->
            Scan.backward().open(body, Shape.of(1, 2), DType.FLOAT64, List.of(input(30, 1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "[session] expected a forward scan, got a backward one: a stream has no last step to begin with");
  }

  /** One sum of a group reads another of the same group, through a sum of a second group. */
  @Test
  void sumsOfGroupsThatReadEachOtherAgree() {
    Variable w = weight(3, 4, 4);
    Variable w2 = weight(4, 4, 4);
    Variable b = weight(5, 4);
    Variable v = weight(7, 3, 4);
    Variable u = weight(9, 3, 4);
    Scan.Body body =
        (in, c, time) -> {
          Variable x = in.get(0);
          Variable s = c.get(0);
          Variable y1 = s.linear(w, b).add(s);
          Variable y2 = y1.sub(x.matmul(v)).add(s.matmul(w2));
          Variable y3 = y2.add(x.linear(u, b));
          return new Scan.Result(List.of(y1, y2, y3), List.of(y3.tanh()));
        };
    List<Variable> inputs = List.of(input(1, 3, 2, 3));
    List<Variable> initial = List.of(input(2, 2, 4));
    Scan scan = Scan.forward();
    Scan.Result planned = scan.run(body, inputs, initial, 0);
    Scan.Result eager = scan.eager().run(body, inputs, initial, 0);
    for (int i = 0; i < 3; i++) {
      assertThat(planned.outputs().get(i).value().toDoubles())
          .containsExactly(eager.outputs().get(i).value().toDoubles(), within(1e-12));
    }
  }
}
