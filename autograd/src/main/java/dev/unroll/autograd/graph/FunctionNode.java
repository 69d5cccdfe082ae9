package dev.unroll.autograd.graph;

import dev.unroll.autograd.Function;
import dev.unroll.autograd.Variable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of several results and its inputs. */
public final class FunctionNode extends Node {
  private final Function function;
  private final int results;

  /** Makes the node of a function of several results. */
  public FunctionNode(Function function, int results, @Nullable Origin origin, Variable... in) {
    super(origin, in);
    this.function = function;
    this.results = results;
  }

  @Override
  public String name() {
    return function.name();
  }

  @Override
  void backward(List<Arrival> arrived, BackwardPass walk) {
    @Nullable Variable[] g = new @Nullable Variable[results];
    for (Arrival a : arrived) {
      g[Internals.index(a.variable())] = walk.sum(a);
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
