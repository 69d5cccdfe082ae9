package dev.unroll.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A source whose next batches are computed on a virtual thread while the current one is used: see
 * {@link BatchSource#prefetch}. It returns the batches of the source it wraps in the same order,
 * with the same positions and identity, so that a run may be resumed with or without prefetching.
 *
 * <p>The wrapped source belongs to this one until it is closed, and must not be used meanwhile. An
 * exception from computing a batch is thrown by the call of {@link #next} that would have returned
 * it; the following call computes the batch again.
 *
 * <p>No thread waits between two batches: an instance that is no longer used is garbage even if it
 * was never closed.
 */
public final class Prefetched implements BatchSource, AutoCloseable {
  /** A batch, or why there is none. */
  private record Result(@Nullable Batch batch, @Nullable Throwable failure) {}

  private final BatchSource source;
  private final int ahead;
  private final long batchesPerEpoch;
  private final String identity;

  // Guarded by the lock; the source is used by the thread that is filling, or under the lock while
  // none is.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Result> ready = new ArrayDeque<>();
  private long position;
  private boolean filling;
  private boolean stopped;
  private boolean closed;

  Prefetched(BatchSource source, int ahead) {
    if (ahead < 1) {
      throw new IllegalArgumentException("[prefetch] expected at least 1 batch, got " + ahead);
    }
    this.source = source;
    this.ahead = ahead;
    batchesPerEpoch = source.batchesPerEpoch();
    identity = Objects.requireNonNull(source.identity(), "identity");
    position = source.position();
  }

  @Override
  public long batchesPerEpoch() {
    return batchesPerEpoch;
  }

  /** Returns the identity of the wrapped source. */
  @Override
  public String identity() {
    return identity;
  }

  @Override
  public long position() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves to a position, and discards what has been computed for others.
   *
   * @throws IllegalStateException if this source is closed
   */
  @Override
  public void seek(long to) {
    lock.lock();
    try {
      checkOpen();
      if (to != position) {
        stop();
        source.seek(to);
        position = to;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the next batch, waiting for it if need be.
   *
   * @throws IllegalStateException if this source is closed
   */
  @Override
  public Batch next() {
    lock.lock();
    try {
      checkOpen();
      fill();
      while (ready.isEmpty()) {
        changed.awaitUninterruptibly();
        checkOpen();
        fill();
      }
      Result result = ready.removeFirst();
      if (result.batch == null) {
        throw rethrown(Objects.requireNonNull(result.failure));
      }
      position++;
      fill();
      return result.batch;
    } finally {
      lock.unlock();
    }
  }

  private static RuntimeException rethrown(Throwable failure) {
    return switch (failure) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException("[prefetch] " + failure.getMessage(), failure);
    };
  }

  /** Starts a thread if batches are to be computed and none is computing them. */
  private void fill() {
    if (!filling && wanted()) {
      filling = true;
      try {
        Thread.ofVirtual().name("unroll-prefetch").start(this::run);
      } catch (Throwable e) {
        filling = false;
        throw e;
      }
    }
  }

  /** Nothing is computed after a failure, until it has been reported. */
  private boolean wanted() {
    return !stopped && ready.size() < ahead && (ready.isEmpty() || ready.getLast().failure == null);
  }

  private void run() {
    lock.lock();
    try {
      while (wanted()) {
        long at = position + ready.size();
        lock.unlock();
        Result result;
        try {
          result = compute(at);
        } finally {
          lock.lock();
        }
        // Calls of next meanwhile have moved both terms of "at" alike.
        if (!stopped) {
          ready.addLast(result);
          changed.signalAll();
        }
      }
    } finally {
      filling = false;
      changed.signalAll();
      lock.unlock();
    }
  }

  private Result compute(long at) {
    try {
      if (source.position() != at) {
        source.seek(at);
      }
      return new Result(Objects.requireNonNull(source.next(), "batch"), null);
    } catch (Throwable e) {
      return new Result(null, e);
    }
  }

  /** Waits until no thread uses the source, and discards the batches. */
  private void stop() {
    stopped = true;
    try {
      while (filling) {
        changed.awaitUninterruptibly();
      }
      ready.clear();
    } finally {
      stopped = false;
      changed.signalAll();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("[prefetch] expected an open source, got a closed one");
    }
  }

  /**
   * Ends prefetching, waits for a batch that is being computed, and leaves the wrapped source at
   * the position of this one. Does nothing if it is closed.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        stop();
        changed.signalAll();
        if (source.position() != position) {
          source.seek(position);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of batches computed ahead, and the source. */
  @Override
  public String toString() {
    return "Prefetched[" + ahead + " of " + source + "]";
  }
}
