package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A sequence of blocks, each with random numbers of its own.
 *
 * {@snippet class="snippets.LayersTest" region="Sequential"}
 *
 * @param blocks in the order of application
 */
public record Sequential(List<Block> blocks) implements SequenceBlock {

  /** Copies the list. */
  public Sequential {
    Objects.requireNonNull(blocks, "blocks").forEach(b -> Objects.requireNonNull(b, "block"));
    blocks = List.copyOf(blocks);
  }

  /** Combines blocks. */
  public static Sequential of(Block... blocks) {
    return new Sequential(Arrays.asList(Objects.requireNonNull(blocks, "blocks")));
  }

  @Override
  public Variable apply(Variable x, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    Variable y = x;
    for (int i = 0; i < blocks.size(); i++) {
      y = blocks.get(i).apply(y, mode.at(String.valueOf(i)));
    }
    return y;
  }

  /**
   * Applies each block to the result of the previous one. Blocks that process steps independently
   * preserve finite padding, so padding is filled only where necessary.
   */
  @Override
  public Variable apply(Variable x, int[] lengths, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    Variable y = x;
    int[] valid = lengths;
    boolean filled = false;
    for (int i = 0; i < blocks.size(); i++) {
      Mode own = mode.at(String.valueOf(i));
      if (blocks.get(i) instanceof SequenceBlock s) {
        y = s.apply(y, valid, own);
        valid = s.lengths(valid);
        filled = false;
      } else {
        y = blocks.get(i).apply(filled ? y : Lengths.filled("sequential", y, valid), own);
        filled = true;
      }
    }
    return y;
  }

  @Override
  public int[] lengths(int... lengths) {
    int[] valid = lengths;
    for (Block b : blocks) {
      valid = SequenceBlock.of(b).lengths(valid);
    }
    return valid;
  }

  @Override
  public void describe(Parts parts) {
    for (int i = 0; i < blocks.size(); i++) {
      parts.layer(String.valueOf(i), blocks.get(i));
    }
  }
}
