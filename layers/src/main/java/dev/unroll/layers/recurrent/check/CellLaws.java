package dev.unroll.layers.recurrent.check;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks that a cell unrolls like any other. */
final class CellLaws {
  private static final RandomKey KEY = RandomKey.of(0x6c61);
  private static final int BATCH = 4;
  private static final int STEPS = 5;

  private CellLaws() {}

  static List<String> of(Cell<?> cell, DType type) {
    return check(cell, type);
  }

  private static <S extends State<S>> List<String> check(Cell<S> cell, DType type) {
    List<String> found = new ArrayList<>();
    Mode mode = Mode.evaluation();
    Tensor x = KEY.normal(type, Shape.of(BATCH, STEPS, cell.inputSize()), 0, 1);
    S start = cell.initialState(BATCH, type);
    Unroll<S> unroll = Unroll.of(cell);
    Recurrent.Result<S> whole = unroll.apply(Variable.of(x), start, mode);
    say(
        found,
        same(loop(cell, x, start, mode), unroll.eager().apply(Variable.of(x), start, mode)),
        "Unrolling differs from a loop over its steps.");
    say(
        found,
        close(whole, unroll.eager().apply(Variable.of(x), start, mode)),
        "Planned and eager execution differ.");
    Recurrent.Result<S> first = unroll.apply(Variable.of(x.slice(1, 0, 2)), start, mode);
    Recurrent.Result<S> second =
        unroll.apply(Variable.of(x.slice(1, 2, STEPS)), first.state(), mode);
    Variable halves = Variable.concat(1, first.outputs(), second.outputs());
    say(
        found,
        same(whole, new Recurrent.Result<>(halves, second.state())),
        "Two halves with the state carried over differ from the whole.");
    int[] lengths = {STEPS, 0, 2, STEPS - 1};
    Recurrent.Result<S> padded =
        unroll.apply(Variable.of(damaged(x, lengths)), start, lengths, mode);
    for (int b = 0; b < BATCH; b++) {
      say(
          found,
          same(row(padded, b, lengths[b]), alone(unroll, x, start, b, lengths[b], mode)),
          "A sequence in a batch differs from the same sequence alone.");
    }
    return found;
  }

  private static void say(List<String> found, boolean holds, String sentence) {
    if (!holds && !found.contains(sentence)) {
      found.add(sentence);
    }
  }

  /** Replaces the padding of each sequence, which must have no effect. */
  private static Tensor damaged(Tensor x, int[] lengths) {
    double[] values = x.toDoubles();
    int size = x.shape().dim(2);
    for (int b = 0; b < lengths.length; b++) {
      Arrays.fill(values, (b * STEPS + lengths[b]) * size, (b + 1) * STEPS * size, Double.NaN);
    }
    return Tensor.of(x.shape(), values).to(x.type());
  }

  private static <S extends State<S>> Recurrent.Result<S> row(
      Recurrent.Result<S> all, int b, int length) {
    return new Recurrent.Result<>(
        all.outputs().slice(0, b, b + 1).slice(1, 0, length),
        all.state().map(v -> v.slice(0, b, b + 1)));
  }

  private static <S extends State<S>> Recurrent.Result<S> alone(
      Unroll<S> unroll, Tensor x, S start, int b, int length, Mode mode) {
    S own = start.map(v -> v.slice(0, b, b + 1));
    Variable steps = Variable.of(x.slice(0, b, b + 1).slice(1, 0, length));
    if (length == 0) {
      Shape none = Shape.of(1, 0, unroll.cell().outputSize());
      return new Recurrent.Result<>(Variable.of(Tensor.zeros(x.type(), none)), own);
    }
    return unroll.apply(steps, own, mode);
  }

  private static <S extends State<S>> Recurrent.Result<S> loop(
      Cell<S> cell, Tensor x, S start, Mode mode) {
    S state = start;
    List<Variable> outputs = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      Step<S> step = cell.step(Variable.of(x.select(1, t)), state, mode);
      Shape one = Shape.of(BATCH, 1, cell.outputSize());
      outputs.add(step.output().reshape(one));
      state = step.state();
    }
    return new Recurrent.Result<>(Variable.concat(1, outputs.toArray(Variable[]::new)), state);
  }

  /** Returns whether two cells of one shape compute the same outputs, bit for bit. */
  static boolean sameOutputs(Cell<?> a, Cell<?> b, DType type) {
    Tensor x = KEY.normal(type, Shape.of(BATCH, STEPS, a.inputSize()), 0, 1);
    Mode mode = Mode.evaluation();
    return same(Unroll.of(a).apply(Variable.of(x), mode), Unroll.of(b).apply(Variable.of(x), mode));
  }

  private static List<Tensor> values(Recurrent.Result<?> r) {
    List<Tensor> all = new ArrayList<>(List.of(r.outputs().value()));
    r.state().variables().forEach(v -> all.add(v.value()));
    return all;
  }

  static boolean same(Recurrent.Result<?> a, Recurrent.Result<?> b) {
    List<Tensor> x = values(a);
    List<Tensor> y = values(b);
    for (int i = 0; i < x.size(); i++) {
      if (!x.get(i).sameBits(y.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Within rounding: {@code |a - b| <= e (1 + |b|)}, e 1e-5 in float32 and 1e-12 in float64. */
  static boolean close(Recurrent.Result<?> a, Recurrent.Result<?> b) {
    List<Tensor> x = values(a);
    List<Tensor> y = values(b);
    for (int i = 0; i < x.size(); i++) {
      Tolerance rounding = Tolerance.of(x.get(i).type() == DType.FLOAT64 ? 1e-12 : 1e-5);
      if (rounding.difference(y.get(i), x.get(i)).isPresent()) {
        return false;
      }
    }
    return true;
  }
}
