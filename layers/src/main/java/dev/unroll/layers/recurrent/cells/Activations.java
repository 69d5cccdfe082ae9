package dev.unroll.layers.recurrent.cells;

import dev.unroll.layers.Activation;
import java.util.Objects;

/**
 * The activations of a gated cell.
 *
 * {@snippet class="snippets.CellsTest" region="Activations"}
 *
 * @param gate the activation of the gates, with values between 0 and 1
 * @param candidate the activation of the candidate
 * @param output the activation of the memory in the output; unused by a GRU
 */
public record Activations(Activation gate, Activation candidate, Activation output) {

  /** Checks for null. */
  public Activations {
    Objects.requireNonNull(gate, "gate");
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(output, "output");
  }

  /** Returns the activations of the papers: sigmoid, tanh and tanh. */
  public static Activations usual() {
    return new Activations(Activation.sigmoid(), Activation.tanh(), Activation.tanh());
  }

  /** Returns a copy with clipped inputs, except for the output activation, as ONNX's clip. */
  public Activations clipped(double limit) {
    return new Activations(gate.clipped(limit), candidate.clipped(limit), output);
  }
}
