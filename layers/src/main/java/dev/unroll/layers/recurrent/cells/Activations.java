package dev.unroll.layers.recurrent.cells;

import dev.unroll.layers.Activation;

/**
 * The activations of a gated cell.
 *
 * @param gate of what lets through: its values should be between 0 and 1
 * @param candidate of what is to be remembered
 * @param output of what was remembered, on the way out; a GRU has none
 */
public record Activations(Activation gate, Activation candidate, Activation output) {

  /** Returns those of the papers: sigmoid, tanh and tanh. */
  public static Activations usual() {
    return new Activations(Activation.sigmoid(), Activation.tanh(), Activation.tanh());
  }

  /**
   * Returns the same, with all that goes in clipped, but for the output's: what ONNX calls clip.
   */
  public Activations clipped(double limit) {
    return new Activations(gate.clipped(limit), candidate.clipped(limit), output);
  }
}
