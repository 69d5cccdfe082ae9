package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Block;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.LayerNorm;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.RmsNorm;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.recurrent.cells.CoupledLstmCell;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.MinimalGatedCell;
import dev.unroll.layers.recurrent.cells.NormalizedLstmCell;
import dev.unroll.layers.recurrent.cells.OriginalGruCell;
import dev.unroll.layers.recurrent.cells.PeepholeLstmCell;
import dev.unroll.layers.recurrent.cells.ProjectedLstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.recurrent.check.CellContract;
import dev.unroll.layers.recurrent.wrappers.LearnedStart;
import dev.unroll.layers.recurrent.wrappers.Residual;
import dev.unroll.layers.sequence.Bridge;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.layers.sequence.attention.DotAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid arguments and results of recurrent layers and cells are named. */
@SuppressWarnings("NullAway") // Null is what is tested.
class ArgumentsTest {
  private static final Mode MODE = Mode.evaluation();
  private static final Init INIT = Init.seed(1);
  private static final Cell<LstmState> CELL = LstmCell.of(3, 4, INIT);
  private static final Variable X =
      Variable.of(RandomKey.of(2).normal(DType.FLOAT32, Shape.of(2, 5, 3), 0, 1));
  private static final LstmState START = CELL.initialState(2, DType.FLOAT32);
  private static final List<Unroll<LstmState>> WAYS =
      List.of(
          Unroll.of(CELL),
          Unroll.backward(CELL),
          Unroll.of(CELL).eager(),
          Unroll.of(CELL).checkpointed());

  private static void isNull(String name, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name);
  }

  private static void refuses(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, -1, 2, 1e-300, Double.NaN})
  void aMaskHoldsZerosAndOnes(double other) {
    double[] values = new double[10];
    values[7] = other;
    Tensor mask = Tensor.of(Shape.of(2, 5), values);
    for (Unroll<LstmState> u : WAYS) {
      refuses(
          "[unroll] expected a mask of 0 and 1, got " + other + " at [1, 2]",
          () -> u.apply(X, START, mask, MODE));
    }
  }

  @Test
  void nullArgumentsAreNamed() {
    isNull("cell", () -> Unroll.of((Cell<LstmState>) null));
    isNull("cell", () -> Unroll.backward((Cell<LstmState>) null));
    isNull("hook", () -> Unroll.of(CELL).onGradient(null));
    for (Unroll<LstmState> u : WAYS) {
      isNull("x", () -> u.apply(null, MODE));
      isNull("x", () -> u.apply(null, START, MODE));
      isNull("x", () -> u.apply(null, START, new int[] {1, 2}, MODE));
      isNull("x", () -> u.apply(null, new int[] {1, 2}, MODE));
      isNull("state", () -> u.apply(X, (LstmState) null, MODE));
      isNull("state", () -> u.apply(X, (LstmState) null, new int[] {1, 2}, MODE));
      isNull("state", () -> u.states(X, null, new int[] {1, 2}, MODE));
      isNull("lengths", () -> u.apply(X, START, (int[]) null, MODE));
      isNull("lengths", () -> u.apply(X, (int[]) null, MODE));
      isNull("mask", () -> u.apply(X, START, (Tensor) null, MODE));
      isNull("mode", () -> u.apply(X, null));
      isNull("mode", () -> u.apply(X, START, (Mode) null));
      isNull("mode", () -> u.apply(X, START, new int[] {1, 2}, null));
      isNull("mode", () -> u.apply(X, START, new int[2], null));
      isNull("mode", () -> u.apply(X, new int[] {5, 5}, null));
    }
    Bidirectional<LstmState> both = Bidirectional.of(CELL, CELL);
    isNull("x", () -> both.apply(null, MODE));
    isNull("mode", () -> both.apply(X, null));
    isNull("mode", () -> both.apply(X, new int[] {1, 2}, null));
    isNull("lengths", () -> both.apply(X, (int[]) null, MODE));
    isNull("state", () -> both.apply(X, (Bidirectional.States<LstmState>) null, MODE));
    RecurrentStack stack = RecurrentStack.of(both);
    isNull("mode", () -> stack.apply(X, new int[] {1, 2}, null));
    isNull("lengths", () -> stack.apply(X, (int[]) null, MODE));
    isNull("state", () -> stack.apply(X, (Stacked.Levels) null, MODE));
    for (Recurrent<?> layer : List.of(Unroll.of(CELL), both, stack)) {
      isNull("type", () -> layer.initialState(1, null));
    }
    isNull("type", () -> CELL.initialState(1, null));
    isNull("type", () -> new Stacked(List.of(CELL)).initialState(1, null));
  }

  @Test
  void aStateOfAnotherCellIsRefused() {
    String expected = "[unroll] expected a state [float32 [2, 4], float32 [2, 4]], got [";
    LstmState wide = LstmCell.of(3, 5, INIT).initialState(2, DType.FLOAT32);
    LstmState other = CELL.initialState(2, DType.FLOAT64);
    Variable cube = START.h().reshape(Shape.of(2, 2, 2));
    for (Unroll<LstmState> way : WAYS) {
      for (int[] lengths : List.of(new int[] {5, 5}, new int[] {2, 3}, new int[] {0, 0})) {
        assertThatThrownBy(() -> way.apply(X, wide, lengths, MODE))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(expected + "float32 [2, 5], float32 [2, 5]]");
        assertThatThrownBy(() -> way.apply(X, other, lengths, MODE))
            .hasMessage(expected + "float64 [2, 4], float64 [2, 4]]");
        assertThatThrownBy(() -> way.apply(X, new LstmState(cube, START.c()), lengths, MODE))
            .hasMessage(expected + "float32 [2, 2, 2], float32 [2, 4]]");
      }
    }
  }

  @Test
  void namedCellsHaveSizes() {
    assertThatThrownBy(() -> Cells.named("gru", 0, 4, INIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[cell] expected sizes of at least 1, got 0 -> 4");
    assertThatThrownBy(() -> Cells.named("lstm", 4, 0, INIT))
        .hasMessage("[cell] expected sizes of at least 1, got 4 -> 0");
  }

  @Test
  void blocksNameNullArguments() {
    isNull("mode", () -> new Dropout(0.5).apply(X, null));
    isNull("mode", () -> Activation.relu().apply(X, null));
    isNull("mode", () -> Sequential.of(new Dropout(0.5)).apply(X, null));
    isNull("mode", () -> Sequential.of().apply(X, null));
    isNull("block", () -> Sequential.of((Block) null));
    isNull("block", () -> Sequential.of(new Dropout(0.5), null));
    isNull("blocks", () -> Sequential.of((Block[]) null));
    isNull("blocks", () -> new Sequential(null));
    isNull("name", () -> Cells.named(null, 2, 3, Init.seed(1)));
    isNull("key", () -> Mode.training(null));
    isNull("lengths", () -> Lengths.mask("test", X.shape(), DType.FLOAT32, (int[]) null));
    isNull("x", () -> Lengths.filled("test", null, new int[] {1, 2}));
    isNull("x", () -> Pooling.mean().apply(null, 1, 2));
    isNull("lengths", () -> Pooling.mean().apply(X, (int[]) null));
  }

  @Test
  void aSessionNamesNullArguments() {
    try (Session session = Unroll.of(CELL).open(1, DType.FLOAT32)) {
      isNull("input", () -> session.step((float[]) null, new float[4]));
      isNull("output", () -> session.step(new float[3], (float[]) null));
      isNull("input", () -> session.step((int[]) null, new double[4]));
      session.step(new float[3], new float[4]);
      assertThat(session.outputShape()).isEqualTo(Shape.of(1, 4));
    }
  }

  @Test
  void aSessionHasTheTypeOfTheWeights() {
    isNull("type", () -> Unroll.of(CELL).open(1, null));
    refuses(
        "[unroll] expected a session of at least 0 sequences, got -1",
        () -> Unroll.of(CELL).open(-1, DType.FLOAT32));
    for (DType type : new DType[] {DType.INT32, DType.FLOAT64}) {
      refuses(
          "[unroll] expected a session in float32, the type of the weights, got " + type,
          () -> Unroll.of(CELL).open(1, type));
    }
    refuses(
        "[unroll] expected a session in float32 or float64, got int32",
        () -> Unroll.of(new Careless("nothing")).open(1, DType.INT32));
  }

  /** A prediction during an update of its parameters fails with a hint at snapshots. */
  @Test
  void anUpdateDuringAPredictionRecommendsASnapshot() {
    Parameter p = new Parameter(Tensor.of(Shape.of(2), 1f, 2f));
    Variable y = p.mul(p).sum();
    y.value();
    Tensor read = p.value();
    for (int i = 0; i < 2; i++) { // The first update writes beside what was read.
      p.update(Tensor.of(Shape.of(2), 3f, 4f));
    }
    assertThatThrownBy(() -> Gradients.of(y, List.of(p)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was updated after the forward pass")
        .hasMessageContaining("Layer.snapshot()");
    assertThat(read.shape()).isEqualTo(Shape.of(2));
  }

  @Test
  void aMismatchedStateIsRefusedForAnyLengths() {
    Variable good = Cell.zeros(DType.FLOAT32, 2, 4);
    Variable bad = Cell.zeros(DType.FLOAT32, 2, 7);
    Variable other = Cell.zeros(DType.FLOAT64, 2, 4);
    for (Unroll<LstmState> u : WAYS) {
      for (int[] lengths : new int[][] {{5, 5}, {2, 0}, {0, 0}}) {
        for (Variable v : List.of(bad, other)) {
          refuses("[", () -> u.apply(X, new LstmState(v, good), lengths, MODE));
          refuses("[", () -> u.apply(X, new LstmState(good, v), lengths, MODE));
        }
        assertThat(u.apply(X, START, lengths, MODE).outputs().shape()).isEqualTo(Shape.of(2, 5, 4));
      }
    }
  }

  @Test
  void inputsAreFloatingPointNumbers() {
    Variable ids = Variable.of(Tensor.zeros(DType.INT32, X.shape()));
    String message = "[unroll] expected inputs in float32 or float64, got int32 [2, 5, 3]";
    for (Unroll<LstmState> u : WAYS) {
      refuses(message, () -> u.apply(ids, MODE));
      refuses(message, () -> u.apply(ids, START, MODE));
      refuses(message, () -> u.apply(ids, START, new int[] {1, 2}, MODE));
      refuses(message, () -> u.apply(ids, new int[] {1, 2}, MODE));
    }
  }

  @Test
  void aLearnedStartHasARowForEachVariable() {
    Parameter row = INIT.zeros(1, 4);
    refuses(
        "[learnedStart] expected rows of shapes [[1, 4], [1, 4]], got []",
        () -> new LearnedStart<>(CELL, List.of()));
    refuses(
        "[learnedStart] expected rows of shapes [[1, 4], [1, 4]], got [[1, 4]]",
        () -> new LearnedStart<>(CELL, List.of(row)));
    refuses(
        "[learnedStart] expected rows of shapes [[1, 4], [1, 4]], got [[1, 4], [2, 4]]",
        () -> new LearnedStart<>(CELL, List.of(row, INIT.zeros(2, 4))));
    assertThat(new LearnedStart<>(CELL, List.of(row, row)).start()).hasSize(2);
  }

  @Test
  void swappedDirectionsAreRefused() {
    Unroll<LstmState> forward = Unroll.of(CELL);
    Unroll<LstmState> backward = Unroll.backward(CELL);
    String message =
        "[bidirectional] expected Unroll.of(cell) and Unroll.backward(cell), got backward and ";
    refuses(message + "forward", () -> new Bidirectional<>(backward, forward));
    refuses(message + "backward", () -> new Bidirectional<>(backward, backward));
    refuses("[bidirectional] ", () -> new Bidirectional<>(forward, forward));
  }

  @Test
  void bothDirectionsReadInputsOfOneSize() {
    Cell<LstmState> wide = LstmCell.of(5, 4, INIT);
    String message = "[bidirectional] expected cells of the same input size, got 3 and 5";
    refuses(message, () -> Bidirectional.of(CELL, wide));
    refuses(message, () -> new Bidirectional<>(Unroll.of(CELL), Unroll.backward(wide)));
    assertThat(Bidirectional.of(CELL, LstmCell.of(3, 7, INIT)).outputSize()).isEqualTo(11);
  }

  @Test
  void factoriesNameWhatIsNull() {
    isNull("forward", () -> Bidirectional.of(null, CELL));
    isNull("backward", () -> Bidirectional.of(CELL, null));
    isNull("layers", () -> RecurrentStack.of((Recurrent<?>[]) null));
    isNull("layer", () -> RecurrentStack.of(Unroll.of(CELL), null));
    isNull("cell", () -> LearnedStart.of((Cell<LstmState>) null, INIT));
    isNull("cell", () -> Bridge.of(3, (Cell<LstmState>) null, INIT));
    isNull("cell", () -> LuongCell.of((Cell<LstmState>) null, new DotAttention(), 2, INIT));
    isNull("embedding", () -> Decoder.of(null, CELL, Linear.of(4, 5, INIT)));
    isNull("cell", () -> Decoder.of(Embedding.of(5, 3, INIT), (Cell<LstmState>) null, null));
    isNull("head", () -> Decoder.of(Embedding.of(5, 3, INIT), CELL, null));
    isNull("init", () -> Cells.named("lstm", 2, 3, null));
    isNull("init", () -> Linear.of(2, 3, null));
    isNull("init", () -> GruCell.of(2, 3, null));
    isNull("init", () -> CoupledLstmCell.of(2, 3, null));
    isNull("init", () -> LstmCell.of(2, 3, null));
    isNull("init", () -> MinimalGatedCell.of(2, 3, null));
    isNull("init", () -> NormalizedLstmCell.of(2, 3, null));
    isNull("init", () -> OriginalGruCell.of(2, 3, null));
    isNull("init", () -> PeepholeLstmCell.of(2, 3, null));
    isNull("init", () -> RnnCell.of(2, 3, null));
    isNull("init", () -> ProjectedLstmCell.of(2, 3, 4, null));
    isNull("init", () -> Embedding.of(2, 3, null));
    isNull("init", () -> LayerNorm.of(2, null));
    isNull("init", () -> RmsNorm.of(2, null));
    isNull("factory", () -> CellContract.violations(null));
  }

  /** A cell with a state whose map is wrong in one of several ways. */
  private record Forgetful(String what) implements Cell<Forgetful.StateOf> {
    record StateOf(String what, Variable h, Variable k, Hidden inner) implements State<StateOf> {
      @Override
      public StateOf map(UnaryOperator<Variable> f) {
        return switch (what) {
          case "forgets" -> new StateOf(what, f.apply(h), k, inner.map(f));
          case "forgets inner" -> new StateOf(what, f.apply(h), f.apply(k), inner);
          case "swaps" -> new StateOf(what, f.apply(k), f.apply(h), inner.map(f));
          default -> new StateOf(what, f.apply(h), f.apply(k), inner.map(f));
        };
      }
    }

    @Override
    public int inputSize() {
      return 3;
    }

    @Override
    public int outputSize() {
      return 3;
    }

    @Override
    public StateOf initialState(int batch, DType type) {
      Variable zero = Cell.zeros(type, batch, 3);
      return new StateOf(what, zero, zero, new Hidden(zero));
    }

    @Override
    public Step<StateOf> step(Variable x, StateOf s, Mode mode) {
      Variable h = x.add(s.h()).add(s.k().mul(0.5)).add(s.inner().h()).tanh();
      return new Step<>(h, new StateOf(what, h, s.h(), new Hidden(s.k())));
    }

    @Override
    public void describe(Parts parts) {}
  }

  @Test
  void aStateWhoseMapForgetsAVariableIsRefused() {
    Variable x = Variable.of(Tensor.full(DType.FLOAT32, Shape.of(2, 4, 3), 1));
    for (Map.Entry<String, String> e :
        Map.of(
                "forgets", "k unchanged",
                "forgets inner", "inner.h unchanged",
                "swaps", "another variable for h")
            .entrySet()) {
      Forgetful cell = new Forgetful(e.getKey());
      String message =
          "[cell] expected map of StateOf to replace each variable, got " + e.getValue();
      Unroll<Forgetful.StateOf> unroll = Unroll.of(cell);
      Forgetful.StateOf own = cell.initialState(2, DType.FLOAT32);
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> unroll.apply(x, Mode.evaluation()),
              () -> unroll.apply(x, own, Mode.evaluation()),
              () -> unroll.eager().apply(x, own, Mode.evaluation()),
              () -> unroll.open(2, DType.FLOAT32))) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
      }
      assertThat(CellContract.violations(init -> cell))
          .containsExactly("It throws java.lang.IllegalArgumentException: " + message + ".");
    }
    // Last, because a class whose map has been right is not checked again.
    assertThat(Unroll.of(new Forgetful("nothing")).apply(x, Mode.evaluation()).outputs().shape())
        .isEqualTo(Shape.of(2, 4, 3));
    assertThat(CellContract.violations(init -> new Forgetful("nothing"))).isEmpty();
  }

  /** A cell that returns null in one of several places. */
  private record Careless(String what) implements Cell<Careless.Parts2> {
    record Parts2(Variable a, Variable b) implements State<Parts2> {
      @Override
      public Parts2 map(UnaryOperator<Variable> f) {
        return new Parts2(f.apply(a), f.apply(b));
      }
    }

    @Override
    public int inputSize() {
      return 3;
    }

    @Override
    public int outputSize() {
      return 3;
    }

    @Override
    public Parts2 initialState(int batch, DType type) {
      Variable zero = Cell.zeros(type, batch, 3);
      return what.equals("start")
          ? null
          : new Parts2(zero, what.equals("start part") ? null : zero);
    }

    @Override
    public Step<Parts2> step(Variable x, Parts2 s, Mode mode) {
      return switch (what) {
        case "step" -> null;
        case "output" -> new Step<>(null, s);
        case "state" -> new Step<>(x, null);
        case "part" -> new Step<>(x, new Parts2(x, null));
        default -> new Step<>(x, new Parts2(x, s.a()));
      };
    }

    @Override
    public void describe(Parts parts) {}
  }

  @Test
  void nullResultsOfACellAreRefused() {
    for (int[] lengths : new int[][] {{5, 5}, {2, 1}, {0, 0}}) {
      for (boolean eager : new boolean[] {false, true}) {
        isNull("output", () -> outputs("output", eager, lengths));
        isNull("state", () -> outputs("state", eager, lengths));
        refuses(
            "[cell] expected a result of Careless.step, got null",
            () -> outputs("step", eager, lengths));
        refuses(
            "[cell] expected a result of Careless.initialState, got null",
            () -> outputs("start", eager, lengths));
        refuses(
            "[unroll] expected a state of 2 sequences, got null",
            () -> outputs("start part", eager, lengths));
        refuses(
            "[unroll] expected variable 1 of the state after a step to be float32 [2, 3], got null",
            () -> outputs("part", eager, lengths));
        assertThat(outputs("nothing", eager, lengths).shape()).isEqualTo(X.shape());
      }
    }
    Cell<?> wrapped = new Stacked(List.of(new Residual<>(new Careless("step"))));
    refuses(
        "[cell] expected a result of Careless.step, got null",
        () -> Unroll.of(wrapped).apply(X, MODE));
    assertThat(CellContract.violations(init -> new Careless("step")))
        .singleElement()
        .asString()
        .contains("[cell] expected a result of Careless.step, got null");
  }

  private static Variable outputs(String what, boolean eager, int... lengths) {
    Unroll<?> unroll = Unroll.of(new Careless(what));
    return (eager ? unroll.eager() : unroll).apply(X, lengths, MODE).outputs();
  }
}
