package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CheckpointTest {
  private static final RandomKey KEY = RandomKey.of(41);

  private final Parameter w = new Parameter(KEY.normal(DType.FLOAT32, Shape.of(5, 5), 0, 0.4));
  private final Parameter b = new Parameter(KEY.fold(1).normal(DType.FLOAT32, Shape.of(5), 0, 1));
  private final Parameter x =
      new Parameter(KEY.fold(2).normal(DType.FLOAT32, Shape.of(3, 5), 0, 1));
  private final List<Parameter> all = List.of(w, b, x);

  private Variable layer(Variable v) {
    Tensor keep = KEY.fold(3).bernoulli(DType.FLOAT32, v.shape(), 0.8);
    return v.matmul(w).add(b).tanh().mul(Variable.of(keep));
  }

  private static void assertSame(Map<Parameter, Gradient> a, Map<Parameter, Gradient> b) {
    assertThat(a.keySet()).isEqualTo(b.keySet());
    a.forEach((p, g) -> assertThat(g.dense().sameBits(b.get(p).dense())).isTrue());
  }

  private static Variable checkpoint(Supplier<Variable> f) {
    return Checkpoint.of(() -> List.of(f.get())).getFirst();
  }

  @Test
  void gradientsAreEqualToTheBitWithRandomNumbersAndNested() {
    Variable plain = layer(layer(layer(x))).sum();
    Variable kept =
        checkpoint(
                () -> {
                  Variable inner = checkpoint(() -> layer(layer(x)));
                  return layer(inner);
                })
            .sum();
    assertThat(kept.value().sameBits(plain.value())).isTrue();
    assertSame(Gradients.of(kept, all), Gradients.of(plain, all));
  }

  @Test
  void severalResultsAndThoseNobodyUses() {
    Supplier<List<Variable>> f =
        () -> {
          Variable h = layer(x);
          return List.of(h, h.sigmoid(), x, w.sum(), Variable.of(x.value()));
        };
    for (List<Integer> used : List.of(List.of(0), List.of(1), List.of(0, 1), List.of(2, 0, 3, 4))) {
      List<Variable> losses = new ArrayList<>();
      for (List<Variable> r : List.of(f.get(), Checkpoint.of(f))) {
        losses.add(used.stream().map(i -> r.get(i).sum()).reduce(Variable::add).orElseThrow());
      }
      assertSame(Gradients.of(losses.get(1), all), Gradients.of(losses.get(0), all));
    }
    assertThat(Checkpoint.of(f).getLast().requiresGradient()).isFalse();
  }

  @Test
  void gradientOfAGradientGoesThrough() {
    Tensor at = KEY.normal(DType.FLOAT64, Shape.of(2, 3), 0, 1);
    assertThat(
            GradCheck.checkSecondOrder(
                "checkpoint",
                in -> checkpoint(() -> in.getFirst().tanh().mul(in.getFirst().sigmoid())),
                at))
        .isEmpty();
    assertThat(GradCheck.check("checkpoint", in -> checkpoint(() -> in.getFirst().exp()), at))
        .isEmpty();
  }

  @Test
  void gradientOfAResultItselfCanBeAskedFor() {
    Variable y = checkpoint(() -> layer(x));
    Variable loss = y.mul(y).sum();
    Variable dy = Gradients.of(loss, Variable.scalar(DType.FLOAT32, 1), List.of(y)).getFirst();
    assertThat(dy.value().sameBits(y.value().add(y.value()))).isTrue();
  }

  @Test
  void functionRunsAgainOnlyInTheBackwardPass() {
    AtomicInteger runs = new AtomicInteger();
    Supplier<Variable> f =
        () -> {
          runs.incrementAndGet();
          return layer(x);
        };
    Variable loss = checkpoint(f).sum();
    assertThat(runs).hasValue(1);
    Gradients.of(loss, all);
    assertThat(runs).hasValue(2);
    assertThatThrownBy(() -> Gradients.of(loss, all))
        .hasMessageContaining("the graph of this sum was released");
    runs.set(0);
    Variable.withoutGradient(() -> checkpoint(f));
    assertThat(runs).hasValue(1);
  }

  @Test
  void changedParameterOrFunctionIsRefused() {
    Variable loss = checkpoint(() -> layer(x)).sum();
    b.update(b.value().add(b.value()));
    assertThatThrownBy(() -> Gradients.of(loss, all))
        .hasMessageContaining("[gradients] a parameter of this checkpoint was updated");
    AtomicInteger runs = new AtomicInteger();
    Variable fickle =
        checkpoint(() -> runs.getAndIncrement() == 0 ? x.slice(0, 0, 2) : x.slice(0, 0, 1)).sum();
    assertThatThrownBy(() -> Gradients.of(fickle, all))
        .hasMessage(
            "[checkpoint] the function returned [[2, 5]] first, and [[1, 5]] when repeated");
  }

  /** Steps of a cell that reads its input, its weights and its state in every way. */
  private Scan.Result run(Scan scan, Variable xs, Variable h0) {
    return scan.run(
        (inputs, carried, time) -> {
          Variable h = carried.getFirst();
          Variable kept = carried.get(1);
          Variable z = inputs.getFirst().add(h.matmul(w)).add(kept.slice(1, 0, 5));
          List<Variable> parts = z.chunk(1, 5);
          Variable gate = parts.get(1).sigmoid();
          Variable next = z.mul(gate).tanh().add(h.slice(1, 0, 1)).add(b);
          return new Scan.Result(List.of(next, gate.mul(h)), List.of(next, kept));
        },
        List.of(xs),
        List.of(h0, h0.mul(0.5)),
        3);
  }

  @Test
  void scanInSegmentsGivesTheSameBits() {
    for (int steps : new int[] {1, 2, 7, 50, 1000}) {
      Parameter xs =
          new Parameter(KEY.fold(steps).normal(DType.FLOAT32, Shape.of(steps, 3, 5), 0, 1));
      List<Parameter> by = List.of(w, b, x, xs);
      for (Scan scan : List.of(Scan.forward(), Scan.backward())) {
        List<Map<Parameter, Gradient>> found = new ArrayList<>();
        for (Scan s : List.of(scan, scan.checkpointed())) {
          Scan.Result r = run(s, xs, x);
          Variable loss = r.carried().getFirst().sum().add(r.carried().getLast().sum());
          for (Variable o : r.outputs()) {
            loss = loss.add(o.mul(o).sum());
          }
          found.add(Gradients.of(loss, by));
        }
        assertThat(found.getFirst().get(w).dense().toDoubles()).doesNotContain(Double.NaN);
        assertSame(found.get(1), found.get(0));
      }
    }
  }

  /** The inner gradient does not reach the previous steps, which would be recomputed for each. */
  @Test
  void innerGradientsRecomputeNoPreviousStep() {
    int steps = 25;
    Variable xs = Variable.of(KEY.fold(4).normal(DType.FLOAT32, Shape.of(steps, 3, 5), 0, 1));
    Variable zero = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(3, 5)));
    AtomicInteger calls = new AtomicInteger();
    Scan.Body body =
        (in, carried, time) -> {
          calls.incrementAndGet();
          Variable z = carried.getFirst().add(in.getFirst()).mul(b);
          Variable energy = z.tanh().mul(z);
          Variable seed = Variable.of(Tensor.full(DType.FLOAT32, energy.shape(), 1));
          Variable force = Gradients.of(energy, seed, List.of(z)).getFirst();
          return new Scan.Result(List.of(force), List.of(force.tanh()));
        };
    Scan eager = Scan.forward().eager();
    Scan.Result plain = eager.run(body, List.of(xs), List.of(zero), 0);
    assertThat(calls.getAndSet(0)).isEqualTo(steps);
    Scan.Result kept = eager.checkpointed().run(body, List.of(xs), List.of(zero), 0);
    assertThat(calls.getAndSet(0)).isEqualTo(steps);
    Map<Parameter, Gradient> gradients = Gradients.of(kept.outputs().getFirst().sum(), all);
    assertThat(calls.get()).isEqualTo(steps);
    assertThat(gradients).containsOnlyKeys(b);
    assertSame(gradients, Gradients.of(plain.outputs().getFirst().sum(), all));
  }
}
