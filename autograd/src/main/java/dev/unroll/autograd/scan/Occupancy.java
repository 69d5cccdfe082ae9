package dev.unroll.autograd.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Tracks the thread inside a resource that one thread may use at a time, until it is closed.
 * Entering costs one compare-and-set and allocates nothing.
 */
final class Occupancy {
  private static final long FREE = 0;
  private static final long CLOSED = -1;
  private static final long PAUSE_NANOS = 10_000;
  private static final VarHandle OWNER;

  static {
    try {
      OWNER = MethodHandles.lookup().findVarHandle(Occupancy.class, "owner", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String resource;

  /** The id of the thread inside, which is positive, or one of the constants. */
  @SuppressWarnings("FieldMayBeFinal") // written through OWNER
  private volatile long owner = FREE;

  Occupancy(String resource) {
    this.resource = resource;
  }

  /**
   * Enters the resource.
   *
   * @throws IllegalStateException if it is closed, or a thread is inside
   */
  void enter() {
    if (!OWNER.compareAndSet(this, FREE, Thread.currentThread().threadId())) {
      throw refusal();
    }
  }

  /** Leaves the resource; writes made inside are visible to the next thread that enters. */
  void leave() {
    OWNER.setRelease(this, FREE);
  }

  void checkOpen() {
    if (owner == CLOSED) {
      throw refusal();
    }
  }

  /**
   * Closes the resource, after the thread inside has left; has no effect if it is closed.
   *
   * @throws IllegalStateException if this thread is inside
   */
  void end() {
    while (!OWNER.compareAndSet(this, FREE, CLOSED)) {
      long now = owner;
      if (now == CLOSED) {
        return;
      }
      if (now == Thread.currentThread().threadId()) {
        throw new IllegalStateException(
            "[" + resource + "] the " + resource + " cannot be closed from within its own step");
      }
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }

  private IllegalStateException refusal() {
    long now = owner;
    String reason = "is used by another thread: it belongs to one thread at a time";
    if (now == CLOSED) {
      reason = "is closed";
    } else if (now == Thread.currentThread().threadId()) {
      reason = "is inside a step: that step cannot use it";
    }
    return new IllegalStateException("[" + resource + "] the " + resource + " " + reason);
  }
}
