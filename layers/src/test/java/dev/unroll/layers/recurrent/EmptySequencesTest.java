package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch of no sequences, and sequences of no steps, with every cell. */
class EmptySequencesTest {
  private static final int I = 3;
  private static final int H = 8;
  private static final List<Mode> MODES =
      List.of(Mode.evaluation(), Mode.training(RandomKey.of(3)));

  static Stream<String> names() {
    return Subjects.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void emptySequencesAreAccepted(String name) {
    check(Subjects.cell(name, I, H, new Init(DType.FLOAT64, RandomKey.of(5))));
  }

  private static <S extends State<S>> void check(Cell<S> cell) {
    for (int[] sizes : new int[][] {{0, 4}, {3, 0}, {0, 0}}) {
      Variable x = Variable.input(Tensor.zeros(DType.FLOAT64, Shape.of(sizes[0], sizes[1], I)));
      for (Mode mode : MODES) {
        for (Unroll<S> unroll : List.of(Unroll.of(cell), Unroll.backward(cell))) {
          for (Unroll<S> way : List.of(unroll, unroll.eager(), unroll.checkpointed())) {
            S start = cell.initialState(sizes[0], DType.FLOAT64);
            check(way.apply(x, start, mode), start, x, unroll);
            S again = cell.initialState(sizes[0], DType.FLOAT64); // The first graph is released.
            check(way.apply(x, again, new int[sizes[0]], mode), again, x, unroll);
          }
        }
      }
    }
    S start = cell.initialState(0, DType.FLOAT64);
    try (Session session = Unroll.of(cell).open(0, DType.FLOAT64)) {
      session.step(new double[0], new double[0]);
      assertThat(session.outputShape()).isEqualTo(Shape.of(0, cell.outputSize()));
      assertThat(start.variables()).isNotEmpty();
    }
  }

  private static <S extends State<S>> void check(
      Recurrent.Result<S> r, S start, Variable x, Unroll<S> unroll) {
    int batch = x.shape().dim(0);
    int steps = x.shape().dim(1);
    assertThat(r.outputs().shape()).isEqualTo(Shape.of(batch, steps, unroll.outputSize()));
    List<Variable> after = r.state().variables();
    for (int i = 0; i < after.size(); i++) {
      assertThat(after.get(i).value().sameBits(start.variables().get(i).value())).isTrue();
    }
    List<Parameter> all = List.copyOf(unroll.parameters().values());
    Gradients.of(r.outputs().sum(), all)
        .forEach((p, g) -> assertThat(g.dense().toDoubles()).containsOnly(0));
  }
}
