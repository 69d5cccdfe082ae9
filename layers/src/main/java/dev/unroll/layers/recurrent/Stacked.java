package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A stack of cells, each of which reads the output of the one below. A stack is a cell itself.
 *
 * {@snippet class="snippets.RecurrentTest" region="Stacked"}
 *
 * @param cells from the lowest to the highest
 */
public record Stacked(List<Cell<?>> cells) implements Cell<Stacked.Levels> {

  /**
   * The states of all cells.
   *
   * @param states from the lowest cell to the highest
   */
  public record Levels(List<State<?>> states) implements State<Levels> {
    /** Checks for null. */
    public Levels {
      Objects.requireNonNull(states, "states")
          .forEach(each -> Objects.requireNonNull(each, "state"));
    }

    @Override
    public Levels map(UnaryOperator<Variable> f) {
      List<State<?>> mapped = new ArrayList<>();
      for (State<?> s : states) {
        mapped.add(s.map(f));
      }
      return new Levels(mapped);
    }
  }

  /**
   * Checks that each cell matches the one below.
   *
   * @throws IllegalArgumentException if there is no cell, or two do not match
   */
  public Stacked {
    Objects.requireNonNull(cells, "cells").forEach(each -> Objects.requireNonNull(each, "cell"));
    cells = List.copyOf(cells);
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("[stacked] expected at least one cell");
    }
    for (int i = 1; i < cells.size(); i++) {
      if (cells.get(i).inputSize() != cells.get(i - 1).outputSize()) {
        throw new IllegalArgumentException(
            "[stacked] cell "
                + i
                + " takes inputs of size "
                + cells.get(i).inputSize()
                + ", the one below outputs "
                + cells.get(i - 1).outputSize());
      }
    }
  }

  @Override
  public int inputSize() {
    return cells.getFirst().inputSize();
  }

  @Override
  public int outputSize() {
    return cells.getLast().outputSize();
  }

  @Override
  public int noise() {
    return cells.stream().mapToInt(Cell::noise).sum();
  }

  @Override
  public Levels initialState(int batch, DType type) {
    List<State<?>> states = new ArrayList<>();
    for (Cell<?> c : cells) {
      states.add(InnerCell.initialState(c, batch, type));
    }
    return new Levels(states);
  }

  @Override
  public Step<Levels> step(Variable x, Levels levels, Mode mode) {
    if (levels.states().size() != cells.size()) {
      throw new IllegalArgumentException(
          "[stacked] expected " + cells.size() + " states, got " + levels.states().size());
    }
    List<State<?>> states = new ArrayList<>();
    Variable output = x;
    int column = 0;
    for (int i = 0; i < cells.size(); i++) {
      Mode own = own(i, column, mode);
      column += cells.get(i).noise();
      Step<?> step = step(cells.get(i), output, levels.states().get(i), own);
      output = step.output();
      states.add(step.state());
    }
    return new Step<>(output, new Levels(states));
  }

  /** Returns the mode of one cell: a key of its own, and its columns of the noise. */
  private Mode own(int i, int column, Mode mode) {
    if (!(mode instanceof Mode.Training training)) {
      return mode;
    }
    int n = cells.get(i).noise();
    Variable noise = n == 0 ? null : training.noise(column, column + n);
    return new Mode.Training(training.at(String.valueOf(i)).key(), noise);
  }

  /** The only place where the type of a state is not known statically. */
  @SuppressWarnings("unchecked")
  private static <S extends State<S>> Step<S> step(
      Cell<S> cell, Variable x, State<?> state, Mode mode) {
    try {
      return InnerCell.step(cell, x, (S) state, mode);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "[stacked] " + state.getClass().getSimpleName() + " is not a state of " + cell, e);
    }
  }

  @Override
  public void describe(Parts parts) {
    for (int i = 0; i < cells.size(); i++) {
      parts.layer(String.valueOf(i), cells.get(i));
    }
  }
}
