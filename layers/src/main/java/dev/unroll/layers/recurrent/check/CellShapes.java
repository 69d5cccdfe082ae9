package dev.unroll.layers.recurrent.check;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Checks that the shapes and types of a cell are those that it declares. */
final class CellShapes {
  private CellShapes() {}

  static List<String> of(Cell<?> cell, DType type) {
    return check(cell, type);
  }

  private static <S extends State<S>> List<String> check(Cell<S> cell, DType type) {
    List<String> found = new ArrayList<>();
    cell.parameters()
        .forEach((path, p) -> {
          if (p.type() != type) {
            found.add(
                "Parameter "
                    + path
                    + " is "
                    + p.type()
                    + ", expected the type of Init, "
                    + type
                    + ".");
          }
        });
    for (int batch : new int[] {3, 1}) { // With one sequence, a cell may broadcast by accident.
      if (found.isEmpty()) {
        found.addAll(check(cell, type, batch));
      }
    }
    return found;
  }

  private static <S extends State<S>> List<String> check(Cell<S> cell, DType type, int batch) {
    List<String> found = new ArrayList<>();
    S before = InnerCell.initialState(cell, batch, type);
    for (Variable v : before.variables()) {
      if (v.type() != type || v.shape().rank() == 0 || v.shape().dim(0) != batch) {
        found.add(
            "A variable of the initial state of "
                + batch
                + " sequences is "
                + v.type()
                + " "
                + v.shape()
                + ", expected "
                + type
                + " ["
                + batch
                + ", ...].");
      }
    }
    if (!found.isEmpty()) {
      return found;
    }
    Shape in = Shape.of(batch, cell.inputSize());
    Variable x = Variable.of(RandomKey.of(1).normal(type, in, 0, 1));
    Step<S> step = InnerCell.step(cell, x, before, Mode.evaluation());
    Shape out = Shape.of(batch, cell.outputSize());
    if (!step.output().shape().equals(out)) {
      found.add("It outputs " + step.output().shape() + ", expected " + out + ": outputSize().");
    }
    List<Variable> after = step.state().variables();
    List<Variable> then = before.variables();
    if (after.size() != then.size()) {
      found.add(
          "Its state has " + then.size() + " variables at first and " + after.size() + " later.");
      return found;
    }
    for (int i = 0; i < after.size(); i++) {
      if (after.get(i).type() != type) {
        found.add(
            "Variable "
                + i
                + " of its state is "
                + type
                + " at first and "
                + after.get(i).type()
                + " after a step.");
      }
      if (!after.get(i).shape().equals(then.get(i).shape())) {
        found.add(
            "Variable "
                + i
                + " of its state is "
                + then.get(i).shape()
                + " at first and "
                + after.get(i).shape()
                + " after a step.");
      }
    }
    return found;
  }
}
