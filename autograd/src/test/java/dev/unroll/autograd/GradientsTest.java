package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientsTest {
  private static final RandomKey KEY = RandomKey.of(3);

  private static Parameter parameter(int... dims) {
    return new Parameter(KEY.normal(DType.FLOAT64, Shape.of(dims), 0, 1));
  }

  @Test
  void releasedGraphAndUpdatedParameterAreRefused() {
    Parameter p = parameter(3);
    Variable loss = p.mul(p).sum();
    Gradients.of(loss, List.of(p));
    assertThatThrownBy(() -> Gradients.of(loss, List.of(p)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("released by an earlier backward pass");
    Variable stale = p.mul(p).sum();
    p.update(Tensor.zeros(DType.FLOAT64, Shape.of(3)));
    assertThatThrownBy(() -> Gradients.of(stale, List.of(p)))
        .hasMessageContaining("[gradients] a parameter of this mul was updated");
    assertThatThrownBy(() -> p.update(Tensor.zeros(DType.FLOAT32, Shape.of(3))))
        .hasMessage("[update] expected float64 [3], got float32 [3]");
    assertThatThrownBy(() -> Gradients.of(p.mul(p), List.of(p)))
        .hasMessage("[gradients] expected a loss of one element, got shape [3]");
  }

  @Test
  void whatTheLossDoesNotDependOnIsAbsent() {
    Parameter a = parameter(2);
    Parameter b = parameter(2);
    assertThat(Gradients.of(a.sum(), List.of(a, b))).containsOnlyKeys(a);
    assertThat(Gradients.of(a.detach().sum(), List.of(a))).isEmpty();
    assertThat(Gradients.of(Variable.withoutGradient(() -> a.mul(b).sum()), List.of(a, b)))
        .isEmpty();
  }

  /** The pass ends at the older of the two, and its gradient has the terms of all paths. */
  @Test
  void gradientsByIntermediatesOfDifferentAge() {
    Parameter p = parameter(2);
    Variable old = p.exp();
    Variable older = old.mul(old);
    Variable young = older.sin();
    Variable out = young.mul(older).sum();
    Variable one = Variable.scalar(DType.FLOAT64, 1);
    List<Variable> g = Gradients.of(out, one, List.of(older, young));
    double[] x = older.value().toDoubles();
    for (int i = 0; i < 2; i++) {
      assertThat(g.getFirst().value().toDoubles()[i])
          .isCloseTo(Math.sin(x[i]) + x[i] * Math.cos(x[i]), within(1e-12));
      assertThat(g.getLast().value().toDoubles()[i]).isEqualTo(x[i]);
    }
    // Next to a leaf, the pass continues to the leaves.
    assertThat(Gradients.of(out, one, List.of(older, p)).getLast().value().toDoubles())
        .containsExactly(Gradients.of(out, one, List.of(p)).getFirst().value().toDoubles());
    assertThat(Gradients.of(older.sum(), one, List.of(young)).getFirst().value().toDoubles())
        .containsExactly(0, 0);
  }

  @Test
  void lookUpsSendBackRowsSortedAndAddedUp() {
    Parameter table = parameter(100, 2);
    Variable ids = Variable.of(Tensor.of(Shape.of(4), 7, 3, 7, 50));
    Variable loss = table.gather(ids).sum();
    Gradient g = Gradients.of(loss, List.of(table)).get(table);
    assertThat(g).isInstanceOf(Gradient.Sparse.class);
    Gradient.Sparse rows = (Gradient.Sparse) g;
    assertThat(rows.ids().toInts()).containsExactly(3, 7, 50);
    assertThat(rows.values().toDoubles()).containsExactly(1, 1, 2, 2, 1, 1);
    assertThat(g.scaled(3).dense().get(7, 1)).isEqualTo(6);
    assertThat(g.dense().get(8, 1)).isZero();
  }

  @Test
  void slicesThatTileAnAxisSendBackOneConcatenation() {
    Parameter p = parameter(2, 6);
    List<Variable> parts = p.chunk(1, 3);
    Variable loss = parts.get(0).sum().add(parts.get(2).mul(3).sum());
    assertThat(Gradients.of(loss, List.of(p)).get(p).dense().toDoubles())
        .containsExactly(1, 1, 0, 0, 3, 3, 1, 1, 0, 0, 3, 3);
    // Overlapping parts are added instead.
    Variable both = p.slice(1, 0, 4).sum().add(p.slice(1, 2, 6).sum());
    assertThat(Gradients.of(both, List.of(p)).get(p).dense().toDoubles())
        .containsExactly(1, 1, 2, 2, 1, 1, 1, 1, 2, 2, 1, 1);
  }

  @Test
  void slicesAndOtherUsesOfOneSequenceAddUpInLinearTime() {
    int n = 5_000;
    Parameter p = parameter(n, 2);
    Variable loss = p.mul(p).sum();
    for (int t = 0; t < n; t++) {
      loss = loss.add(p.slice(0, t, t + 1).mul(t).sum());
    }
    double[] g = Gradients.of(loss, List.of(p)).get(p).dense().toDoubles();
    double[] x = p.value().toDoubles();
    for (int i = 0; i < g.length; i += 77) {
      assertThat(g[i]).isCloseTo(2 * x[i] + i / 2, within(1e-9));
    }
  }

  @Test
  void weightUsedInManyProductsSendsBackTheirSum() {
    for (int steps : new int[] {2, 63, 64, 65, 200}) {
      Parameter w = parameter(3, 2);
      double[] expected = new double[6];
      Variable loss = w.mul(w).sum();
      for (int t = 0; t < steps; t++) {
        Tensor x = KEY.fold(t).normal(DType.FLOAT64, Shape.of(16, 3), 0, 1);
        loss = loss.add(Variable.of(x).matmul(w).mul(t).sum());
        double[] sums = Variable.of(x).sumTo(Shape.of(3)).value().toDoubles();
        for (int i = 0; i < 6; i++) {
          expected[i] += t * sums[i / 2];
        }
      }
      double[] g = Gradients.of(loss, List.of(w)).get(w).dense().toDoubles();
      for (int i = 0; i < 6; i++) {
        double e = expected[i] + 2 * w.value().toDoubles()[i];
        assertThat(g[i]).as("%d steps", steps).isCloseTo(e, within(1e-9 * (1 + Math.abs(e))));
      }
    }
  }

  @Test
  void lookUpsAtManyStepsStayRowsEvenWhereTheTableIsUsedAsAMatrix() {
    Parameter table = parameter(5, 2);
    Variable loss = Variable.scalar(DType.FLOAT64, 0);
    for (int t = 0; t < 4; t++) {
      Variable ids = Variable.of(Tensor.of(Shape.of(2, 1), t, 1));
      loss = loss.add(table.gather(ids).mul(t + 1).sum());
    }
    Gradient g = Gradients.of(loss, List.of(table)).get(table);
    assertThat(g).isInstanceOf(Gradient.Sparse.class);
    double[] expected = {1, 1, 12, 12, 3, 3, 4, 4, 0, 0};
    assertThat(g.dense().toDoubles()).containsExactly(expected);
    Variable x = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(3, 5), 1));
    Variable both = table.gather(Variable.of(Tensor.of(Shape.of(1), 2))).sum();
    both = both.add(x.matmul(table).sum());
    both = both.add(table.gather(Variable.of(Tensor.of(Shape.of(1), 4))).sum());
    assertThat(Gradients.of(both, List.of(table)).get(table).dense().toDoubles())
        .containsExactly(3, 3, 3, 3, 4, 4, 3, 3, 4, 4);
  }

  @Test
  void whatIsReadLateIsWhatItWasBeforeAnUpdate() {
    Parameter p = parameter(2, 3);
    Tensor before = p.value();
    Variable turned = p.permute(1, 0);
    Variable joined = Variable.concat(0, p, p);
    p.update(Tensor.zeros(DType.FLOAT64, Shape.of(2, 3)));
    assertThat(turned.value().sameBits(before.transpose(0, 1))).isTrue();
    assertThat(joined.value().slice(0, 2, 4).sameBits(before)).isTrue();
  }

  @Test
  void gradCheckFindsAWrongGradient() {
    record Wrong() implements Pointwise {
      @Override
      public int emit(dev.unroll.tensor.Program.Builder p, int... in) {
        return p.mul(in[0], in[0]);
      }

      @Override
      public Variable gradient(int i, Variable g, Variable out, Variable... in) {
        return g.mul(in[0]);
      }
    }
    Tensor x = Tensor.of(Shape.of(2), 1.0, 2.0);
    assertThat(GradCheck.check("square", v -> Variable.apply(new Wrong(), v.getFirst()), x))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("[square] gradient with respect to input 0, element 0: expected ");
    assertThat(GradCheck.check("square", v -> v.getFirst().mul(v.getFirst()), x)).isEmpty();
    Parameter p = new Parameter(x);
    assertThat(GradCheck.check("square", () -> Variable.apply(new Wrong(), p), Map.of("p", p)))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("[square] gradient with respect to p, element 0: expected ");
    assertThat(GradCheck.check("square", () -> p.mul(p), Map.of("p", p))).isEmpty();
    assertThat(GradCheck.checkSecondOrder("square", () -> p.mul(p), Map.of("p", p))).isEmpty();
    assertThat(p.value().sameBits(x)).isTrue();
    assertThat(GradCheck.check("detached", () -> p.detach(), Map.of("p", p))).hasSize(2);
    assertThatThrownBy(() -> GradCheck.check("f", List::getFirst, x.to(DType.FLOAT32)))
        .hasMessage(
            "[f] expected float64 inputs or parameters, such as those of new Init(DType.FLOAT64, key), got float32[2]");
  }

  @Test
  void scanUnrollsInBothDirections() {
    Tensor x = KEY.fold(1).normal(DType.FLOAT64, Shape.of(5, 2), 0, 1);
    Tensor h0 = KEY.fold(2).normal(DType.FLOAT64, Shape.of(2), 0, 1);
    Tensor w = KEY.fold(3).normal(DType.FLOAT64, Shape.of(2), 0, 1);
    for (Scan scan : List.of(Scan.forward(), Scan.backward())) {
      var by =
          GradCheck.check(
              "scan",
              in -> {
                Scan.Result r =
                    scan.run(
                        (inputs, carried, time) -> {
                          Variable h =
                              inputs.getFirst().add(carried.getFirst().mul(in.get(2))).tanh();
                          return new Scan.Result(List.of(h), List.of(h));
                        },
                        List.of(in.get(0)),
                        List.of(in.get(1)),
                        0);
                return Variable.concat(
                    0, r.outputs().getFirst(), r.carried().getFirst().reshape(Shape.of(1, 2)));
              },
              x,
              h0,
              w);
      assertThat(by).isEmpty();
    }
  }

  @Test
  void scanGivesEachStepItsTimeAndKeepsTheOrderOfOutputs() {
    Variable x = Variable.of(Tensor.of(Shape.of(3), 10.0, 20.0, 30.0));
    Scan.Body body =
        (inputs, carried, time) -> {
          Variable t = Variable.of(time.value().to(DType.FLOAT64));
          Variable sum = carried.getFirst().add(inputs.getFirst().mul(t));
          return new Scan.Result(List.of(sum), List.of(sum));
        };
    List<Variable> zero = List.of(Variable.scalar(DType.FLOAT64, 0));
    assertThat(
            Scan.forward().run(body, List.of(x), zero, 1).outputs().getFirst().value().toDoubles())
        .containsExactly(10, 50, 140);
    assertThat(
            Scan.backward().run(body, List.of(x), zero, 1).outputs().getFirst().value().toDoubles())
        .containsExactly(140, 130, 90);
    Scan.Body loses = (inputs, carried, time) -> new Scan.Result(List.of(), List.of());
    assertThatThrownBy(() -> Scan.forward().run(loses, List.of(x), zero, 0))
        .hasMessage("[scan] the step received 1 carried variables, but returned 0");
    assertThatThrownBy(() -> Scan.forward().run(body, List.of(), zero, 0))
        .hasMessage("[scan] expected inputs [T, ...] of equal T, got []");
  }

  @Test
  void gradientsOfOneParameterAddUp() {
    Tensor ids = Tensor.of(Shape.of(2), 1, 3);
    Gradient a = new Gradient.Sparse(ids, Tensor.of(Shape.of(2, 1), 1.0, 2.0), 5).scaled(2);
    Gradient b =
        new Gradient.Sparse(Tensor.of(Shape.of(2), 0, 3), Tensor.of(Shape.of(2, 1), 10.0, 20.0), 5);
    assertThat(a.plus(b)).isInstanceOf(Gradient.Sparse.class);
    assertThat(a.plus(b).dense().toDoubles()).containsExactly(10, 2, 0, 24, 0);
    Gradient dense = new Gradient.Dense(Tensor.of(Shape.of(5, 1), 1.0, 1, 1, 1, 1)).scaled(3);
    assertThat(dense.plus(a).dense().toDoubles()).containsExactly(3, 5, 3, 7, 3);
    assertThat(a.plus(dense).dense().toDoubles()).containsExactly(3, 5, 3, 7, 3);
    assertThat(dense.withValues(dense.stored()).dense().toDoubles()).containsExactly(1, 1, 1, 1, 1);
    assertThat(a.withValues(a.stored()).dense().toDoubles()).containsExactly(0, 1, 0, 2, 0);
  }
}
