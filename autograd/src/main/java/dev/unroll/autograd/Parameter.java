package dev.unroll.autograd;

import dev.unroll.tensor.Program;
import dev.unroll.tensor.Rows;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * A variable that training changes, in place. Its name is no part of it: names are paths in the
 * tree of layers, so that one parameter can be shared.
 *
 * <p>A value that was read before an update cannot be read after it, except by {@link #keep}. While
 * one thread updates a parameter, no other may use it: what runs beside training keeps values of
 * its own, as a {@link Session} does.
 */
public final class Parameter extends Variable {
  private Slot slot;
  private long version;

  /** Returns a parameter that starts with a value. */
  public Parameter(Tensor value) {
    super(value.type(), value.shape(), null, 0, true);
    if (!value.type().isFloating()) {
      throw new IllegalArgumentException(
          "[parameter] must be float32 or float64, not " + value.type());
    }
    slot = Slot.of(value);
  }

  /** Returns the value until the next update. */
  @Override
  public Tensor value() {
    return slot.value();
  }

  /** Returns the value for good. The next update leaves its array alone and takes another one. */
  public Tensor keep() {
    return slot.keep();
  }

  /** Returns the number of updates so far. */
  public long version() {
    return version;
  }

  /**
   * Replaces the value. A backward pass over a graph made before fails.
   *
   * @throws IllegalArgumentException if type or shape differ
   */
  public void update(Tensor next) {
    if (next.type() != type() || !next.shape().equals(shape())) {
      throw new IllegalArgumentException(
          "[update] expected "
              + type()
              + " "
              + shape()
              + ", given "
              + next.type()
              + " "
              + next.shape());
    }
    slot = Slot.of(next);
    version++;
  }

  /**
   * Overwrites the value by a program: its inputs are {@code in}, the value and the memory, its
   * results the next value and the next memory. A backward pass over a graph made before fails.
   *
   * @param name what to call the program in messages
   * @param memory what is remembered for each element from update to update
   * @throws IllegalArgumentException as {@link Program#run(String, List, Tensor...)} does
   */
  public void update(String name, Program program, List<Slot> memory, Tensor... in) {
    program.run(name, with(memory), in);
    version++;
  }

  /**
   * Overwrites some rows by a program, and leaves the others alone.
   *
   * @param rows int32 {@code [n]}, no row twice
   * @param in the first inputs of the program {@code [n, ...]}
   * @throws IllegalArgumentException as {@link Rows#update} does
   */
  public void updateRows(
      String name, Program program, List<Slot> memory, Tensor rows, Tensor... in) {
    Rows.update(name, program, with(memory), rows, in);
    version++;
  }

  private List<Slot> with(List<Slot> memory) {
    return Stream.concat(Stream.of(slot), memory.stream()).toList();
  }
}
