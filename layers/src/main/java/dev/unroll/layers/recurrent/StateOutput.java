package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** A cell that outputs its whole state, with its variables concatenated. */
record StateOutput<S extends State<S>>(Cell<S> cell) implements Wrapper<S> {
  @Override
  public int outputSize() {
    return InnerCell.initialState(cell, 1, DType.FLOAT32).variables().stream()
        .mapToInt(State::rowSize)
        .sum();
  }

  @Override
  public Step<S> step(Variable x, S state, Mode mode) {
    S after = InnerCell.step(cell, x, state, mode).state(); // The same values as without this.
    int batch = x.shape().dim(0);
    Variable[] flat =
        after.variables().stream()
            .map(v -> v.shape().rank() == 2 ? v : v.reshape(Shape.of(batch, State.rowSize(v))))
            .toArray(Variable[]::new);
    return new Step<>(Variable.concat(1, flat), after);
  }

  /** Splits the output of every step, {@code [B, T, all]}, into states. */
  static <S extends State<S>> S split(Variable all, S like) {
    List<Variable> parts = new ArrayList<>();
    int at = 0;
    for (Variable v : like.variables()) {
      int to = at + State.rowSize(v);
      int[] dims = new int[v.shape().rank() + 1];
      dims[0] = all.shape().dim(0);
      dims[1] = all.shape().dim(1);
      for (int i = 1; i < v.shape().rank(); i++) {
        dims[i + 1] = v.shape().dim(i);
      }
      parts.add(all.slice(2, at, to).reshape(Shape.of(dims)));
      at = to;
    }
    return like.with(parts);
  }
}
