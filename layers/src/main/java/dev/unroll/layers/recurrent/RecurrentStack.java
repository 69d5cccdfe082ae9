package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import java.util.List;
import java.util.Objects;

/**
 * Readers one above the other, each of the outputs of the one below: the way to stack bidirectional
 * ones. Cells in one direction are stacked by {@link Stacked}, whose steps can be taken one by one.
 *
 * @param readers from the lowest to the highest
 * @param between drops outputs on their way to the next reader, in training
 */
public record RecurrentStack(List<Recurrent> readers, Dropout between) implements Recurrent {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public RecurrentStack {
    readers = List.copyOf(readers);
    if (readers.isEmpty()) {
      throw new IllegalArgumentException("[recurrentStack] needs at least one reader");
    }
  }

  /** Returns readers one above the other, without dropout. */
  public static RecurrentStack of(Recurrent... readers) {
    return new RecurrentStack(List.of(readers), new Dropout(0));
  }

  @Override
  public int outputSize() {
    return readers.getLast().outputSize();
  }

  @Override
  public Variable outputs(Variable x, int[] lengths, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    Variable read = x;
    for (int i = 0; i < readers.size(); i++) {
      Mode own = mode.at(String.valueOf(i));
      Variable below = i == 0 ? read : between.apply(read, own.at("between"));
      read = readers.get(i).outputs(below, lengths, own);
    }
    return read;
  }

  @Override
  public void describe(Parts parts) {
    for (int i = 0; i < readers.size(); i++) {
      parts.layer(String.valueOf(i), readers.get(i));
    }
  }
}
