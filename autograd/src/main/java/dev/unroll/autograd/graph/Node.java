package dev.unroll.autograd.graph;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How variables were made: what was applied, and to what. */
public abstract sealed class Node permits OpNode, MultiOutputNode, ReplayNode {
  private static final AtomicLong IDS = new AtomicLong();

  /** The order of recording: walked backwards, consumers come before producers. */
  private final long id = IDS.incrementAndGet();

  /** Where it was applied, if somebody watches. */
  final @Nullable Origin origin;

  /** Null once the backward walk has passed. */
  private Variable @Nullable [] in;

  private final long versions;

  Node(@Nullable Origin origin, Variable... in) {
    this.origin = origin;
    this.in = in;
    versions = versions(in);
  }

  /** Returns the position in the order of recording. */
  public final long id() {
    return id;
  }

  /** Returns a number below that of all nodes to come. */
  public static long last() {
    return IDS.get();
  }

  /** Versions only grow, so that their sum tells whether one has changed. */
  private static long versions(Variable... in) {
    long sum = 0;
    for (Variable v : in) {
      sum += v instanceof Parameter p ? p.version() : 0;
    }
    return sum;
  }

  /** Returns the name that messages show. */
  public abstract String name();

  /**
   * Sends gradients on to what this was applied to.
   *
   * @param results what arrived at the results; those at which nothing arrived are missing
   */
  abstract void backward(List<Arrival> results, BackwardPass walk);

  /** Lets go of everything that a backward pass needs. */
  void release() {
    in = null;
  }

  /** Returns the inputs, or null if they were released. */
  public final Variable @Nullable [] inputsIfThere() {
    return in;
  }

  /** Returns the inputs, if they are still there and still what they were. */
  public final Variable[] inputs() {
    Variable[] now = in;
    if (now == null) {
      throw new IllegalStateException(
          "[gradients] the graph of this "
              + name()
              + " was released by an earlier backward pass; run the forward pass again");
    }
    if (versions(now) != versions) {
      throw new IllegalStateException(
          "[gradients] a parameter of this "
              + name()
              + " was updated after the forward pass; run the forward pass again, or in a snapshot"
              + " (Layer.snapshot()) if it only predicts beside a training");
    }
    return now;
  }
}
