package dev.unroll.autograd.graph;

import dev.unroll.autograd.MultiOutputOp;
import dev.unroll.autograd.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An operation with several results and its inputs. */
public final class MultiOutputNode extends Node {
  private final MultiOutputOp op;
  private final int results;

  /** Creates the node of an operation with several results. */
  public MultiOutputNode(MultiOutputOp op, int results, @Nullable Origin origin, Variable... in) {
    super(origin, in);
    this.op = op;
    this.results = results;
  }

  @Override
  public String name() {
    return op.name();
  }

  @Override
  void backward(List<Arrival> arrived, BackwardPass walk) {
    @Nullable Variable[] g = new @Nullable Variable[results];
    for (Arrival a : arrived) {
      g[Internals.index(a.variable())] = walk.sum(a);
    }
    Variable[] in = inputs();
    List<@Nullable Variable> d =
        Objects.requireNonNull(
            op.gradient(Arrays.asList(g), List.of(in)),
            () -> "[" + name() + "] expected a list of gradients, got null");
    if (d.size() != in.length) {
      throw new IllegalStateException(
          "[" + name() + "] has " + in.length + " inputs, but returns gradients of " + d.size());
    }
    for (int i = 0; i < in.length; i++) {
      Variable to = d.get(i);
      if (to != null && in[i].requiresGradient()) {
        walk.send(this, in[i], to);
      }
    }
  }
}
