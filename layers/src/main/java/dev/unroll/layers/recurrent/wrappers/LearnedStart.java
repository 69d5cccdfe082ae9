package dev.unroll.layers.recurrent.wrappers;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Wrapper;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A cell with a learned initial state, shared by all sequences.
 *
 * {@snippet class="snippets.WrappersTest" region="LearnedStart"}
 *
 * @param cell the inner cell
 * @param start a row {@code [1, ...]} per variable of the state
 */
public record LearnedStart<S extends State<S>>(Cell<S> cell, List<Parameter> start)
    implements Wrapper<S> {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the rows do not match the variables of the cell's state
   */
  public LearnedStart {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(start, "start").forEach(each -> Objects.requireNonNull(each, "start"));
    start = List.copyOf(start);
    DType type = start.isEmpty() ? DType.FLOAT32 : start.getFirst().type();
    List<Shape> rows = shapes(InnerCell.initialState(cell, 1, type).variables());
    if (!rows.equals(shapes(start))) {
      throw new IllegalArgumentException(
          "[learnedStart] expected rows of shapes " + rows + ", got " + shapes(start));
    }
  }

  private static List<Shape> shapes(List<? extends Variable> variables) {
    return variables.stream().map(Variable::shape).toList();
  }

  /** Returns a cell that starts from the given cell's initial state. */
  public static <S extends State<S>> LearnedStart<S> of(Cell<S> cell, Init init) {
    List<Parameter> start = new ArrayList<>();
    for (Variable v : InnerCell.initialState(cell, 1, init.type()).variables()) {
      start.add(new Parameter(v.value()));
    }
    return new LearnedStart<>(cell, start);
  }

  @Override
  public S initialState(int batch, DType type) {
    S zero = InnerCell.initialState(cell, batch, type);
    List<Variable> rows = new ArrayList<>();
    List<Variable> like = zero.variables();
    for (int i = 0; i < start.size(); i++) {
      rows.add(start.get(i).expand(like.get(i).shape()));
    }
    return zero.with(rows);
  }

  @Override
  public Step<S> step(Variable x, S state, Mode mode) {
    return stepInside(x, state, mode);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("cell", cell);
    for (int i = 0; i < start.size(); i++) {
      parts.parameter("start" + i, start.get(i));
    }
  }
}
