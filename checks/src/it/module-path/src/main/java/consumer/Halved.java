package consumer;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Parts;

/** A layer that no other module can see. */
record Halved(int times) implements Deterministic {
  @Override
  public Variable apply(Variable x) {
    return x.mul(Math.pow(0.5, times));
  }

  @Override
  public void describe(Parts parts) {}
}
