package dev.unroll.autograd.graph;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Records operations on symbolic variables, which have a shape and a type but no value, in place of
 * computing them.
 */
public interface Recorder {

  /** Applies an operation; variables with a value become inputs of the recording. */
  Variable record(Op op, Variable... in);

  /** Returns whether the step has been recorded, so that nothing can be added. */
  boolean hasEnded();

  /**
   * Returns an exception for a symbolic variable that is used after its step.
   *
   * @param v the variable
   */
  static IllegalStateException outlived(Variable v) {
    return new IllegalStateException(
        "[variable] expected a variable with a value, got the "
            + v
            + " of a step that was being planned, such as one stored in a field: a step returns"
            + " its values as outputs or state");
  }

  /**
   * Returns the recorder of variables, or null if none is symbolic.
   *
   * @throws UntraceableException if they belong to several
   * @throws IllegalStateException if it has ended
   */
  @SuppressWarnings("ReferenceEquality") // Two recorders are two steps, whatever they hold.
  static @Nullable Recorder of(Variable... in) {
    Recorder recorder = null;
    Variable ended = null;
    for (Variable v : in) {
      Recorder r = Internals.recorder(v);
      ended = r != null && r.hasEnded() ? v : ended;
      if (r != null && recorder != null && r != recorder) {
        throw Ineligible.OTHER_STEP.because();
      }
      recorder = r == null ? recorder : r;
    }
    if (ended != null) {
      throw outlived(ended);
    }
    return recorder;
  }
}
