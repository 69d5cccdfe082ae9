package dev.unroll.autograd.graph;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Buffers;
import java.util.List;

/**
 * A value that is computed when it is first read, and lives as long as if it had been computed when
 * its variable was created.
 *
 * @param read the inputs, with the values that parameters had
 * @param depth the length of the longest chain of deferred values that it depends on
 * @param place where it is stored
 */
public record Deferred(
    Op op, List<Variable> in, List<Variable> read, int depth, Buffers.Place place) {

  /** Returns the result of an operation, deferred. */
  public static Deferred of(Op op, List<Variable> in, int depth) {
    List<Variable> read =
        in.stream().map(v -> v instanceof Parameter ? Variable.of(v.value()) : v).toList();
    return new Deferred(op, in, read, depth, Buffers.here());
  }
}
