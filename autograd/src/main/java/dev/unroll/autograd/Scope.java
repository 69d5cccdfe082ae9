package dev.unroll.autograd;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the computations of one thread: whether operations are recorded, and whether
 * results are watched for NaN and infinities (see {@link Anomaly}).
 */
record Scope(boolean records, boolean watches) {
  private static final Scope OUTERMOST = new Scope(true, false);
  private static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  static Scope current() {
    return CURRENT.orElse(OUTERMOST);
  }

  /** Returns the place that is running now, if somebody watches. */
  @Nullable Origin origin() {
    return watches ? Origin.here() : null;
  }

  Scope recording(boolean records) {
    return new Scope(records, watches);
  }

  Scope watching(boolean watches) {
    return new Scope(records, watches);
  }

  <R> R call(Supplier<R> body) {
    return ScopedValue.where(CURRENT, this).call(body::get);
  }
}
