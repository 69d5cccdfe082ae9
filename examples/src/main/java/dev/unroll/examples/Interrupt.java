package dev.unroll.examples;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C and SIGTERM as a request: the JVM begins to shut down, and waits until this is closed, so
 * that work can be brought to an end and saved.
 */
final class Interrupt implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable request;
  private final Thread hook = new Thread(this::ask, "interrupt");
  private volatile boolean requested;

  /**
   * Begins to listen.
   *
   * @param request what asks the work to end; called from another thread
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
        // The shutdown has just begun; it has nothing to wait for any more.
      }
    }
  }
}
