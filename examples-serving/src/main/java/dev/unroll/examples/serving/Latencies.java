package dev.unroll.examples.serving;

import java.util.Arrays;

/** Times of requests, of any number of threads. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int size;

  synchronized void add(long each) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = each;
  }

  synchronized int count() {
    return size;
  }

  /** Returns the time in milliseconds below which a fraction of all requests lies, 0 for none. */
  synchronized double millis(double fraction) {
    if (size == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[Math.min(size - 1, (int) (fraction * size))] / 1e6;
  }
}
