package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GradCheckTest {
  private static final Tensor X = Tensor.of(Shape.of(2), 1.0, 2.0);

  @Test
  void aWrongGradientOfAGradientIsFound() {
    Parameter p = new Parameter(X);
    assertThat(GradCheck.checkSecondOrder("once", () -> p.mul(p), Map.of("p", p))).isEmpty();
    List<GradCheck.Mismatch> wrong = secondOrder(in -> Variable.apply(new Once(), in.getFirst()));
    assertThat(wrong).extracting(GradCheck.Mismatch::index).containsExactly(0, 1);
    assertThat(wrong.getFirst().toString())
        .startsWith("[once, second order] gradient with respect to input 0, element 0: expected ");
    assertThat(wrong).allMatch(m -> m.actual() == 0 && Math.abs(m.expected()) > 1e-4);
    assertThat(
            GradCheck.checkSecondOrder("once", () -> Variable.apply(new Once(), p), Map.of("p", p)))
        .extracting(GradCheck.Mismatch::by)
        .containsExactly("p", "p");
  }

  private static List<GradCheck.Mismatch> secondOrder(Function<List<Variable>, Variable> f) {
    return GradCheck.checkSecondOrder("once", f, X);
  }

  /** The square, whose gradient is right but has none itself. */
  private record Once() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.mul(in[0], in[0]);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(in[0].detach()).mul(2);
    }
  }

  @Test
  void parametersOfFloat32AreRefused() {
    Parameter p = new Parameter(X.to(DType.FLOAT32));
    assertThatThrownBy(() -> GradCheck.check("f", () -> p, Map.of("p", p)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "[f] expected float64 inputs or parameters, such as those of new Init(DType.FLOAT64, key), got float32[2]");
  }

  /** The step grows with the element, or rounding would exceed the difference. */
  @Test
  void differencesOfLargeElementsAreExact() {
    Tensor large = Tensor.of(Shape.of(2), 1e12, -3e12);
    assertThat(GradCheck.check("affine", in -> in.getFirst().affine(2, 1), large)).isEmpty();
  }
}
