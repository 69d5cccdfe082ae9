package dev.unroll.autograd.graph;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation and its inputs. */
public final class OpNode extends Node {
  private final Op op;

  /** Creates the node. */
  public OpNode(Op op, @Nullable Origin origin, Variable... in) {
    super(origin, in);
    this.op = op;
  }

  /** Returns the operation. */
  public Op op() {
    return op;
  }

  @Override
  public String name() {
    return op.name();
  }

  @Override
  void backward(List<Arrival> results, BackwardPass walk) {
    Arrival arrived = results.getFirst();
    Variable g = walk.sum(arrived);
    Variable[] in = inputs();
    for (int i = 0; i < in.length; i++) {
      if (in[i].requiresGradient()) {
        Variable d = op.gradient(i, g, arrived.variable(), in);
        if (d != null) {
          walk.send(this, in[i], d);
        }
      }
    }
  }
}
