package dev.unroll.tensor.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * Native memory for packed right-hand sides. It begins with a cache line, where no array of the
 * heap can be made to begin: on Intel's processors a vector that lies across two lines takes two
 * loads, which halves the product of one row (docs/kernels.md). It is freed when nothing refers to
 * it any longer.
 */
final class Panels {
  private static final long LINE = 64;

  private static final ThreadLocal<MemorySegment> SCRATCH =
      ThreadLocal.withInitial(() -> allocate(0));

  private Panels() {}

  /** Returns memory of zeros. */
  static MemorySegment allocate(long bytes) {
    try {
      return Arena.ofAuto().allocate(bytes, LINE);
    } catch (OutOfMemoryError cause) {
      OutOfMemoryError error =
          new OutOfMemoryError(
              String.format(
                  Locale.ROOT,
                  "[pack] %.3g GB do not fit into native memory, which is at most as large as the"
                      + " heap (-Xmx, or -XX:MaxDirectMemorySize): %s",
                  1e-9 * bytes,
                  cause.getMessage()));
      error.initCause(cause);
      throw error;
    }
  }

  /** Returns memory of this thread, at least so large and of unknown content. */
  static MemorySegment scratch(long bytes) {
    MemorySegment have = SCRATCH.get();
    if (have.byteSize() < bytes) {
      have = allocate(Math.max(bytes, 2 * have.byteSize()));
      SCRATCH.set(have);
    }
    return have;
  }
}
