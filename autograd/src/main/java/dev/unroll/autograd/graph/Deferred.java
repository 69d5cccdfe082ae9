package dev.unroll.autograd.graph;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import java.util.List;

/**
 * A value that is computed when it is first read.
 *
 * @param read the inputs, with the values that parameters had
 * @param depth the length of the longest chain of deferred values that it depends on
 */
public record Deferred(Op op, List<Variable> in, List<Variable> read, int depth) {

  /** Returns the result of an operation, deferred. */
  public static Deferred of(Op op, List<Variable> in, int depth) {
    List<Variable> read =
        in.stream().map(v -> v instanceof Parameter ? Variable.of(v.value()) : v).toList();
    return new Deferred(op, in, read, depth);
  }
}
