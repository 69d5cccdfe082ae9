package dev.unroll.autograd;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the computations of one thread: whether operations are recorded, whether results
 * are watched for NaN and infinities (see {@link Anomaly}), and which {@link Snapshot} parameters
 * are read from.
 */
record Scope(boolean records, boolean watches, @Nullable Snapshot snapshot) {
  private static final Scope OUTERMOST = new Scope(true, false, null);
  private static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  static Scope current() {
    return CURRENT.orElse(OUTERMOST);
  }

  /** Returns the place that is running now, if somebody watches. */
  @Nullable Origin origin() {
    return watches ? Origin.here() : null;
  }

  Scope recording(boolean records) {
    return new Scope(records, watches, snapshot);
  }

  Scope watching(boolean watches) {
    return new Scope(records, watches, snapshot);
  }

  Scope reading(Snapshot from) {
    return new Scope(records, watches, from);
  }

  <R> R call(Supplier<R> body) {
    return ScopedValue.where(CURRENT, this).call(body::get);
  }
}
