package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Truncation;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.Wrapper;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.check.CellContract;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.layers.recurrent}. */
class RecurrentTest {
  private final Init init = Init.seed(1);
  private final Mode mode = Mode.evaluation();
  private final Variable x = random(Shape.of(2, 5, 4)); // [B, T, I]

  private static Variable random(Shape shape) {
    return Variable.of(RandomKey.of(5).normal(DType.FLOAT32, shape, 0, 1));
  }

  @Test
  void bidirectional() {
    // @start region="Bidirectional"
    Bidirectional<LstmState> encoder =
        Bidirectional.of(
            LstmCell.of(4, 8, init.at("forward")), LstmCell.of(4, 8, init.at("backward")));
    Variable y = encoder.apply(x, new int[] {5, 3}, mode).outputs(); // [2, 5, 4] -> [2, 5, 16]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 16);
  }

  // @start region="Cell"
  /** A leaky integrator: h' = rate h + (1 - rate) tanh(x W). */
  record LeakyCell(Parameter weight, double rate) implements Cell<Hidden> {
    static LeakyCell of(int inputSize, int hiddenSize, Init init) {
      return new LeakyCell(init.glorot(inputSize, hiddenSize, 1), 0.9);
    }

    @Override
    public int inputSize() {
      return weight.shape().dim(0);
    }

    @Override
    public int outputSize() {
      return weight.shape().dim(1);
    }

    @Override
    public Hidden initialState(int batch, DType type) {
      return new Hidden(Cell.zeros(type, batch, outputSize()));
    }

    @Override
    public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
      Variable in = x.matmul(weight).tanh(); // [B, H]
      Variable h = s.h().mul(rate).add(in.mul(1 - rate));
      return new Step<>(h, new Hidden(h));
    }

    @Override
    public void describe(Parts parts) {
      parts.parameter("weight", weight);
    }
  }

  // @end

  @Test
  void cell() {
    assertThat(CellContract.violations(i -> LeakyCell.of(3, 4, i))).isEmpty();
  }

  @Test
  void hidden() {
    GruCell cell = GruCell.of(4, 8, init);
    // @start region="Hidden"
    Hidden start = new Hidden(Cell.zeros(DType.FLOAT32, 2, 8));
    Step<Hidden> step = cell.step(x.select(1, 0), start, mode);
    Variable h = step.state().h(); // [2, 8], the output as well
    // @end
    assertThat(h.value().toFloats()).isEqualTo(step.output().value().toFloats());
  }

  @Test
  void lstmState() {
    // @start region="LstmState"
    Unroll<LstmState> unroll = Unroll.of(LstmCell.of(4, 8, init));
    LstmState last = unroll.apply(x, mode).state();
    LstmState next = unroll.apply(x, last.detach(), mode).state(); // goes on from there
    // @end
    assertThat(next.c().shape().dims()).containsExactly(2, 8);
  }

  /** The mean of two cells that read the same inputs. */
  record Ensemble<S extends State<S>>(Cell<S> a, Cell<S> b) implements Cell<Pair<S>> {
    @Override
    public Pair<S> initialState(int batch, DType type) {
      return new Pair<>(
          InnerCell.initialState(a, batch, type), InnerCell.initialState(b, batch, type));
    }

    // @start region="InnerCell"
    @Override
    public Step<Pair<S>> step(Variable x, Pair<S> s, Mode mode) {
      Step<S> first = InnerCell.step(a, x, s.a(), mode.at("a"));
      Step<S> second = InnerCell.step(b, x, s.b(), mode.at("b"));
      Variable mean = first.output().add(second.output()).mul(0.5);
      return new Step<>(mean, new Pair<>(first.state(), second.state()));
    }

    // @end
    @Override
    public int inputSize() {
      return a.inputSize();
    }

    @Override
    public int outputSize() {
      return a.outputSize();
    }

    @Override
    public void describe(Parts parts) {
      parts.layer("a", a).layer("b", b);
    }
  }

  // @start region="State"
  /** The states of two cells. */
  record Pair<S extends State<S>>(S a, S b) implements State<Pair<S>> {
    @Override
    public Pair<S> map(UnaryOperator<Variable> f) {
      return new Pair<>(a.map(f), b.map(f));
    }
  }

  // @end

  @Test
  void ensemble() {
    assertThat(
            CellContract.violations(
                i -> new Ensemble<>(GruCell.of(3, 4, i.at("a")), GruCell.of(3, 4, i.at("b")))))
        .isEmpty();
  }

  @Test
  void recurrent() {
    // @start region="Recurrent"
    Recurrent<?> reader = Unroll.of(GruCell.of(4, 8, init));
    Variable whole = reader.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    Variable padded = reader.apply(x, new int[] {5, 3}, mode).outputs(); // 0 after the 3rd step
    // @end
    assertThat(whole.shape()).isEqualTo(padded.shape());
    assertThat(padded.value().get(1, 3, 0)).isZero();
  }

  @Test
  void recurrentStack() {
    // @start region="RecurrentStack"
    RecurrentStack encoder =
        new RecurrentStack(
            List.of(
                Bidirectional.of(GruCell.of(4, 8, init.at("f0")), GruCell.of(4, 8, init.at("b0"))),
                Bidirectional.of(
                    GruCell.of(16, 8, init.at("f1")), GruCell.of(16, 8, init.at("b1")))),
            new Dropout(0.2));
    Variable y = encoder.apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 16]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 16);
  }

  @Test
  void stacked() {
    // @start region="Stacked"
    Stacked cells =
        new Stacked(List.of(LstmCell.of(4, 8, init.at("0")), LstmCell.of(8, 8, init.at("1"))));
    Variable y = Unroll.of(cells).apply(x, mode).outputs(); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void truncation() {
    GruCell cell = GruCell.of(4, 8, init);
    List<String> updates = new ArrayList<>();
    // @start region="Truncation"
    Unroll<Hidden> unroll = Unroll.of(cell);
    new Truncation(2, 4)
        .run(
            5,
            () -> cell.initialState(2, DType.FLOAT32),
            (state, from, to) -> unroll.from(from).apply(x.slice(1, from, to), state, mode),
            (window, outputs) -> {
              Variable loss = outputs.mul(outputs).sum();
              update(Gradients.of(loss, cell.parameters().values()));
              updates.add(window.from() + " to " + window.end());
            });
    // @end
    assertThat(updates).containsExactly("0 to 1", "1 to 3", "3 to 5");
  }

  private static void update(Object gradients) {
    assertThat(gradients).isNotNull();
  }

  @Test
  void unroll() {
    // @start region="Unroll"
    Unroll<LstmState> unroll = Unroll.of(LstmCell.of(4, 8, init));
    Recurrent.Result<LstmState> result = unroll.apply(x, mode);
    Variable outputs = result.outputs(); // [2, 5, 4] -> [2, 5, 8]
    LstmState last = result.state();
    // @end
    assertThat(outputs.shape().dims()).containsExactly(2, 5, 8);
    assertThat(last.h().shape().dims()).containsExactly(2, 8);
    // @start region="open"
    float[] output = new float[8];
    try (Session session = unroll.open(1, DType.FLOAT32)) {
      for (float[] input : inputs()) {
        session.step(input, output);
      }
    }
    // @end
    assertThat(output).doesNotContain(0);
  }

  private static List<float[]> inputs() {
    return List.of(new float[] {1, 2, 3, 4}, new float[] {4, 3, 2, 1});
  }

  // @start region="Wrapper"
  /** Scales the inputs of a cell. */
  record Scaled<S extends State<S>>(Cell<S> cell, double factor) implements Wrapper<S> {
    @Override
    public Step<S> step(Variable x, S state, Mode mode) {
      return stepInside(x.mul(factor), state, mode);
    }
  }

  // @end

  @Test
  void wrapper() {
    assertThat(CellContract.violations(i -> new Scaled<>(GruCell.of(3, 4, i), 0.5))).isEmpty();
  }
}
