package dev.unroll.layers.sequence;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the layers do not match the variables of the cell's state,
   *     or read vectors of different sizes
   */
  public Bridge {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(parts, "parts").forEach(each -> Objects.requireNonNull(each, "part"));
    parts = List.copyOf(parts);
    DType type = parts.isEmpty() ? DType.FLOAT32 : parts.getFirst().weight().type();
    List<Integer> sizes = sizes(cell, type);
    List<Integer> outputs = parts.stream().map(p -> p.bias().shape().size()).toList();
    if (!outputs.equals(sizes)) {
      throw new IllegalArgumentException(
          "[bridge] expected layers with outputs of sizes " + sizes + ", got " + outputs);
    }
    List<Integer> inputs = parts.stream().map(Bridge::inputSize).distinct().toList();
    if (inputs.size() > 1) {
      throw new IllegalArgumentException(
          "[bridge] expected layers with inputs of one size, got sizes " + inputs);
    }
  }

  private static int inputSize(Linear part) {
    return part.weight().shape().dim(0);
  }

  /** Returns the number of elements of each variable of the state, per sequence. */
  private static List<Integer> sizes(Cell<?> cell, DType type) {
    return InnerCell.initialState(cell, 1, type).variables().stream().map(State::rowSize).toList();
  }

  /** Checks the size of the vectors that are mapped. */
  void checkInputs(int size) {
    if (!parts.isEmpty() && inputSize(parts.getFirst()) != size) {
      throw new IllegalArgumentException(
          "[bridge] expected layers with inputs of size "
              + size
              + ", got "
              + inputSize(parts.getFirst()));
    }
  }

  /** Checks that the state is that of a decoder's cell. */
  void checkState(Cell<?> decoder) {
    DType type = parts.isEmpty() ? DType.FLOAT32 : parts.getFirst().weight().type();
    List<Integer> expected = sizes(decoder, type);
    List<Integer> given = sizes(cell, type);
    if (!given.equals(expected)) {
      throw new IllegalArgumentException(
          "[bridge] expected a state of variables of sizes "
              + expected
              + ", as the decoder's cell has, got "
              + given);
    }
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
