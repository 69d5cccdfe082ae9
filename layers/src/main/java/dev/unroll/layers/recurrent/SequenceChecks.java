package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.List;
import java.util.Objects;

/** Checks of sequences and states that all recurrent layers share. */
final class SequenceChecks {
  private SequenceChecks() {}

  /** Returns the shape of inputs {@code [B, T, inputSize]}. */
  static Shape input(Variable x, int inputSize) {
    Shape s = Objects.requireNonNull(x, "x").shape();
    if (s.rank() != 3 || s.dim(2) != inputSize) {
      throw new IllegalArgumentException(
          "[unroll] expected inputs [B, T, " + inputSize + "], got " + s);
    }
    if (!x.type().isFloating()) {
      throw new IllegalArgumentException(
          "[unroll] expected inputs in float32 or float64, got " + x.type() + " " + s);
    }
    return s;
  }

  /** Returns the initial state of a layer for these inputs. */
  static <S extends State<S>> S initialState(Recurrent<S> layer, Variable x) {
    return layer.initialState(input(x, layer.inputSize()).dim(0), x.type());
  }

  /** Checks that a state has one row per sequence, and the sizes and types of the cell's. */
  static <S extends State<S>> void state(Cell<S> cell, S state, Shape x, DType type) {
    rows(state, x);
    S like;
    try {
      like = InnerCell.initialState(cell, x.dim(0), type);
    } catch (UnsupportedOperationException e) {
      return; // The cell reads something that only the state knows, such as the memory of
      // attention.
    }
    List<Variable> expected = like.variables();
    List<Variable> given = state.variables();
    // A state of another class is not cast here, and refused where it is.
    if (state.getClass() == like.getClass() && !areAlike(given, expected)) {
      throw new IllegalArgumentException(
          "[unroll] expected a state " + kinds(expected) + ", got " + kinds(given));
    }
  }

  private static boolean areAlike(List<Variable> a, List<Variable> b) {
    boolean alike = a.size() == b.size();
    for (int i = 0; alike && i < a.size(); i++) {
      alike = a.get(i).type() == b.get(i).type() && a.get(i).shape().equals(b.get(i).shape());
    }
    return alike;
  }

  private static List<String> kinds(List<Variable> variables) {
    return variables.stream().map(v -> v.type() + " " + v.shape()).toList();
  }

  private static void rows(State<?> state, Shape x) {
    for (Variable v : Objects.requireNonNull(state, "state").variables()) {
      if (v == null || v.shape().rank() == 0 || v.shape().dim(0) != x.dim(0)) {
        throw new IllegalArgumentException(
            "[unroll] expected a state of "
                + x.dim(0)
                + " sequences, got "
                + (v == null ? "null" : v.shape()));
      }
    }
  }
}
