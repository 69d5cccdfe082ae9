package dev.unroll.tensor.loop;

/** What {@link LoopRun#bind} binds to a tensor; only values that are computed cannot be bound. */
public sealed interface LoopInput permits LoopInput.Argument, LoopInput.Matrix, LoopInput.Ids {

  /** Returns the first sweep that reads it: 0 forward, 1 backward. It must be bound by then. */
  int sweep();

  /** What {@link LoopBuilder#call} can read. */
  sealed interface Argument extends LoopInput permits LoopValue, Opaque {}

  /**
   * A matrix on the right of products, the same at all steps. It is packed when it is bound: what
   * becomes of the tensor later changes nothing.
   *
   * @param id its number among the matrices
   * @param transposed whether {@code [N, K]} is bound and transposed, and not {@code [K, N]}
   */
  record Matrix(int id, int sweep, boolean transposed) implements LoopInput {}

  /**
   * Row ids of a table, int32 {@code [T, rows]}.
   *
   * @param id its number among the ids
   */
  record Ids(int id, int sweep) implements LoopInput {}

  /**
   * A tensor of any type, which calls alone can read.
   *
   * @param id its number among these
   * @param sequence whether it has a first axis T, and not the same value at all steps
   */
  record Opaque(int id, int sweep, boolean sequence) implements Argument {}
}
