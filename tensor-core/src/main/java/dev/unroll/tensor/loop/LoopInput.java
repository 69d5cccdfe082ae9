package dev.unroll.tensor.loop;

/** An input, which {@link LoopRun#bind} binds to a tensor; computed values cannot be bound. */
public sealed interface LoopInput permits LoopInput.Argument, LoopInput.Matrix, LoopInput.Ids {

  /** Returns the first sweep that reads it: 0 forward, 1 backward. It must be bound by then. */
  int sweep();

  /** An argument of {@link LoopBuilder#call}. */
  sealed interface Argument extends LoopInput permits LoopValue, Opaque {}

  /**
   * A matrix on the right of products, the same at all steps. It is packed when it is bound: later
   * changes of the tensor have no effect.
   *
   * @param id its number among the matrices
   * @param transposed whether {@code [N, K]} is bound and transposed, instead of {@code [K, N]}
   */
  record Matrix(int id, int sweep, boolean transposed) implements LoopInput {}

  /**
   * Row ids of a table, int32 {@code [T, rows]}.
   *
   * @param id its number among the ids
   */
  record Ids(int id, int sweep) implements LoopInput {}

  /**
   * A tensor of any type, which only calls can read.
   *
   * @param id its number among these
   * @param sequence whether it has a first axis T, instead of being loop-invariant
   */
  record Opaque(int id, int sweep, boolean sequence) implements Argument {}
}
