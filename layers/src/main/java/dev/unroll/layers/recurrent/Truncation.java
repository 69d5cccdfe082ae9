package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Truncated backpropagation through time, BPTT(k2; k1) of Williams &amp; Peng 1990, "An efficient
 * gradient-based algorithm for on-line training of recurrent network trajectories",
 * doi:10.1162/neco.1990.2.4.490: every k1 steps, the losses of the last k1 outputs go back through
 * k2 steps. With k1 = k2 the windows are adjacent; with a larger k2, steps are recomputed for their
 * contribution to later losses.
 *
 * {@snippet class="snippets.RecurrentTest" region="Truncation"}
 *
 * @param k1 the steps from one window to the next, at least 1
 * @param k2 the steps that gradients go back through, at least k1
 */
public record Truncation(int k1, int k2) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException unless {@code 1 <= k1 <= k2}
   */
  public Truncation {
    if (k1 < 1 || k2 < k1) {
      throw new IllegalArgumentException(
          "[truncation] expected 1 <= k1 <= k2, got k1 = " + k1 + ", k2 = " + k2);
    }
  }

  /**
   * The range of one backward pass: the losses of steps {@code from} to {@code end}, exclusive,
   * whose gradients flow back to step {@code start}.
   */
  public record Window(int start, int from, int end) {}

  /**
   * Returns the windows of a sequence. They are aligned at its end, so that only the first may be
   * shorter: each step's loss is in one window, and every window goes back k2 steps or to the
   * beginning.
   */
  public List<Window> windows(int steps) {
    List<Window> windows = new ArrayList<>();
    for (long next = (steps - 1L) % k1 + 1; next <= steps; next += k1) {
      int end = (int) next;
      windows.add(new Window(Math.max(0, end - k2), Math.max(0, end - k1), end));
    }
    return windows;
  }

  /** Applies the network to a part of the sequence. */
  @FunctionalInterface
  public interface Network<S extends State<S>> {
    /** Unrolls steps {@code from} to {@code to}, exclusive: outputs {@code [B, to - from, H]}. */
    Recurrent.Result<S> apply(S state, int from, int to);
  }

  /** Processes each window: a loss, its gradients, an update. */
  @FunctionalInterface
  public interface Learner {
    /** Receives the outputs of steps {@code from} to {@code end}, {@code [B, end - from, H]}. */
    void learn(Window window, Variable outputs);
  }

  /**
   * Processes a sequence window by window, with a detached state at the start of each.
   *
   * @param steps T, at least 1
   * @param initial returns the state before the first step, for each window that begins there; it
   *     may be learned
   * @return the detached state after the last step
   * @throws IllegalArgumentException if there are no steps
   */
  public <S extends State<S>> S run(
      int steps, Supplier<S> initial, Network<S> network, Learner learner) {
    if (steps < 1) {
      throw new IllegalArgumentException("[truncation] expected at least 1 step, got " + steps);
    }
    List<Window> windows = windows(steps);
    Supplier<S> before = initial;
    for (int i = 0; i < windows.size(); i++) {
      Window w = windows.get(i);
      int next = i + 1 < windows.size() ? windows.get(i + 1).start : w.end;
      List<Variable> outputs = new ArrayList<>();
      S state = before.get();
      if (w.start < next) {
        Recurrent.Result<S> r = network.apply(state, w.start, next);
        outputs.add(r.outputs());
        state = r.state();
        S cut = state.detach();
        before = () -> cut;
      }
      if (next < w.end) {
        outputs.add(network.apply(state, next, w.end).outputs());
      }
      Variable all = Variable.concat(1, outputs.toArray(Variable[]::new));
      learner.learn(w, all.slice(1, w.from - w.start, w.end - w.start));
    }
    return before.get();
  }
}
