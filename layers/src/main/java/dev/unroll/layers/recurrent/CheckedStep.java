package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of a cell, checked against the sizes that the cell declares. */
final class CheckedStep {
  private CheckedStep() {}

  /**
   * Computes one step.
   *
   * @param read the variables of the state
   * @param like a state of the cell
   * @throws IllegalArgumentException if the output or a variable of the next state has another
   *     shape or type than expected
   */
  static <S extends State<S>> Step<S> of(
      Cell<S> cell, Variable x, List<Variable> read, S like, Mode mode) {
    Step<S> step = InnerCell.step(cell, x, like.with(read), mode);
    Shape output = Shape.of(x.shape().dim(0), cell.outputSize());
    expect("the output", x.type(), output, step.output());
    List<Variable> after = step.state().variables();
    if (after.size() != read.size()) {
      throw new IllegalArgumentException(
          "[unroll] expected a step to return a state of "
              + read.size()
              + " variables, got "
              + after.size());
    }
    for (int i = 0; i < after.size(); i++) {
      Variable before = read.get(i);
      expect("variable " + i + " of the state", before.type(), before.shape(), after.get(i));
    }
    return step;
  }

  private static void expect(String what, DType type, Shape shape, @Nullable Variable v) {
    if (v == null || v.type() != type || !v.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "[unroll] expected "
              + what
              + " after a step to be "
              + type
              + " "
              + shape
              + ", got "
              + (v == null ? "null" : v.type() + " " + v.shape()));
    }
  }

  /** Returns a step in the form of a scan. */
  static Scan.Result result(Step<?> step) {
    return new Scan.Result(List.of(step.output()), step.state().variables());
  }
}
