package dev.unroll.autograd.graph;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A node of the graph: an operation and its inputs. */
public abstract sealed class Node permits OpNode, MultiOutputNode, ReplayNode {
  private static final AtomicLong IDS = new AtomicLong();

  /** The order of recording; in reverse, consumers precede producers. */
  private final long id = IDS.incrementAndGet();

  /** Where it was applied, if anomalies are detected. */
  final @Nullable Origin origin;

  /** Null once released by the backward pass. */
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

  /** Returns the id of the last node so far. */
  public static long last() {
    return IDS.get();
  }

  /** Versions only increase, so that their sum shows whether one has changed. */
  private static long versions(Variable... in) {
    long sum = 0;
    for (Variable v : in) {
      sum += v instanceof Parameter p ? p.version() : 0;
    }
    return sum;
  }

  /** Returns the name used in messages. */
  public abstract String name();

  /**
   * Propagates gradients to the inputs.
   *
   * @param results the gradients at the results, without results that none has reached
   */
  abstract void backward(List<Arrival> results, BackwardPass walk);

  /** Releases everything that a backward pass needs. */
  void release() {
    in = null;
  }

  /** Returns the inputs, or null if they were released. */
  public final Variable @Nullable [] inputsIfThere() {
    return in;
  }

  /** Returns the inputs, if neither released nor changed. */
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
              + " (Layer.snapshot()) if it only predicts during training");
    }
    return now;
  }
}
