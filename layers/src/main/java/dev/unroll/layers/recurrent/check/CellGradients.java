package dev.unroll.layers.recurrent.check;

import dev.unroll.autograd.GradCheck;
import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether the gradients of a cell over three steps are what differences say, in float64. */
final class CellGradients {
  private static final RandomKey KEY = RandomKey.of(0x6772);
  private static final int BATCH = 2;
  private static final int STEPS = 3;
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;

  private CellGradients() {}

  static List<String> of(Cell<?> cell) {
    return check(cell);
  }

  private static <S extends State<S>> List<String> check(Cell<S> cell) {
    List<String> found = new ArrayList<>();
    Unroll<S> unroll = Unroll.of(cell);
    S zero = cell.initialState(BATCH, DType.FLOAT64);
    List<Tensor> at = new ArrayList<>();
    at.add(KEY.normal(DType.FLOAT64, Shape.of(BATCH, STEPS, cell.inputSize()), 0, 1));
    for (Variable v : zero.variables()) {
      at.add(KEY.fold(at.size()).normal(DType.FLOAT64, v.shape(), 0, 0.5));
    }
    Set<Integer> wrong = new HashSet<>();
    for (GradCheck.Mismatch m :
        GradCheck.check(
            "cell",
            in -> loss(unroll.apply(in.getFirst(), zero.with(in.subList(1, in.size())), mode())),
            at.toArray(Tensor[]::new))) {
      if (wrong.add(m.input())) {
        String by = m.input() == 0 ? "its inputs" : "variable " + (m.input() - 1) + " of its state";
        found.add(sentence(by, m.index(), m.expected(), m.actual()));
      }
    }
    Variable x = Variable.of(at.getFirst());
    cell.parameters().forEach((path, p) -> parameter(found, path, p, unroll, x));
    return found;
  }

  private static Mode mode() {
    return Mode.evaluation();
  }

  private static Variable loss(Recurrent.Result<?> r) {
    return r.state().variables().stream()
        .map(v -> v.tanh().sum())
        .reduce(r.outputs().tanh().sum(), Variable::add);
  }

  private static void parameter(
      List<String> found, String path, Parameter p, Unroll<?> unroll, Variable x) {
    Gradient g = Gradients.of(loss(unroll.apply(x, mode())), List.of(p)).get(p);
    if (g == null) {
      found.add("Parameter " + path + " receives no gradient.");
      return;
    }
    double[] actual = g.dense().toDoubles();
    double[] value = p.value().toDoubles();
    for (int i = 0; i < actual.length; i++) {
      double plus = at(p, value, i, STEP, unroll, x);
      double expected = (plus - at(p, value, i, -STEP, unroll, x)) / (2 * STEP);
      if (!(Math.abs(actual[i] - expected) <= TOLERANCE * (1 + Math.abs(expected)))) {
        found.add(sentence("parameter " + path, i, expected, actual[i]));
        break;
      }
    }
    p.update(Tensor.of(p.shape(), value));
  }

  private static double at(
      Parameter p, double[] value, int i, double by, Unroll<?> unroll, Variable x) {
    double[] moved = value.clone();
    moved[i] += by;
    p.update(Tensor.of(p.shape(), moved));
    return loss(unroll.apply(x, mode())).value().item();
  }

  private static String sentence(String by, int index, double expected, double actual) {
    return String.format(
        Locale.ROOT,
        "The gradient by %s, element %d, is %.9g where differences say %.9g.",
        by,
        index,
        actual,
        expected);
  }
}
