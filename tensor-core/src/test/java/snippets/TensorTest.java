package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.tensor.spi.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.tensor}. */
class TensorTest {
  private static final Program ADD = Program.of(Code.ADD);

  private static Tensor of(float... x) {
    return Tensor.of(Shape.of(x.length), x);
  }

  @Test
  void tolerance() {
    Tensor expected = of(1, 2);
    Tensor actual = of(1, 2.000001f);
    // @start region="Tolerance"
    assertThat(Tolerance.of(1e-6).difference(expected, actual)).isEmpty();
    // @end
  }

  @Test
  void slot() {
    Tensor x = of(1, 2, 3);
    // @start region="Slot"
    Slot sum = Slot.of(Tensor.zeros(DType.FLOAT32, Shape.of(3)));
    Program.of(Code.ADD).run("add", List.of(sum), x); // x + sum, into the array of sum
    Tensor now = sum.keep();
    // @end
    assertThat(now.toFloats()).containsExactly(1, 2, 3);
  }

  @Test
  void program() {
    Tensor f = of(0.5f);
    Tensor c = of(4);
    Tensor ig = of(1);
    // @start region="Program"
    Program.Builder p = Program.inputs(3); // f, c, ig
    Program step = p.results(p.add(p.mul(0, 1), 2)); // f c + ig
    Tensor next = step.run("cell", f, c, ig).getFirst();
    // @end
    assertThat(next.item()).isEqualTo(3);
  }

  private static Tensor step(Tensor state, Tensor x) {
    return ADD.run("step", state, ADD.run("step", x, x).getFirst()).getFirst();
  }

  @Test
  void buffers() {
    List<Tensor> batches = List.of(of(1), of(2));
    Tensor state = of(0);
    // @start region="Buffers"
    Buffers buffers = new Buffers();
    for (Tensor x : batches) {
      try (Buffers.Scope scope = buffers.open()) {
        state = scope.keep(step(state, x)); // intermediate results of step are freed
      }
    }
    // @end
    assertThat(state.item()).isEqualTo(6);
  }
}
