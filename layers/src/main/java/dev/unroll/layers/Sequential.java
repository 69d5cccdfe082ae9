package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import java.util.List;

/**
 * Blocks one after the other, each with random numbers of its own.
 *
 * <pre>{@code
 * Sequential.of(
 *     Linear.of(64, 32, init.at("hidden")), Activation.relu(), new Dropout(0.5),
 *     Linear.of(32, 2, init.at("classes")));
 * }</pre>
 *
 * @param blocks the first one is applied first
 */
public record Sequential(List<Block> blocks) implements Block {

  /** Copies the list. */
  public Sequential {
    blocks = List.copyOf(blocks);
  }

  /** Returns blocks as one. */
  public static Sequential of(Block... blocks) {
    return new Sequential(List.of(blocks));
  }

  @Override
  public Variable apply(Variable x, Mode mode) {
    Variable y = x;
    for (int i = 0; i < blocks.size(); i++) {
      y = blocks.get(i).apply(y, mode.at(String.valueOf(i)));
    }
    return y;
  }

  @Override
  public void describe(Parts parts) {
    for (int i = 0; i < blocks.size(); i++) {
      parts.layer(String.valueOf(i), blocks.get(i));
    }
  }
}
