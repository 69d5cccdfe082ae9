package dev.unroll.benchmarks;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.optim.Clipping;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.RandomKey;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** A complete training step: forward, backward, clipping and update, in reused buffers. */
final class TrainingStep implements Supplier<Object> {
  private final Buffers buffers = new Buffers();
  private final Optimizer optimizer;
  private final double maxNorm;
  private final Function<RandomKey, Variable> loss;

  /**
   * Creates a step.
   *
   * @param maxNorm the maximum global norm; infinite to disable clipping
   * @param loss the forward pass, as a function of the step's key
   */
  TrainingStep(Optimizer optimizer, double maxNorm, Function<RandomKey, Variable> loss) {
    this.optimizer = optimizer;
    this.maxNorm = maxNorm;
    this.loss = loss;
  }

  @Override
  public Object get() {
    try (Buffers.Scope _ = buffers.open()) {
      Variable l = loss.apply(RandomKey.of(optimizer.updates()));
      Map<Parameter, Gradient> g = Gradients.of(l, optimizer.parameters().values());
      optimizer.update(
          Double.isInfinite(maxNorm) ? g : Clipping.globalNorm(g, maxNorm).gradients());
      return l.value().item();
    }
  }
}
