package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.wrappers.InputDropout;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All recurrent layers have the same abilities: states, lengths, masks, checkpoints, parts. */
class RecurrentTest {
  private static final Init INIT = new Init(DType.FLOAT64, RandomKey.of(3));
  private static final Mode MODE = Mode.evaluation();
  private static final Mode TRAINING = Mode.training(RandomKey.of(4));
  private static final int B = 3;
  private static final int T = 5;
  private static final int I = 2;
  private static final Tensor X = RandomKey.of(1).normal(DType.FLOAT64, Shape.of(B, T, I), 0, 1);

  private static Cell<LstmState> lstm(String name, int in) {
    return new InputDropout<>(LstmCell.of(in, 3, INIT.at(name)), 0.5);
  }

  private static Cell<Hidden> gru(String name, int in) {
    return GruCell.of(in, 2, INIT.at(name));
  }

  /** Layers whose state at the end is that of the whole sequence. */
  private static Map<String, Recurrent<?>> forward() {
    Unroll<LstmState> low = Unroll.of(lstm("low", I));
    return Map.of(
        "forward",
        low,
        "stack",
        new RecurrentStack(List.of(low, Unroll.of(gru("high", 3))), new Dropout(0.5)));
  }

  private static Stream<Recurrent<?>> carrying() {
    return forward().values().stream();
  }

  private static Stream<Recurrent<?>> all() {
    Bidirectional<LstmState> pair = Bidirectional.of(lstm("f", I), lstm("b", I));
    return Stream.concat(
        carrying(),
        Stream.of(
            Unroll.backward(lstm("back", I)),
            pair,
            RecurrentStack.of(pair, Bidirectional.of(gru("f2", 6), gru("b2", 6)))));
  }

  private static Variable x(int from, int to) {
    return Variable.of(X.slice(1, from, to));
  }

  /** Returns a random initial state of parameters. */
  private static <S extends State<S>> S start(Recurrent<S> layer, int batch) {
    return layer
        .initialState(batch, DType.FLOAT64)
        .map(v -> new Parameter(RandomKey.of(9).normal(v.type(), v.shape(), 0, 1)));
  }

  private static List<Variable> parts(Recurrent.Result<?> r) {
    List<Variable> all = new ArrayList<>(List.of(r.outputs()));
    all.addAll(r.state().variables());
    return all;
  }

  private static void same(Variable a, Variable b) {
    assertThat(a.shape()).isEqualTo(b.shape());
    double[] x = a.value().toDoubles();
    double[] y = b.value().toDoubles();
    for (int i = 0; i < x.length; i++) {
      assertThat(Math.abs(x[i] - y[i])).isLessThan(1e-12);
    }
  }

  private static void same(Recurrent.Result<?> a, Recurrent.Result<?> b) {
    List<Variable> x = parts(a);
    List<Variable> y = parts(b);
    assertThat(x).hasSameSizeAs(y);
    for (int i = 0; i < x.size(); i++) {
      same(x.get(i), y.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("carrying")
  void consecutivePartsEqualTheWholeSequence(Recurrent<?> layer) {
    checkParts(layer, MODE);
  }

  private static <S extends State<S>> void checkParts(Recurrent<S> layer, Mode mode) {
    S start = start(layer, B);
    Recurrent.Result<S> whole = layer.apply(x(0, T), start, mode);
    Recurrent.Result<S> first = layer.apply(x(0, 2), start, mode);
    Recurrent.Result<S> second = layer.from(2).apply(x(2, T), first.state(), mode);
    Variable outputs = Variable.concat(1, first.outputs(), second.outputs());
    same(whole, new Recurrent.Result<>(outputs, second.state()));
  }

  @Test
  void aPartDrawsTheRandomNumbersOfTheWhole() {
    checkParts(Unroll.of(lstm("low", I)), TRAINING);
    checkParts(RecurrentStack.of(Unroll.of(lstm("low", I)), Unroll.of(lstm("high", 3))), TRAINING);
  }

  @ParameterizedTest
  @MethodSource("all")
  void sequencesOfABatchAreIndependent(Recurrent<?> layer) {
    checkLengths(layer);
  }

  private static <S extends State<S>> void checkLengths(Recurrent<S> layer) {
    int[] lengths = {2, T, 4};
    S start = start(layer, B);
    Recurrent.Result<S> all = layer.apply(x(0, T), start, lengths, MODE);
    for (int b = 0; b < B; b++) {
      int row = b;
      Variable alone = Variable.of(X.slice(0, b, b + 1).slice(1, 0, lengths[b]));
      Recurrent.Result<S> r = layer.apply(alone, start.map(v -> v.slice(0, row, row + 1)), MODE);
      same(all.outputs().slice(0, b, b + 1).slice(1, 0, lengths[b]), r.outputs());
      List<Variable> state = all.state().variables();
      for (int i = 0; i < state.size(); i++) {
        same(state.get(i).slice(0, b, b + 1), r.state().variables().get(i));
      }
      double[] after = all.outputs().slice(0, b, b + 1).slice(1, lengths[b], T).value().toDoubles();
      assertThat(Arrays.stream(after).allMatch(v -> v == 0)).isTrue();
    }
    same(layer.apply(x(0, T), new int[] {T, T, T}, MODE), layer.apply(x(0, T), MODE));
  }

  @ParameterizedTest
  @MethodSource("all")
  void maskedStepsAreSkipped(Recurrent<?> layer) {
    checkHoles(layer);
  }

  private static <S extends State<S>> void checkHoles(Recurrent<S> layer) {
    S start = start(layer, B);
    Tensor mask = Tensor.of(Shape.of(1, T), 1.0, 0, 1, 1, 0).expand(Shape.of(B, T));
    Recurrent.Result<S> holes = layer.apply(x(0, T), start, mask, MODE);
    Recurrent.Result<S> without = layer.apply(Variable.concat(1, x(0, 1), x(2, 4)), start, MODE);
    Variable taken =
        Variable.concat(1, holes.outputs().slice(1, 0, 1), holes.outputs().slice(1, 2, 4));
    same(new Recurrent.Result<>(taken, holes.state()), without);
  }

  @ParameterizedTest
  @MethodSource("all")
  void checkpointsAndPlansChangeNoGradient(Recurrent<?> layer) {
    checkGradients(layer);
  }

  private static <S extends State<S>> void checkGradients(Recurrent<S> layer) {
    S start = start(layer, B);
    List<Tensor> planned = gradients(layer, start);
    List<Tensor> eager = gradients(layer.eager(), start);
    List<Tensor> checkpointed = gradients(layer.checkpointed(), start);
    for (int i = 0; i < planned.size(); i++) {
      same(Variable.of(planned.get(i)), Variable.of(eager.get(i)));
      same(Variable.of(checkpointed.get(i)), Variable.of(eager.get(i)));
      assertThat(Arrays.stream(planned.get(i).toDoubles()).anyMatch(g -> g != 0)).isTrue();
    }
    assertThat(layer.explain()).isNotEmpty();
    assertThat(layer.explain("fuse")).contains("fuse").isNotEqualTo(layer.explain("trace"));
    assertThatThrownBy(() -> layer.explain("fry")).isInstanceOf(IllegalArgumentException.class);
  }

  /** Returns the gradients of outputs and final state by the initial state and all parameters. */
  private static <S extends State<S>> List<Tensor> gradients(Recurrent<S> layer, S start) {
    Recurrent.Result<S> r = layer.apply(x(0, T), start, new int[] {T, 3, 4}, TRAINING);
    Variable loss = parts(r).stream().map(v -> v.tanh().sum()).reduce(Variable::add).orElseThrow();
    List<Parameter> by = new ArrayList<>(layer.parameters().values());
    start.variables().forEach(v -> by.add((Parameter) v));
    Map<Parameter, Gradient> all = Gradients.of(loss, by);
    return by.stream().map(p -> all.get(p).dense()).toList();
  }

  @Test
  void aStackIsTrainedByTruncation() {
    RecurrentStack stack = (RecurrentStack) forward().get("stack");
    List<Variable> outputs = new ArrayList<>();
    Stacked.Levels last =
        new Truncation(2, 3)
            .run(
                T,
                () -> stack.initialState(B, DType.FLOAT64),
                (state, from, to) -> stack.from(from).apply(x(from, to), state, MODE),
                (window, y) -> outputs.add(y));
    Variable all = Variable.concat(1, outputs.toArray(Variable[]::new));
    same(new Recurrent.Result<>(all, last), stack.apply(x(0, T), MODE));
  }

  @Test
  void mismatchedLayersAndStatesAreRefused() {
    Unroll<Hidden> low = Unroll.of(gru("low", I));
    assertThatThrownBy(() -> RecurrentStack.of(low, Unroll.of(gru("high", 5))))
        .hasMessage("[recurrentStack] expected layer 1 to read inputs of size 2, got 5");
    RecurrentStack stack = RecurrentStack.of(low);
    Stacked.Levels none = new Stacked.Levels(List.of());
    assertThatThrownBy(() -> stack.apply(x(0, T), none, MODE))
        .hasMessage("[recurrentStack] expected 1 states, got 0");
    LstmState other = lstm("f", I).initialState(B, DType.FLOAT64);
    Stacked.Levels wrong = new Stacked.Levels(List.of(other));
    assertThatThrownBy(() -> stack.apply(x(0, T), wrong, MODE))
        .hasMessage("[recurrentStack] LstmState is not the state of Unroll");
  }
}
