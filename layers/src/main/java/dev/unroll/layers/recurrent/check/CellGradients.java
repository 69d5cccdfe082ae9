package dev.unroll.layers.recurrent.check;

import dev.unroll.autograd.GradCheck;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Checks the gradients of a cell over three steps against finite differences, in float64. */
final class CellGradients {
  private static final RandomKey KEY = RandomKey.of(0x6772);
  private static final int BATCH = 2;
  private static final int STEPS = 3;

  private CellGradients() {}

  static List<String> of(Cell<?> cell) {
    return check(cell);
  }

  private static <S extends State<S>> List<String> check(Cell<S> cell) {
    List<String> found = new ArrayList<>();
    Unroll<S> unroll = Unroll.of(cell);
    Shape shape = Shape.of(BATCH, STEPS, cell.inputSize());
    Parameter x = new Parameter(KEY.normal(DType.FLOAT64, shape, 0, 1));
    S zero = cell.initialState(BATCH, DType.FLOAT64);
    Map<String, Parameter> inputs = new LinkedHashMap<>(Map.of("its inputs", x));
    List<Variable> start = new ArrayList<>();
    for (Variable v : zero.variables()) {
      Parameter p =
          new Parameter(KEY.fold(1 + start.size()).normal(DType.FLOAT64, v.shape(), 0, 0.5));
      inputs.put("variable " + start.size() + " of its state", p);
      start.add(p);
    }
    compare(found, () -> loss(unroll.apply(x, zero.with(start), mode())), inputs);
    // From the cell's own initial state, which may contain parameters.
    Supplier<Variable> loss = () -> loss(unroll.apply(Variable.of(x.keep()), mode()));
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    Set<Parameter> reached = Gradients.of(loss.get(), cell.parameters().values()).keySet();
    cell.parameters()
        .forEach((path, p) -> {
          if (reached.contains(p)) {
            parameters.put("parameter " + path, p);
          } else {
            found.add("Parameter " + path + " receives no gradient.");
          }
        });
    compare(found, loss, parameters);
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

  /** Adds a sentence for each parameter whose gradient is wrong. */
  private static void compare(
      List<String> found, Supplier<Variable> loss, Map<String, Parameter> parameters) {
    Map<String, GradCheck.Mismatch> first = new LinkedHashMap<>();
    GradCheck.check("cell", loss, parameters).forEach(m -> first.putIfAbsent(m.by(), m));
    first.forEach((by, m) ->
        found.add(
            String.format(
                Locale.ROOT,
                "The gradient with respect to %s, element %d, is %.9g, expected %.9g from finite differences.",
                by,
                m.index(),
                m.actual(),
                m.expected())));
  }
}
