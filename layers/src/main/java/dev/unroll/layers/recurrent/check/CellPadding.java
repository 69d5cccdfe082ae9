package dev.unroll.layers.recurrent.check;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks, in float64, that masked steps affect neither values nor gradients of a cell: sequences of
 * several lengths, with NaN and infinities in all masked steps, against each sequence alone.
 */
final class CellPadding {
  private static final RandomKey KEY = RandomKey.of(0x7061);
  private static final Tolerance TOLERANCE = Tolerance.of(1e-9);
  private static final int[][] MASKS = {{1, 1, 1, 1}, {1, 1, 0, 0}, {0, 0, 0, 0}, {0, 1, 0, 1}};
  private static final int STEPS = 4;
  private static final double[] POISON = {Double.NaN, Double.POSITIVE_INFINITY, 0, -1e300};

  /** The beginning of the sentence that replaces all others if a step reads values. */
  static final String READS = "Its step reads the value of ";

  private static final String PLAN_READS = "step by step: it reads the value of ";

  private CellPadding() {}

  static List<String> of(Cell<?> cell) {
    return check(cell);
  }

  /**
   * Replaces the sentences by a single one if a step reads values, which is the likely cause.
   *
   * @param plan the explanation of the plan
   */
  private static List<String> withCause(List<String> found, String plan) {
    return found.isEmpty() || !plan.startsWith(PLAN_READS)
        ? found
        : List.of(
            READS
                + plan.substring(PLAN_READS.length())
                + ": by it, a masked step or another sequence of the batch changes the results.");
  }

  /**
   * The results of a run.
   *
   * @param rows outputs and states, and the gradients with respect to inputs and the initial state
   * @param parameters the gradients with respect to parameters
   */
  private record Run(List<Tensor> rows, List<Tensor> parameters) {}

  private static <S extends State<S>> List<String> check(Cell<S> cell) {
    List<String> found = new ArrayList<>();
    int batch = MASKS.length;
    Shape shape = Shape.of(batch, STEPS, cell.inputSize());
    Tensor clean = KEY.normal(DType.FLOAT64, shape, 0, 1);
    List<Tensor> start = new ArrayList<>();
    for (Variable v : cell.initialState(batch, DType.FLOAT64).variables()) {
      start.add(KEY.fold(start.size()).normal(DType.FLOAT64, v.shape(), 0, 0.5));
    }
    Unroll<S> planned = Unroll.of(cell);
    for (Unroll<S> unroll : List.of(planned, Unroll.backward(cell).eager())) {
      Run all = run(unroll, poisoned(clean), mask(), start);
      List<Run> alone = new ArrayList<>();
      for (int b = 0; b < batch; b++) {
        int row = b;
        if (taken(b).isEmpty()) {
          continue;
        }
        List<Tensor> own = start.stream().map(t -> t.slice(0, row, row + 1)).toList();
        Tensor steps = steps(clean, b);
        Tensor ones = Tensor.full(DType.FLOAT64, Shape.of(1, steps.shape().dim(1)), 1);
        Run one = run(unroll, steps, ones, own);
        alone.add(one);
        for (int i = 0; i < one.rows.size(); i++) {
          Tensor here = i % (1 + start.size()) == 0 ? steps(all.rows.get(i), b) : row(all, i, b);
          say(found, here, one.rows.get(i), name(i, start.size()));
        }
      }
      List<String> paths = List.copyOf(cell.parameters().keySet());
      for (int i = 0; i < paths.size(); i++) {
        int p = i;
        Tensor sum = alone.stream().map(r -> r.parameters.get(p)).reduce(Tensor::add).orElseThrow();
        say(
            found,
            all.parameters.get(i),
            sum,
            "the gradient with respect to parameter " + paths.get(i));
      }
    }
    return withCause(found, planned.explain());
  }

  private static String name(int i, int variables) {
    int n = 1 + variables;
    String of = i % n == 0 ? "" : "variable " + (i % n - 1) + " of its state";
    if (i < n) {
      return of.isEmpty() ? "its outputs" : of;
    }
    return "the gradient with respect to " + (of.isEmpty() ? "its inputs" : of);
  }

  private static Tensor row(Run all, int i, int b) {
    return all.rows.get(i).slice(0, b, b + 1);
  }

  private static void say(List<String> found, Tensor actual, Tensor expected, String what) {
    String sentence =
        "The values of a masked step, or another sequence of the batch, change " + what + ".";
    if (TOLERANCE.difference(expected, actual).isPresent() && !found.contains(sentence)) {
      found.add(sentence);
    }
  }

  private static List<Integer> taken(int b) {
    List<Integer> taken = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      if (MASKS[b][t] == 1) {
        taken.add(t);
      }
    }
    return taken;
  }

  /** Returns the valid steps of one sequence, {@code [1, n, ...]}. */
  private static Tensor steps(Tensor all, int b) {
    Tensor row = all.slice(0, b, b + 1);
    return Join.concat(1, taken(b).stream().map(t -> row.slice(1, t, t + 1)).toList());
  }

  private static Tensor mask() {
    float[] mask = new float[MASKS.length * STEPS];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = MASKS[i / STEPS][i % STEPS];
    }
    return Tensor.of(Shape.of(MASKS.length, STEPS), mask);
  }

  private static Tensor poisoned(Tensor x) {
    double[] values = x.toDoubles().clone();
    int size = x.shape().dim(2);
    for (int i = 0; i < values.length; i++) {
      int step = i / size;
      if (MASKS[step / STEPS][step % STEPS] == 0) {
        values[i] = POISON[i % POISON.length];
      }
    }
    return Tensor.of(x.shape(), values);
  }

  private static <S extends State<S>> Run run(
      Unroll<S> unroll, Tensor in, Tensor mask, List<Tensor> start) {
    Variable x = Variable.input(in);
    List<Variable> initial = start.stream().map(Variable::input).toList();
    S zero = unroll.cell().initialState(in.shape().dim(0), in.type());
    Recurrent.Result<S> r = unroll.apply(x, zero.with(initial), mask, Mode.evaluation());
    List<Variable> values = new ArrayList<>(List.of(r.outputs()));
    values.addAll(r.state().variables());
    Variable loss = values.stream().map(v -> v.tanh().sum()).reduce(Variable::add).orElseThrow();
    List<Parameter> parameters = List.copyOf(unroll.cell().parameters().values());
    List<Variable> by = new ArrayList<>(List.of(x));
    by.addAll(initial);
    int rows = by.size();
    by.addAll(parameters);
    List<Variable> gradients = Gradients.of(loss, Variable.scalar(loss.type(), 1), by);
    values.addAll(gradients.subList(0, rows));
    return new Run(
        values.stream().map(Variable::value).toList(),
        gradients.subList(rows, by.size()).stream().map(Variable::value).toList());
  }
}
