package dev.unroll.examples;

import java.util.concurrent.CountDownLatch;

/**
 * Turns Ctrl-C and SIGTERM into a request: the JVM begins to shut down, but waits until this is
 * closed, so that work can be finished and saved.
 */
final class Interrupt implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable request;
  private final Thread hook = new Thread(this::ask, "interrupt");
  private volatile boolean requested;

  /**
   * Registers a request.
   *
   * @param request asks the work to end; called on another thread
   */
  Interrupt(Runnable request) {
    this.request = request;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void ask() {
    requested = true;
    request.run();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The shutdown has just begun, and need not wait any more.
      }
    }
  }
}
