package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
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

  /** Checks that a state has one row per sequence. */
  static void state(State<?> state, Shape x) {
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
