package dev.unroll.autograd;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How a variable was made: the operation and what it was applied to. */
final class Node {
  private static final AtomicLong IDS = new AtomicLong();

  final Op op;

  /** The order of recording: walked backwards, consumers come before producers. */
  final long id = IDS.incrementAndGet();

  /** Null once the backward walk has passed. */
  Variable @Nullable [] in;

  private final long versions;

  Node(Op op, Variable... in) {
    this.op = op;
    this.in = in;
    versions = versions(in);
  }

  /** Versions only grow, so that their sum tells whether one has changed. */
  private static long versions(Variable... in) {
    long sum = 0;
    for (Variable v : in) {
      sum += v instanceof Parameter p ? p.version() : 0;
    }
    return sum;
  }

  /** Returns the inputs, if they are still there and still what they were. */
  Variable[] inputs() {
    Variable[] now = in;
    if (now == null) {
      throw new IllegalStateException(
          "[gradients] the graph of this "
              + op.name()
              + " was released by an earlier backward pass; run the forward pass again");
    }
    if (versions(now) != versions) {
      throw new IllegalStateException(
          "[gradients] a parameter of this "
              + op.name()
              + " was updated after the forward pass; run the forward pass again");
    }
    return now;
  }
}
