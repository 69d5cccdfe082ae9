package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps a vector to a state, each variable of which is {@code tanh(context W + b)} (Bahdanau, Cho
 * &amp; Bengio 2015, A.2.2).
 *
 * {@snippet class="snippets.SequenceTest" region="Bridge"}
 *
 * @param cell the cell of the state
 * @param parts a layer per variable of the state
 */
public record Bridge<S extends State<S>>(Cell<S> cell, List<Linear> parts) implements Layer {

  /** Copies the list. */
  public Bridge {
    parts = List.copyOf(parts);
  }

  /** Returns a new bridge from vectors of a size to the state of a cell. */
  public static <S extends State<S>> Bridge<S> of(int contextSize, Cell<S> cell, Init init) {
    List<Linear> parts = new ArrayList<>();
    for (Variable v : InnerCell.initialState(cell, 1, init.type()).variables()) {
      parts.add(Linear.of(contextSize, v.shape().size(), init.at("part" + parts.size())));
    }
    return new Bridge<>(cell, parts);
  }

  /**
   * Returns the state.
   *
   * @param context {@code [B, C]}
   */
  public S apply(Variable context) {
    S zero = InnerCell.initialState(cell, context.shape().dim(0), context.type());
    List<Variable> like = zero.variables();
    List<Variable> made = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Shape shape = like.get(i).shape();
      made.add(parts.get(i).apply(context).tanh().reshape(shape));
    }
    return zero.with(made);
  }

  @Override
  public void describe(Parts all) {
    for (int i = 0; i < parts.size(); i++) {
      all.layer(String.valueOf(i), parts.get(i));
    }
  }
}
