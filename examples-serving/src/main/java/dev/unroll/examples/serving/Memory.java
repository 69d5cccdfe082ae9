package dev.unroll.examples.serving;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of this process.
 *
 * @param heapKb used heap after a collection
 * @param directKb direct buffers
 * @param residentKb resident set, 0 where the system does not say
 * @param threads platform threads
 */
record Memory(long heapKb, long directKb, long residentKb, int threads) {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Collects garbage, and measures. */
  static Memory measure() throws IOException {
    System.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new Memory(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10,
        direct >> 10,
        resident(),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static long resident() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }
  }
}
