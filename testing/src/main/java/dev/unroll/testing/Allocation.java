package dev.unroll.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the current thread has allocated. It is here because the modules under test do not read
 * {@code java.management}.
 */
public final class Allocation {
  private Allocation() {}

  /**
   * Returns the bytes that the current thread has allocated since it started.
   *
   * @return the bytes
   */
  public static long bytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
