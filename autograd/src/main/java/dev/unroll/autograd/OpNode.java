package dev.unroll.autograd;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation and its inputs. */
final class OpNode extends Node {
  private final Op op;

  OpNode(Op op, @Nullable Origin origin, Variable... in) {
    super(origin, in);
    this.op = op;
  }

  Op op() {
    return op;
  }

  @Override
  String name() {
    return op.name();
  }

  @Override
  void backward(List<Arrival> results, Walk walk) {
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
