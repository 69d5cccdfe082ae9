package dev.unroll.tensor.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for packed right-hand sides. It is aligned to cache lines, unlike arrays of the
 * heap: on Intel's processors a vector that crosses two lines takes two loads, which halves the
 * speed of the product of one row (docs/kernels.md).
 *
 * <p>A run that ends gives its panels back, and the next one reuses them. Others are freed when
 * they become unreachable. The garbage collector does not account for native memory: if none is
 * left, panels are allocated in the heap, which triggers collections; slower products are better
 * than none.
 */
final class Panels {
  /** Panels that a product packs temporarily. */
  static final Scratch<MemorySegment> SCRATCH =
      new Scratch<>(Panels::allocate, MemorySegment::byteSize);

  private static final long LINE = 64;

  private static final Idle IDLE = new Idle();

  /** Native panels that are not freed yet, and the bytes of all. */
  private static final Set<Reference<?>> NATIVE = ConcurrentHashMap.newKeySet();

  private static final AtomicLong NATIVE_BYTES = new AtomicLong();
  private static final ReferenceQueue<MemorySegment> FREED = new ReferenceQueue<>();

  /** The bytes available when an allocation last failed, and the time of the failure. */
  private record Limit(long bytes, long since) {
    /**
     * The time for which a failure is remembered, since each costs half a second (java.nio.Bits).
     */
    static final long NANOS = 60_000_000_000L;

    boolean allows(long bytes) {
      return bytes <= this.bytes || System.nanoTime() - since > NANOS;
    }
  }

  private static final AtomicReference<Limit> LIMIT =
      new AtomicReference<>(new Limit(Long.MAX_VALUE, 0));

  private static final class Piece extends PhantomReference<MemorySegment> {
    private final long bytes;

    Piece(MemorySegment s) {
      super(s, FREED);
      bytes = s.byteSize();
    }
  }

  private Panels() {}

  /** Panels that were given back. */
  private static final class Idle {
    /** Limits on the bytes and on the number of pieces, which are searched linearly. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 2;

    private static final int MOST_PIECES = 1024;

    /** The last one at the end. */
    private final List<MemorySegment> pieces = new ArrayList<>();

    private long bytes;

    /** Returns one of at least a size and at most twice that, if there is one. */
    synchronized @Nullable MemorySegment take(long wanted) {
      for (int i = pieces.size() - 1; i >= 0; i--) {
        long have = pieces.get(i).byteSize();
        if (have >= wanted && have / 2 <= wanted) {
          bytes -= have;
          return pieces.remove(i);
        }
      }
      return null;
    }

    synchronized void give(MemorySegment s) {
      pieces.add(s);
      bytes += s.byteSize();
      int old = 0;
      while (bytes > MOST_BYTES || pieces.size() - old > MOST_PIECES) {
        bytes -= pieces.get(old++).byteSize();
      }
      pieces.subList(0, old).clear();
    }

    synchronized void clear() {
      pieces.clear();
      bytes = 0;
    }
  }

  /** Returns memory of at least a size, of unknown content. */
  static MemorySegment take(long bytes) {
    MemorySegment idle = IDLE.take(bytes);
    return idle != null ? idle : allocate(bytes);
  }

  /** Gives back memory that is no longer read or written. */
  static void give(MemorySegment s) {
    if (s.isNative()) {
      IDLE.give(s);
    }
  }

  /** Returns newly allocated memory of at least a size. */
  static MemorySegment allocate(long bytes) {
    for (Reference<?> r = FREED.poll(); r != null; r = FREED.poll()) {
      if (NATIVE.remove(r) && r instanceof Piece p) {
        NATIVE_BYTES.addAndGet(-p.bytes);
      }
    }
    if (Objects.requireNonNull(LIMIT.get()).allows(NATIVE_BYTES.get() + bytes)) {
      try {
        MemorySegment s = Arena.ofAuto().allocate(bytes, LINE);
        NATIVE.add(new Piece(s));
        NATIVE_BYTES.addAndGet(bytes);
        return s;
      } catch (OutOfMemoryError e) {
        LIMIT.set(new Limit(NATIVE_BYTES.get(), System.nanoTime()));
      }
    }
    IDLE.clear(); // Pieces of other sizes would never be reused.
    return inHeap(bytes);
  }

  private static MemorySegment inHeap(long bytes) {
    long longs = (bytes + Long.BYTES - 1) / Long.BYTES;
    try {
      if (longs > Integer.MAX_VALUE - 8) {
        throw new OutOfMemoryError("an array of the heap is not as long");
      }
      return MemorySegment.ofArray(new long[(int) longs]);
    } catch (OutOfMemoryError cause) {
      OutOfMemoryError error =
          new OutOfMemoryError(
              String.format(
                  Locale.ROOT,
                  "[pack] %.3g GB fit neither into native memory, which is at most as large as the"
                      + " heap (-Xmx, or -XX:MaxDirectMemorySize), nor into the heap: %s",
                  1e-9 * bytes,
                  cause.getMessage()));
      error.initCause(cause);
      throw error;
    }
  }
}
