package dev.unroll.autograd;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of several results and its inputs. */
final class FunctionNode extends Node {
  private final Function function;
  private final int results;

  FunctionNode(Function function, int results, @Nullable Origin origin, Variable... in) {
    super(origin, in);
    this.function = function;
    this.results = results;
  }

  @Override
  String name() {
    return function.name();
  }

  @Override
  void backward(List<Arrival> arrived, Walk walk) {
    @Nullable Variable[] g = new @Nullable Variable[results];
    for (Arrival a : arrived) {
      g[a.variable().index()] = walk.sum(a);
    }
    Variable[] in = inputs();
    List<@Nullable Variable> d = function.gradient(Arrays.asList(g), List.of(in));
    if (d.size() != in.length) {
      throw new IllegalStateException(
          "[" + name() + "] has " + in.length + " inputs, but sends back " + d.size());
    }
    for (int i = 0; i < in.length; i++) {
      Variable to = d.get(i);
      if (to != null && in[i].requiresGradient()) {
        walk.send(this, in[i], to);
      }
    }
  }
}
