package dev.unroll.benchmarks;

import java.util.Locale;

/**
 * The result of a workload.
 *
 * @param library the library that was measured
 */
record Figure(Workload workload, int threads, String library, double value) {
  static final String CSV_HEADER = "workload,threads,unit,library,value";

  String csv() {
    return String.join(",", workload.name(), "" + threads, "" + workload.unit(), library, digits());
  }

  /** Returns a line of the table; {@code peak} is that of the same run, 0 if unknown. */
  String line(double peak) {
    String share =
        workload.unit() == Unit.GFLOPS && peak > 0
            ? String.format(Locale.ROOT, "%5.1f%% of peak", 100 * value / peak)
            : "";
    return String.format(
            Locale.ROOT,
            "%-26s %2d  %10s %-10s  %s  %s",
            workload.name(),
            threads,
            digits(),
            workload.unit(),
            library,
            share)
        .stripTrailing();
  }

  private String digits() {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }
}
