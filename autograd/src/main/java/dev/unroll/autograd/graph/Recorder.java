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

  /**
   * Returns the recorder of variables, or null if none is symbolic.
   *
   * @throws UntraceableException if they belong to several
   */
  @SuppressWarnings("ReferenceEquality") // Two recorders are two steps, whatever they hold.
  static @Nullable Recorder of(Variable... in) {
    Recorder recorder = null;
    for (Variable v : in) {
      Recorder r = Internals.recorder(v);
      if (r != null && recorder != null && r != recorder) {
        throw Ineligible.OTHER_STEP.because();
      }
      recorder = r == null ? recorder : r;
    }
    return recorder;
  }
}
