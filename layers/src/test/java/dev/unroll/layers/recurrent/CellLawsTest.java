package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.GradCheck;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of every cell in float32 and float64. */
class CellLawsTest {
  private static final RandomKey KEY = RandomKey.of(21);
  private static final int I = 3;

  /** Wide enough that a row to be normalized rarely has a variance near zero, for float32. */
  private static final int H = 8;

  private static final Mode MODE = Mode.evaluation();

  record Subject(String name, DType type) {
    Cell<?> cell() {
      return Subjects.cell(name, I, H, new Init(type, KEY.fold(name)));
    }
  }

  static Stream<Subject> subjects() {
    return Subjects.names()
        .flatMap(n -> Stream.of(DType.FLOAT32, DType.FLOAT64).map(t -> new Subject(n, t)));
  }

  static Stream<Subject> exactSubjects() {
    return subjects().filter(s -> s.type == DType.FLOAT64);
  }

  private static Tensor input(DType type, int batch, int steps) {
    return KEY.fold(steps).normal(type, Shape.of(batch, steps, I), 0, 1);
  }

  private static <S extends State<S>> S start(Cell<S> cell, DType type, int batch) {
    S zero = cell.initialState(batch, type);
    List<Variable> values = new ArrayList<>();
    for (Variable v : zero.variables()) {
      values.add(Variable.input(KEY.fold(values.size()).normal(type, v.shape(), 0, 1)));
    }
    return zero.with(values);
  }

  private static <S extends State<S>> S rows(S state, int from, int to) {
    return state.map(v -> v.slice(0, from, to));
  }

  private static void assertSame(Variable a, Variable b) {
    assertThat(a.value().sameBits(b.value())).as("%s\n%s", a.value(), b.value()).isTrue();
  }

  private static void assertSame(State<?> a, State<?> b) {
    for (int i = 0; i < a.variables().size(); i++) {
      assertSame(a.variables().get(i), b.variables().get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void unrollEqualsALoopOverSteps(Subject s) {
    unrollIsTheLoop(s.cell(), s.type);
  }

  private static <S extends State<S>> void unrollIsTheLoop(Cell<S> cell, DType type) {
    Variable x = Variable.of(input(type, 2, 5));
    S state = start(cell, type, 2);
    Recurrent.Result<S> r = Unroll.of(cell).eager().apply(x, state, MODE);
    Recurrent.Result<S> planned = Unroll.of(cell).apply(x, state, MODE);
    for (int t = 0; t < 5; t++) {
      Step<S> step = cell.step(x.select(1, t), state, MODE);
      assertSame(r.outputs().select(1, t), step.output());
      assertClose(planned.outputs().select(1, t), step.output());
      state = step.state();
    }
    assertSame(r.state(), state);
  }

  private static void assertClose(Variable a, Variable b) {
    Tolerance rounding = Tolerance.of(a.type() == DType.FLOAT64 ? 1e-12 : 1e-5);
    assertThat(rounding.difference(b.value(), a.value())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void plannedEqualsEagerForEveryPatternOfLengths(Subject s) {
    for (int[] lengths : new int[][] {{5, 5, 5}, {0, 3, 5}, {1, 0, 2}, {0, 0, 0}}) {
      for (boolean backward : new boolean[] {false, true}) {
        planned(s.cell(), s.type, lengths, backward);
      }
    }
  }

  private static <S extends State<S>> void planned(
      Cell<S> cell, DType type, int[] lengths, boolean backward) {
    Unroll<S> unroll = backward ? Unroll.backward(cell) : Unroll.of(cell);
    List<Variable> planned = gradients(unroll, cell, type, lengths);
    List<Variable> eager = gradients(unroll.eager(), cell, type, lengths);
    boolean none = Arrays.stream(lengths).allMatch(n -> n == 0); // Then no step is taken.
    assertThat(unroll.explain()).contains(none ? "not run yet" : "loop");
    for (int i = 0; i < eager.size(); i++) {
      assertClose(planned.get(i), eager.get(i));
    }
  }

  /** Returns outputs, state, and the gradients of the sum of their squares. */
  private static <S extends State<S>> List<Variable> gradients(
      Unroll<S> unroll, Cell<S> cell, DType type, int[] lengths) {
    Variable x = Variable.input(input(type, 3, 5));
    S state = start(cell, type, 3);
    Recurrent.Result<S> r = unroll.apply(x, state, lengths, MODE);
    List<Variable> all = new ArrayList<>(List.of(r.outputs()));
    all.addAll(r.state().variables());
    Variable loss = all.stream().map(v -> v.mul(v).sum()).reduce(Variable::add).orElseThrow();
    List<Variable> by = new ArrayList<>(List.of(x));
    by.addAll(state.variables());
    by.addAll(cell.parameters().values());
    all.addAll(Variable.withoutGradient(() -> Gradients.of(loss, Variable.scalar(type, 1), by)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void twoHalvesWithCarriedStateEqualTheWhole(Subject s) {
    halves(s.cell(), s.type);
  }

  private static <S extends State<S>> void halves(Cell<S> cell, DType type) {
    Variable x = Variable.of(input(type, 3, 7));
    Unroll<S> unroll = Unroll.of(cell);
    Recurrent.Result<S> whole = unroll.apply(x, MODE);
    Recurrent.Result<S> first = unroll.apply(x.slice(1, 0, 3), MODE);
    Recurrent.Result<S> second = unroll.apply(x.slice(1, 3, 7), first.state(), MODE);
    assertSame(Variable.concat(1, first.outputs(), second.outputs()), whole.outputs());
    assertSame(second.state(), whole.state());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aPaddedSequenceEqualsTheSequenceAlone(Subject s) {
    padded(s.cell(), s.type);
  }

  private static <S extends State<S>> void padded(Cell<S> cell, DType type) {
    int[] lengths = {4, 0, 6, 1, 3};
    double[] values = input(DType.FLOAT64, 5, 6).toDoubles();
    for (int b = 0; b < 5; b++) {
      // Padding may have any value.
      Arrays.fill(values, (b * 6 + lengths[b]) * I, (b + 1) * 6 * I, Double.NaN);
    }
    Variable x = Variable.input(Tensor.of(Shape.of(5, 6, I), values).to(type));
    S state = start(cell, type, 5);
    for (Unroll<S> unroll : List.of(Unroll.of(cell), Unroll.backward(cell))) {
      Recurrent.Result<S> all = unroll.apply(x, state, lengths, MODE);
      Variable weight = Variable.of(KEY.normal(type, Shape.of(5, 6, H), 0, 1));
      Variable dx = gradient(all.outputs().mul(weight).sum(), x);
      assertThat(dx.value().toDoubles()).doesNotContain(Double.NaN);
      for (int b = 0; b < 5; b++) {
        S alone = rows(state, b, b + 1);
        int n = lengths[b];
        if (n == 0) {
          assertSame(rows(all.state(), b, b + 1), alone);
          assertThat(all.outputs().value().select(0, b).toDoubles()).containsOnly(0);
          continue;
        }
        Variable row = Variable.input(x.value().slice(0, b, b + 1).slice(1, 0, n));
        Recurrent.Result<S> one = unroll.apply(row, alone, MODE);
        assertSame(all.outputs().slice(0, b, b + 1).slice(1, 0, n), one.outputs());
        assertThat(all.outputs().value().select(0, b).slice(0, n, 6).toDoubles())
            .doesNotContain(Double.NaN);
        assertSame(rows(all.state(), b, b + 1), one.state());
        Variable part = weight.slice(0, b, b + 1).slice(1, 0, n);
        assertSame(
            dx.slice(0, b, b + 1).slice(1, 0, n), gradient(one.outputs().mul(part).sum(), row));
      }
    }
  }

  private static Variable gradient(Variable loss, Variable by) {
    return Gradients.of(loss, Variable.scalar(loss.type(), 1), List.of(by)).getFirst();
  }

  @ParameterizedTest
  @MethodSource("exactSubjects")
  void gradientMatchesFiniteDifferences(Subject s) {
    check(s.cell());
  }

  private static <S extends State<S>> void check(Cell<S> cell) {
    S zero = cell.initialState(3, DType.FLOAT64);
    List<Tensor> at = new ArrayList<>();
    at.add(input(DType.FLOAT64, 3, 3));
    start(cell, DType.FLOAT64, 3).variables().forEach(v -> at.add(v.value()));
    for (Unroll<S> unroll : List.of(Unroll.of(cell), Unroll.backward(cell))) {
      assertThat(
              GradCheck.check(
                  "inputs and state",
                  in -> {
                    S state = zero.with(in.subList(1, in.size()));
                    Recurrent.Result<S> r =
                        unroll.apply(in.getFirst(), state, new int[] {3, 1, 2}, MODE);
                    return r.outputs().sum().add(r.state().variables().getLast().sum());
                  },
                  at.toArray(Tensor[]::new)))
          .isEmpty();
      Map<String, Parameter> parameters = cell.parameters();
      Variable x = Variable.of(at.getFirst());
      Supplier<Variable> loss = () -> unroll.apply(x, MODE).outputs().tanh().sum();
      assertThat(Gradients.of(loss.get(), parameters.values()))
          .containsOnlyKeys(Set.copyOf(parameters.values()));
      assertThat(GradCheck.check("parameters", loss, parameters)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void checkpointedGradientsAreBitIdentical(Subject s) {
    checkpointed(s.cell(), s.type, 30);
  }

  @Test
  void checkpointedGradientsOfAThousandStepsAreBitIdentical() {
    checkpointed(new Subject("lstm", DType.FLOAT32).cell(), DType.FLOAT32, 1000);
  }

  private static <S extends State<S>> void checkpointed(Cell<S> cell, DType type, int steps) {
    Variable x = Variable.input(input(type, 2, steps));
    S state = start(cell, type, 2);
    List<Variable> by = new ArrayList<>(cell.parameters().values());
    by.add(x);
    by.addAll(state.variables());
    for (Unroll<S> kept : List.of(Unroll.of(cell), Unroll.backward(cell))) {
      List<List<Variable>> found = new ArrayList<>();
      for (Unroll<S> unroll : List.of(kept, kept.checkpointed())) {
        Recurrent.Result<S> r = unroll.apply(x, state, new int[] {steps, steps - 4}, MODE);
        Variable loss = r.outputs().tanh().sum().add(r.state().variables().getLast().sum());
        found.add(Gradients.of(loss, Variable.scalar(type, 1), by));
      }
      for (int i = 0; i < by.size(); i++) {
        assertSame(found.get(1).get(i), found.get(0).get(i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void oneWindowOverAllStepsEqualsTheWhole(Subject s) {
    truncated(s.cell(), s.type);
  }

  private static <S extends State<S>> void truncated(Cell<S> cell, DType type) {
    Variable x = Variable.of(input(type, 2, 6));
    Unroll<S> unroll = Unroll.of(cell);
    List<Variable> by = List.copyOf(cell.parameters().values());
    Variable one = Variable.scalar(type, 1);
    List<Variable> whole = Gradients.of(unroll.apply(x, MODE).outputs().tanh().sum(), one, by);
    List<Variable> found = new ArrayList<>();
    S last =
        new Truncation(6, 9)
            .run(
                6,
                () -> cell.initialState(2, type),
                (state, from, to) -> unroll.from(from).apply(x.slice(1, from, to), state, MODE),
                (window, out) -> found.addAll(Gradients.of(out.tanh().sum(), one, by)));
    assertThat(found).hasSameSizeAs(by);
    for (int i = 0; i < by.size(); i++) {
      assertSame(found.get(i), whole.get(i));
    }
    assertSame(last, unroll.apply(x, MODE).state());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void loadedParametersRestoreTheCell(Subject s) {
    Cell<?> cell = s.cell();
    Cell<?> other = Subjects.cell(s.name, I, H, new Init(s.type, KEY.fold(77)));
    other.load(cell.save()).orThrow();
    cell.save().forEach((path, t) -> assertThat(other.save().get(path).sameBits(t)).isTrue());
    Map<String, Tensor> wrong = new java.util.LinkedHashMap<>(cell.save());
    String first = wrong.keySet().iterator().next();
    wrong.put(first, Tensor.zeros(s.type, Shape.of(1)));
    wrong.put("else", Tensor.zeros(s.type, Shape.of(1)));
    assertThatThrownBy(() -> other.load(wrong).orThrow())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unexpected [else]")
        .hasMessageContaining("misshapen [" + first + ": expected ");
  }

  @Test
  void invalidInputIsRefused() {
    Unroll<LstmState> lstm = Unroll.of(LstmCell.of(I, H, Init.seed(1)));
    Variable x = Variable.of(input(DType.FLOAT32, 2, 3));
    LstmState s = lstm.cell().initialState(2, DType.FLOAT32);
    assertThatThrownBy(() -> lstm.apply(x.slice(2, 0, 2), MODE))
        .hasMessage("[unroll] expected inputs [B, T, 3], got [2, 3, 2]");
    assertThatThrownBy(() -> lstm.apply(x, s, new int[] {4, 1}, MODE))
        .hasMessage("[unroll] expected 2 lengths from 0 to 3, got [4, 1]");
    assertThatThrownBy(() -> Cells.named("gur", 2, 3, Init.seed(1)))
        .hasMessageStartingWith("no cell named \"gur\"; found: gru, gru-original, irnn, lstm, ");
    assertThatThrownBy(() ->
            new Stacked(List.of(RnnCell.of(2, 3, Init.seed(1)), RnnCell.of(2, 3, Init.seed(1)))))
        .hasMessage("[stacked] cell 1 takes inputs of size 2, the one below outputs 3");
    Stacked one = new Stacked(List.of(RnnCell.of(3, 4, Init.seed(1))));
    assertThatThrownBy(() -> one.step(x.select(1, 0), new Stacked.Levels(List.of(s)), MODE))
        .hasMessageStartingWith("[stacked] LstmState is not a state of RnnCell");
  }
}
