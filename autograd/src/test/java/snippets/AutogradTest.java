package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Checkpoint;
import dev.unroll.autograd.GradCheck;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Snapshot;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.GradientNorms;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.autograd} and its packages. */
class AutogradTest {
  private final Parameter weight = new Parameter(random(3, 3));
  private final Variable x = Variable.of(random(4, 3));
  private final List<Variable> initial = List.of(Variable.of(random(1, 3)));

  private static Tensor random(int... dims) {
    return RandomKey.of(5).normal(DType.FLOAT64, Shape.of(dims), 0, 1);
  }

  private Scan.Result step(List<Variable> inputs, List<Variable> carried, Variable time) {
    Variable h = inputs.getFirst().add(carried.getFirst().matmul(weight)).tanh();
    return new Scan.Result(List.of(h), List.of(h));
  }

  @Test
  void snapshot() {
    // @start region="Snapshot"
    Snapshot now = Snapshot.of(List.of(weight));
    Tensor answer = now.call(() -> x.matmul(weight).value());
    // @end
    assertThat(answer.shape().dims()).containsExactly(4, 3);
  }

  @Test
  void checkpoint() {
    // @start region="Checkpoint"
    Variable y = Checkpoint.of(() -> List.of(x.matmul(weight).tanh())).getFirst();
    // @end
    assertThat(Gradients.of(y.sum(), List.of(weight))).hasSize(1);
  }

  @Test
  void gradCheck() {
    // @start region="GradCheck"
    assertThat(GradCheck.check("dense", () -> x.matmul(weight).tanh(), Map.of("weight", weight)))
        .isEmpty();
    // @end
  }

  // @start region="Cube"
  /** x^3: {@code Variable.apply(new Cube(), x)}. */
  record Cube() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.mul(in[0], p.mul(in[0], in[0]));
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(in[0]).mul(in[0]).mul(3);
    }
  }

  // @end

  @Test
  void op() {
    assertThat(
            GradCheck.check(
                "cube", () -> Variable.apply(new Cube(), weight), Map.of("weight", weight)))
        .isEmpty();
  }

  @Test
  void gradientNorms() {
    Variable sequence = Variable.of(random(5, 1, 3));
    // @start region="GradientNorms"
    GradientNorms norms = new GradientNorms();
    Scan scan = Scan.forward().onGradient(norms);
    Scan.Result result = scan.run(this::step, List.of(sequence), initial, 0);
    Gradients.of(result.outputs().getFirst().select(0, 4).sum(), List.of(weight));
    double first = norms.of(0).get(0); // |dL/dh| after the first step
    // @end
    assertThat(first).isPositive();
  }

  @Test
  void session() {
    double[] x = {1, 2, 3};
    double[] y = new double[3];
    // @start region="Session"
    try (Session session =
        Scan.forward().open(this::step, Shape.of(1, 3), DType.FLOAT64, initial)) {
      session.step(x, y); // x: the 3 inputs at this step; y: receives the outputs
    }
    // @end
    assertThat(y).doesNotContain(0);
  }
}
