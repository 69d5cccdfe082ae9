package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A random cell that runs. */
final class CellBody implements Scan.Body {
  private final RandomCell cell;
  private final List<@Nullable Variable> fixed;
  private final List<Kind.Call> calls;
  private final UnaryOperator<Variable> operand;

  private CellBody(
      RandomCell cell,
      List<@Nullable Variable> fixed,
      List<Kind.Call> calls,
      UnaryOperator<Variable> operand) {
    this.cell = cell;
    this.fixed = fixed;
    this.calls = calls;
    this.operand = operand;
  }

  /** Returns the cell as something to run in several ways. */
  static Subject subject(RandomCell cell) {
    List<Operand> operands = cell.operands();
    return new Subject() {
      @Override
      public Setup setup(DType type, int version) {
        return CellBody.setup(cell, operands, type, version, v -> v);
      }

      @Override
      public boolean readsAllItComputes() {
        return cell.readsAllItComputes();
      }

      @Override
      public Setup perturbed(int version, double size, Random random) {
        return CellBody.setup(
            cell,
            operands,
            DType.FLOAT64,
            version,
            v -> v.type().isFloating() ? v.mul(around1(v.shape(), size, random)) : v);
      }
    };
  }

  private static Variable around1(Shape shape, double size, Random random) {
    double[] x = random.doubles(shape.size(), 1 - size, 1 + size).toArray();
    return Variable.of(Tensor.of(shape, x));
  }

  private static Setup setup(
      RandomCell cell,
      List<Operand> operands,
      DType type,
      int version,
      UnaryOperator<Variable> operand) {
    List<@Nullable Variable> fixed = new ArrayList<>();
    List<Variable> inputs = new ArrayList<>();
    List<Variable> initial = new ArrayList<>();
    List<Variable> by = new ArrayList<>();
    int steps = cell.steps();
    Variable mask = cell.masked() ? Variable.of(Data.mask(type, 7, steps, cell.batch())) : null;
    for (Leaf leaf : cell.leaves()) {
      Shape all = leaf.role().isSequence() ? leaf.shape().insert(0, steps) : leaf.shape();
      long seed = leaf.seed();
      Variable v =
          switch (leaf.role()) {
            case SEQUENCE, STATE, CAPTURED ->
                leaf.gradient()
                    ? Data.input(type, seed, all.dims())
                    : Data.constant(type, seed, all.dims());
            case PARAMETER -> Data.parameter(type, seed, all.dims());
            case EMBEDDED -> Data.parameter(type, seed, leaf.rows(), leaf.shape().dim(1));
            case CONSTANT -> Data.constant(type, seed + version, all.dims());
            case IDS, FIXED_IDS -> Variable.of(Data.ids(seed, 0, leaf.high(), all.dims()));
            case CLASSES -> Variable.of(Data.ids(seed, -1, leaf.high(), all.dims()));
            case TIME -> Variable.scalar(DType.INT32, 0); // Each step has its own.
          };
      if (leaf.gradient()) {
        by.add(v);
      }
      switch (leaf.role()) {
        case SEQUENCE -> inputs.add(mask == null ? v : clean(v, mask));
        case EMBEDDED -> inputs.add(embedded((Parameter) v, leaf, steps));
        case IDS, CLASSES -> inputs.add(v);
        case STATE -> initial.add(v);
        default -> {}
      }
      boolean given = leaf.role().isSequence() || leaf.role() == Leaf.Role.STATE;
      fixed.add(given || leaf.role() == Leaf.Role.TIME ? null : v);
    }
    if (mask != null) {
      inputs.add(mask);
    }
    List<Kind.Call> calls =
        cell.expressions().stream().map(e -> e.call(operands, version)).toList();
    return new Setup(
        new CellBody(cell, fixed, calls, operand),
        inputs,
        initial,
        by,
        cell.backward(),
        cell.loss());
  }

  private static Variable embedded(Parameter table, Leaf leaf, int steps) {
    Tensor ids = Data.ids(leaf.seed() + 1, 0, leaf.rows(), leaf.shape().dim(0), steps);
    return table.gather(Variable.of(ids)).permute(1, 0, 2);
  }

  /** What is masked is 0, as in layers. */
  private static Variable clean(Variable x, Variable mask) {
    boolean rows = x.shape().rank() >= 2 && x.shape().dim(1) == mask.shape().dim(1);
    return rows ? x.where(column(mask, 2, x.shape().rank()), Variable.scalar(x.type(), 0)) : x;
  }

  private static Variable column(Variable mask, int from, int rank) {
    Shape shape = mask.shape();
    for (int i = from; i < rank; i++) {
      shape = shape.insert(i, 1);
    }
    return mask.reshape(shape);
  }

  @Override
  public Scan.Result step(List<Variable> inputs, List<Variable> carried, Variable time) {
    List<Variable> values = new ArrayList<>();
    int input = 0;
    int state = 0;
    for (int i = 0; i < fixed.size(); i++) {
      Leaf.Role role = cell.leaves().get(i).role();
      Variable v = fixed.get(i);
      if (role.isSequence()) {
        v = inputs.get(input++);
      } else if (role == Leaf.Role.STATE) {
        v = carried.get(state++);
      }
      values.add(v == null ? time : v);
    }
    for (int i = 0; i < calls.size(); i++) {
      Variable[] in =
          cell.expressions().get(i).in().stream()
              .map(k -> operand.apply(values.get(k)))
              .toArray(Variable[]::new);
      values.add(calls.get(i).apply().apply(in));
    }
    List<Variable> outputs = cell.outputs().stream().map(values::get).toList();
    List<Variable> next = cell.next().stream().map(values::get).toList();
    if (!cell.masked()) {
      return new Scan.Result(outputs, next);
    }
    // By position: a trace has one variable for equal expressions, where eager execution has two.
    List<Integer> same = cell.outputs().stream().map(cell.next()::indexOf).toList();
    return blend(inputs.getLast(), outputs, same, next, carried);
  }

  /** Where the mask is 0, the state stays and the output is 0, as in layers. */
  private static Scan.Result blend(
      Variable mask,
      List<Variable> outputs,
      List<Integer> nextOfOutput,
      List<Variable> next,
      List<Variable> before) {
    List<Variable> after = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      Variable v = next.get(i);
      Variable stays = before.get(i);
      after.add(v == stays ? v : v.where(column(mask, 1, v.shape().rank()), stays));
    }
    List<Variable> shown = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      int same = nextOfOutput.get(i);
      Variable o = same >= 0 ? after.get(same) : outputs.get(i);
      boolean rows = o.shape().rank() >= 1 && o.shape().dim(0) == mask.shape().dim(0);
      shown.add(
          rows ? o.where(column(mask, 1, o.shape().rank()), Variable.scalar(o.type(), 0)) : o);
    }
    return new Scan.Result(shown, after);
  }
}
