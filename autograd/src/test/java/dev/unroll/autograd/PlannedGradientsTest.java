package dev.unroll.autograd;

import static dev.unroll.autograd.Compared.input;
import static dev.unroll.autograd.Compared.normal;
import static dev.unroll.autograd.Compared.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan has the same kinds of gradients as eager execution: absent, of some rows, or of all. */
final class PlannedGradientsTest {
  private static final int T = 4;
  private static final int B = 3;
  private static final int H = 5;
  private static final int V = 7;

  private final Parameter table = weight(1, V, H);
  private final Parameter w = weight(2, H, H);
  private final Parameter u = weight(3, H, H);
  private final Parameter bias = weight(4, H);
  private final Parameter first = weight(10, B, H);
  private final Parameter second = weight(11, B, H);
  private final Variable x = Variable.of(normal(5, T, B, H));
  private final Variable h0 = Variable.of(normal(6, B, H));

  /** Ids of some rows only: 0, 2, 4 and 6. */
  private static Variable ids(int... dims) {
    Shape shape = Shape.of(dims);
    int[] ids = IntStream.range(0, shape.size()).map(i -> i * 2 % (V + 1)).toArray();
    return Variable.of(Tensor.of(shape, ids));
  }

  private Map<Parameter, Gradient> gradients(
      Scan scan,
      Scan.Body body,
      List<Variable> inputs,
      List<Variable> initial,
      Function<Scan.Result, Variable> loss) {
    Scan.Result r = scan.run(body, inputs, initial, 0);
    return Gradients.of(loss.apply(r), List.of(table, w, u, bias, first, second));
  }

  /** Compares kinds and values, and returns the gradients of the plan. */
  private Map<Parameter, Gradient> compare(
      Scan.Body body,
      List<Variable> inputs,
      List<Variable> initial,
      Function<Scan.Result, Variable> loss) {
    Scan scan = Scan.forward();
    Map<Parameter, Gradient> eager = gradients(scan.eager(), body, inputs, initial, loss);
    Map<Parameter, Gradient> planned = gradients(scan, body, inputs, initial, loss);
    assertThat(scan.explain()).contains("forward");
    for (Map<Parameter, Gradient> other :
        List.of(planned, gradients(scan.checkpointed(), body, inputs, initial, loss))) {
      assertThat(other).containsOnlyKeys(eager.keySet());
      eager.forEach((p, g) -> same(other.get(p), g));
    }
    return planned;
  }

  private static void same(Gradient actual, Gradient expected) {
    assertThat(actual).hasSameClassAs(expected);
    if (expected instanceof Gradient.Sparse e) {
      assertThat(((Gradient.Sparse) actual).ids().toInts()).isEqualTo(e.ids().toInts());
    }
    double[] a = actual.dense().toDoubles();
    double[] e = expected.dense().toDoubles();
    assertThat(a).hasSameSizeAs(e);
    for (int i = 0; i < e.length; i++) {
      assertThat(a[i]).isCloseTo(e[i], within(1e-9));
    }
  }

  private static Variable outputs(Scan.Result r) {
    return r.outputs().getFirst().tanh().sum();
  }

  private static Scan.Result both(Variable h) {
    return new Scan.Result(List.of(h), List.of(h));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequence", "pairs", "invariant", "time", "unchanged"})
  void aTableWhoseRowsAreGatheredHasASparseGradient(String kind) {
    Variable sequence = kind.equals("pairs") ? ids(T, B, 2) : ids(T, B);
    Variable fixed = ids(B);
    boolean unchanged = kind.equals("unchanged");
    Scan.Body body =
        (in, s, time) -> {
          Variable rows =
              switch (kind) {
                case "sequence" -> table.gather(in.get(0));
                case "pairs" -> table.gather(in.get(0)).sum(1);
                case "invariant" -> table.gather(fixed);
                case "time" -> table.gather(time);
                default -> s.get(1).gather(in.get(0));
              };
          Variable h = rows.add(s.get(0).matmul(u)).tanh();
          return new Scan.Result(List.of(h), unchanged ? List.of(h, s.get(1)) : List.of(h));
        };
    List<Variable> initial = unchanged ? List.of(h0, table) : List.of(h0);
    Map<Parameter, Gradient> g =
        compare(body, List.of(sequence), initial, PlannedGradientsTest::outputs);
    assertThat(g).containsOnlyKeys(table, u);
    assertThat(g.get(table)).isInstanceOf(Gradient.Sparse.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTableThatIsMultipliedBeforeTheLoopHasASparseGradient(boolean row) {
    int steps = 12; // Longer than the table.
    Scan.Body body =
        (in, s, time) -> {
          Variable z = table.gather(in.get(0)).matmul(w);
          z = row ? z.add(bias) : z;
          return both(z.add(s.get(0).matmul(u)).tanh());
        };
    Variable even = Variable.of(Tensor.of(Shape.of(steps, B), new int[steps * B]));
    Map<Parameter, Gradient> g =
        compare(body, List.of(even), List.of(h0), PlannedGradientsTest::outputs);
    assertThat(((Gradient.Sparse) g.get(table)).ids().toInts()).containsExactly(0);
  }

  @Test
  void anEmbeddingThatFeedsTheScanHasASparseGradient() {
    int steps = 12;
    Variable few = Variable.of(Tensor.of(Shape.of(B, steps), new int[B * steps]));
    Scan scan = Scan.forward();
    for (Scan way : List.of(scan, scan.eager())) {
      Variable rows = table.gather(few).permute(1, 0, 2);
      Map<Parameter, Gradient> g =
          gradients(
              way,
              (in, s, time) -> both(in.get(0).matmul(w).add(s.get(0).matmul(u)).tanh()),
              List.of(rows),
              List.of(h0),
              PlannedGradientsTest::outputs);
      assertThat(((Gradient.Sparse) g.get(table)).ids().toInts()).containsExactly(0);
    }
    assertThat(scan.explain()).contains("projectTable");
  }

  @Test
  void aTableThatIsReadAsAWholeTooHasADenseGradient() {
    Map<Parameter, Gradient> g =
        compare(
            (in, s, time) -> both(table.gather(in.get(0)).add(s.get(0)).add(table.sum(0)).tanh()),
            List.of(ids(T, B)),
            List.of(h0),
            PlannedGradientsTest::outputs);
    assertThat(g.get(table)).isInstanceOf(Gradient.Dense.class);
  }

  @Test
  void aStateThatIsAParameterAndIsGatheredFromRunsStepByStep() {
    Scan.Body body =
        (in, s, time) -> {
          Variable rows = s.get(0).gather(in.get(0));
          return new Scan.Result(List.of(rows), List.of(s.get(0).tanh()));
        };
    Scan scan = Scan.forward();
    Map<Parameter, Gradient> g =
        gradients(scan, body, List.of(ids(1, B)), List.of(table), PlannedGradientsTest::outputs);
    assertThat(scan.explain())
        .isEqualTo("step by step: it gathers rows of a state that is a parameter at first");
    assertThat(((Gradient.Sparse) g.get(table)).ids().toInts()).containsExactly(0, 2, 4);
    Variable copy = table.mul(1.0);
    gradients(scan, body, List.of(ids(1, B)), List.of(copy), PlannedGradientsTest::outputs);
    assertThat(scan.explain()).contains("forward");
  }

  /** Two outputs with weights of their own, whose products a plan merges. */
  private Scan.Result twoHeads(List<Variable> in, List<Variable> s) {
    Variable h = s.get(0).add(in.get(0)).tanh();
    return new Scan.Result(List.of(h.matmul(w), h.matmul(u)), List.of(h));
  }

  @Test
  void aParameterOfAnOutputThatTheLossDoesNotReadHasNoGradient() {
    Scan.Body body = (in, s, time) -> twoHeads(in, s);
    for (int i = 0; i < 2; i++) {
      int head = i;
      assertThat(compare(body, List.of(x), List.of(h0), r -> r.outputs().get(head).tanh().sum()))
          .containsOnlyKeys(i == 0 ? w : u);
    }
    assertThat(
            compare(
                body,
                List.of(x),
                List.of(h0),
                r -> r.outputs().get(0).sum().add(r.outputs().get(1).sum())))
        .containsOnlyKeys(w, u);
  }

  /**
   * The products of a sequence without a gradient are merged, whether the loss reads them or not.
   */
  @Test
  void aParameterOfAMergedProductThatTheLossDoesNotReadHasNoGradient() {
    Scan.Body body =
        (in, s, time) ->
            new Scan.Result(List.of(in.get(0).matmul(w), in.get(0).matmul(u)), List.of(s.get(0)));
    for (int i = 0; i < 2; i++) {
      int head = i;
      assertThat(compare(body, List.of(x), List.of(h0), r -> r.outputs().get(head).tanh().sum()))
          .containsOnlyKeys(i == 0 ? w : u);
    }
  }

  @Test
  void anOutputRequiresAGradientOnlyIfItDependsOnOne() {
    Scan.Body body =
        (in, s, time) -> {
          Variable h = s.get(0).add(in.get(0)).tanh();
          return new Scan.Result(List.of(h, h.matmul(w), h.matmul(w).detach()), List.of(h));
        };
    for (Scan way :
        List.of(Scan.forward(), Scan.forward().checkpointed(), Scan.forward().eager())) {
      Scan.Result r = way.run(body, List.of(x), List.of(h0), 0);
      assertThat(r.outputs().stream().map(Variable::requiresGradient))
          .containsExactly(false, true, false);
      assertThat(r.carried().getFirst().requiresGradient()).isFalse();
    }
  }

  /** The state is swapped at each step: what it depends on differs from step to step. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void theNumberOfStepsDecidesWhatASwappedStateDependsOn(int steps) {
    Scan.Body body =
        (in, s, time) ->
            new Scan.Result(List.of(s.get(0)), List.of(s.get(1).mul(1.5), s.get(0).add(in.get(0))));
    List<Variable> initial = List.of(first, second);
    Variable input = Variable.of(normal(7, steps, B, H));
    assertThat(compare(body, List.of(input), initial, r -> r.carried().get(0).sum()))
        .containsOnlyKeys(steps % 2 == 0 ? first : second);
    compare(body, List.of(input), initial, PlannedGradientsTest::outputs);
  }

  /** At the first step, the cell state of an LSTM does not depend on its output gate. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aGateThatTheCellStateDoesNotReachYetHasNoGradient(int steps) {
    Scan.Body body =
        (in, s, time) -> {
          Variable c = s.get(1).add(in.get(0).add(s.get(0).matmul(w)).tanh());
          Variable h = in.get(0).add(s.get(0).matmul(u)).sigmoid().mul(c.tanh());
          return new Scan.Result(List.of(h), List.of(h, c));
        };
    Variable input = Variable.of(normal(8, steps, B, H));
    assertThat(compare(body, List.of(input), List.of(h0, h0), r -> r.carried().get(1).sum()))
        .hasSize(steps);
  }

  @Test
  void gradientsOfGradientsAreThoseOfEagerExecution() {
    Variable start = input(9, B, H);
    Scan.Body body = (in, s, time) -> twoHeads(in, s);
    List<double[]> second =
        List.of(Scan.forward(), Scan.forward().eager()).stream()
            .map(way -> {
              Scan.Result r = way.run(body, List.of(x), List.of(start), 0);
              Variable one = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(), 1));
              Variable loss = r.outputs().get(0).tanh().sum();
              Variable g = Gradients.of(loss, one, List.of(start)).getFirst();
              return Gradients.of(g.mul(g).sum(), List.of(w)).get(w).dense().toDoubles();
            })
            .toList();
    assertThat(second.get(0)).usingComparatorWithPrecision(1e-9).containsExactly(second.get(1));
  }

  /** The derivative of a result that the loss does not read is infinite. */
  @Test
  void whatTheLossDoesNotReadContributesNothing() {
    Variable ones = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(T, B, H), 1));
    Variable large = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(H), -2000));
    Scan.Body outputs =
        (in, s, time) -> {
          Variable h = in.get(0).matmul(w);
          return new Scan.Result(List.of(h, h.add(large).sigmoid().log()), List.of());
        };
    Scan.Body state =
        (in, s, time) -> {
          Variable h = in.get(0).matmul(w).add(s.get(0).detach().mul(0.0));
          return new Scan.Result(List.of(h), List.of(h.add(large).sigmoid()));
        };
    for (Scan.Body body : List.of(outputs, state)) {
      List<Variable> initial = body == state ? List.of(h0) : List.of();
      Map<Parameter, Gradient> g =
          compare(body, List.of(ones), initial, PlannedGradientsTest::outputs);
      assertThat(g.get(w).dense().toDoubles()).doesNotContain(Double.NaN);
    }
  }

  private static int[] rows(Map<Parameter, Gradient> g, Parameter table) {
    return ((Gradient.Sparse) g.get(table)).ids().toInts();
  }

  private static Variable ids(Shape shape, int... values) {
    return Variable.of(Tensor.of(shape, values));
  }

  @Test
  void onlyRowsThatTheLossReadsAreInASparseGradient() {
    Shape shape = Shape.of(3, 1);
    Variable a = ids(shape, 0, 1, 2);
    Variable b = ids(shape, 4, 5, 6);
    Scan.Body two =
        (in, s, time) ->
            new Scan.Result(List.of(table.gather(in.get(0)), table.gather(in.get(1))), List.of());
    assertThat(rows(compare(two, List.of(a, b), List.of(), PlannedGradientsTest::outputs), table))
        .containsExactly(0, 1, 2);
    Scan.Body last =
        (in, s, time) -> new Scan.Result(List.of(), List.of(table.gather(in.get(0)).tanh()));
    List<Variable> initial = List.of(Variable.of(normal(3, 1, H)));
    assertThat(rows(compare(last, List.of(a), initial, r -> r.carried().get(0).sum()), table))
        .containsExactly(2);
    Scan.Body delayed =
        (in, s, time) ->
            new Scan.Result(List.of(), List.of(table.gather(in.get(0)).tanh(), s.get(0).sin()));
    List<Variable> both = List.of(initial.getFirst(), initial.getFirst());
    assertThat(rows(compare(delayed, List.of(a), both, r -> r.carried().get(1).sum()), table))
        .containsExactly(1);
  }

  @Test
  void anOutputThatIsTiedToTheTableMakesItsGradientDenseOnlyIfTheLossReadsIt() {
    Scan.Body body =
        (in, s, time) -> {
          Variable h = table.gather(in.get(0)).add(s.get(0)).tanh();
          return new Scan.Result(List.of(h, h.matmulTransposed(table)), List.of(h));
        };
    for (int i = 0; i < 2; i++) {
      int head = i;
      Map<Parameter, Gradient> g =
          compare(body, List.of(ids(T, B)), List.of(h0), r -> r.outputs().get(head).sum());
      assertThat(g.get(table))
          .isInstanceOf(head == 0 ? Gradient.Sparse.class : Gradient.Dense.class);
    }
  }

  @Test
  void aBackwardScanHasTheRowsOfItsFirstStepInTime() {
    Scan.Body last =
        (in, s, time) -> new Scan.Result(List.of(), List.of(table.gather(in.get(0)).tanh()));
    Variable a = ids(Shape.of(3, 1), 0, 1, 2);
    List<Variable> initial = List.of(Variable.of(normal(3, 1, H)));
    for (Scan way : List.of(Scan.backward(), Scan.backward().eager())) {
      assertThat(
              rows(gradients(way, last, List.of(a), initial, r -> r.carried().get(0).sum()), table))
          .containsExactly(0);
    }
  }

  @Test
  void aDetachedTableThatIsMultipliedHasAGradientWithRespectToItsWeight() {
    int steps = 12;
    Variable even = Variable.of(Tensor.of(Shape.of(steps, B), new int[steps * B]));
    Map<Parameter, Gradient> g =
        compare(
            (in, s, time) ->
                both(table.detach().gather(in.get(0)).matmul(w).add(s.get(0).matmul(u)).tanh()),
            List.of(even),
            List.of(h0),
            PlannedGradientsTest::outputs);
    assertThat(g).containsOnlyKeys(w, u);
  }

  @Test
  void gradientsWithinAStepDoNotDependOnWhatTheLossReads() {
    Scan.Body body =
        (in, s, time) -> {
          Variable z = in.get(0).matmul(w);
          Variable one = Variable.of(Tensor.full(DType.FLOAT64, z.shape(), 1));
          Variable inner = Gradients.of(z.square(), one, List.of(z)).getFirst().detach();
          return both(inner.add(s.get(0)));
        };
    Scan scan = Scan.forward();
    Tensor eager = scan.eager().run(body, List.of(x), List.of(h0), 0).outputs().getFirst().value();
    Scan.Result planned = scan.run(body, List.of(x), List.of(h0), 0);
    assertThat(scan.explain()).contains("forward");
    assertThat(planned.outputs().getFirst().requiresGradient()).isFalse();
    assertThat(planned.outputs().getFirst().value().toDoubles())
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(eager.toDoubles());
  }

  /** Both tables are gathered by the same ids; one of them at the last step only. */
  @Test
  void rowsAreThoseOfTheStepsAtWhichTheirTableIsReached() {
    Variable a = ids(Shape.of(3, 1), 0, 1, 2);
    Scan.Body body =
        (in, s, time) -> {
          Variable rows = table.gather(in.get(0));
          return new Scan.Result(List.of(rows), List.of(w.gather(in.get(0)).tanh()));
        };
    Map<Parameter, Gradient> g =
        compare(
            body,
            List.of(a),
            List.of(Variable.of(normal(3, 1, H))),
            r -> r.outputs().get(0).sum().add(r.carried().get(0).sum()));
    assertThat(rows(g, table)).containsExactly(0, 1, 2);
    assertThat(rows(g, w)).containsExactly(2);
  }

  @Test
  void aLossMayReadTheStateThatFollowsAnUnchangedOne() {
    assertThat(
            compare(
                (in, s, time) -> {
                  Variable h = s.get(1).add(in.get(0)).add(s.get(0)).tanh();
                  return new Scan.Result(List.of(h.matmul(w)), List.of(s.get(0), h));
                },
                List.of(x),
                List.of(first, second),
                r -> r.carried().get(1).sum()))
        .containsOnlyKeys(first, second);
  }
}
