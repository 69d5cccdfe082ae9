package dev.unroll.autograd.graph;

import dev.unroll.autograd.Anomaly;
import dev.unroll.autograd.Snapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The context of computations of one thread: whether operations are recorded, whether results are
 * checked for NaN and infinities (see {@link Anomaly}), and the {@link Snapshot} that parameters
 * are read from.
 */
public record Scope(boolean records, boolean watches, @Nullable Snapshot snapshot) {
  private static final Scope OUTERMOST = new Scope(true, false, null);
  private static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  /** Returns the scope of this thread. */
  public static Scope current() {
    return CURRENT.orElse(OUTERMOST);
  }

  /** Returns the current call stack, if anomalies are detected. */
  public @Nullable Origin origin() {
    return watches ? Origin.here() : null;
  }

  /** Returns this scope, with or without recording. */
  public Scope recording(boolean records) {
    return new Scope(records, watches, snapshot);
  }

  /** Returns this scope, with or without checks for NaN and infinities. */
  public Scope watching(boolean watches) {
    return new Scope(records, watches, snapshot);
  }

  /** Returns this scope, in which parameters are read from a snapshot. */
  public Scope reading(Snapshot from) {
    return new Scope(records, watches, from);
  }

  /** Runs a task in this scope. */
  public <R> R call(Supplier<R> body) {
    return ScopedValue.where(CURRENT, this).call(body::get);
  }
}
