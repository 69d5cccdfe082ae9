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
 * The values of parameters at one moment: between two updates, never in the middle of one. Taking a
 * snapshot copies nothing; the next update writes to other arrays. A snapshot never changes, and
 * any number of threads may compute with it while another one trains.
 *
 * <pre>{@code
 * Snapshot now = Snapshot.of(model.parameters().values());
 * Tensor answer = now.call(() -> model.apply(x, Mode.evaluation()).value());
 * }</pre>
 *
 * <p>An update is one call of {@link Parameter#update}, or all that happens in one call of {@link
 * Parameter#updateTogether}, such as an optimizer's step.
 */
public final class Snapshot {
  private final Map<Parameter, Tensor> values;
  private final @Nullable Snapshot outer;

  /** Whether a parameter is added when it is first read. */
  private final boolean grows;

  private Snapshot(Map<Parameter, Tensor> values, @Nullable Snapshot outer, boolean grows) {
    this.values = values;
    this.outer = outer;
    this.grows = grows;
  }

  /**
   * Takes a snapshot. It waits for an update of these parameters that is in progress. Within {@link
   * #call}, parameters of that snapshot are taken from there.
   */
  public static Snapshot of(Collection<Parameter> parameters) {
    return new Snapshot(Parameter.keepTogether(parameters), null, false);
  }

  /**
   * Returns what a piece of work reads, each parameter as it is when it is first read.
   *
   * @param work receives the snapshot as its own while it runs
   */
  static Set<Parameter> readBy(Runnable work) {
    Snapshot growing = new Snapshot(new IdentityHashMap<>(), Scope.current().snapshot(), true);
    Scope.current()
        .reading(growing)
        .call(() -> {
          work.run();
          return growing;
        });
    return growing.values.keySet();
  }

  /**
   * Computes something with the values of this snapshot in place of the present ones, on this
   * thread. No gradients are recorded.
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

  /** Returns the value of a parameter here or in a snapshot around this, or null. */
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

  /** Returns the snapshot that this thread computes with, if any. */
  static @Nullable Tensor current(Parameter p) {
    Snapshot s = Scope.current().snapshot();
    return s == null ? null : s.find(p);
  }
}
