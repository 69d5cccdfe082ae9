package dev.unroll.autograd;

import dev.unroll.autograd.graph.Scope;
import dev.unroll.tensor.Tensor;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A consistent, immutable set of parameter values, taken between two updates. Taking a snapshot
 * copies nothing; the next update writes to other arrays. Any number of threads may compute with it
 * while another one trains.
 *
 * {@snippet class="snippets.AutogradTest" region="Snapshot"}
 *
 * <p>An update is one call of {@link Parameter#update}, or one call of {@link
 * Parameter#updateTogether}, such as an optimizer's step.
 */
public final class Snapshot {
  private final Map<Parameter, Tensor> values;
  private final @Nullable Snapshot outer;

  /** Whether parameters are added when they are first read. */
  private final boolean grows;

  private Snapshot(Map<Parameter, Tensor> values, @Nullable Snapshot outer, boolean grows) {
    this.values = values;
    this.outer = outer;
    this.grows = grows;
  }

  /**
   * Takes a snapshot, waiting for an update of these parameters in progress. Within {@link #call},
   * the values of that snapshot are used.
   */
  public static Snapshot of(Collection<Parameter> parameters) {
    return new Snapshot(Parameter.keepTogether(parameters), null, false);
  }

  /**
   * Returns the parameters that a task reads.
   *
   * @param work runs with a snapshot that adds each parameter when it is first read
   */
  static Set<Parameter> readBy(Runnable work) {
    Snapshot growing = new Snapshot(new IdentityHashMap<>(), Scope.current().snapshot(), true);
    return Scope.current()
        .reading(growing)
        .call(() -> {
          work.run();
          return growing.values.keySet();
        });
  }

  /**
   * Runs a task on this thread with the values of this snapshot in place of the current ones,
   * without recording gradients.
   */
  public <R> R call(Supplier<R> work) {
    Scope scope = Scope.current();
    Snapshot inner =
        scope.snapshot() == null ? this : new Snapshot(values, scope.snapshot(), false);
    return scope.recording(false).reading(inner).call(work);
  }

  /**
   * Returns the value of a parameter.
   *
   * @throws IllegalArgumentException if the snapshot was taken without it
   */
  public Tensor value(Parameter p) {
    Tensor t = values.get(p);
    if (t == null) {
      throw new IllegalArgumentException(
          "[snapshot] expected one of its " + values.size() + " parameters, got " + p);
    }
    return t;
  }

  /** Returns the number of parameters. */
  @Override
  public String toString() {
    return "Snapshot[" + values.size() + " parameters]";
  }

  /** Returns the value of a parameter in this or an enclosing snapshot, or null. */
  @Nullable Tensor find(Parameter p) {
    Tensor t = values.get(p);
    if (t == null && outer != null) {
      t = outer.find(p);
    }
    if (t == null && grows) {
      t = p.kept();
      values.put(p, t);
    }
    return t;
  }

  /** Returns the value in the snapshot that this thread computes with, if any. */
  static @Nullable Tensor current(Parameter p) {
    Snapshot s = Scope.current().snapshot();
    return s == null ? null : s.find(p);
  }
}
