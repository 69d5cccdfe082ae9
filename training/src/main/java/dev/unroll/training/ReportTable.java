package dev.unroll.training;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints a {@link ClassReport} as a table. */
final class ReportTable {
  private static final int MATRIX = 20;
  private static final String CORNER = "actual, predicted:";
  private static final String MACRO = "macro average";

  private final ClassReport report;
  private final int width;

  private ReportTable(ClassReport report) {
    this.report = report;
    width =
        report.labels().stream().mapToInt(ReportTable::length).reduce(CORNER.length(), Math::max);
  }

  static String of(ClassReport report) {
    ReportTable table = new ReportTable(report);
    return table.classes() + (report.labels().size() <= MATRIX ? "\n" + table.matrix() : "");
  }

  private static int length(String label) {
    return label.codePointCount(0, label.length());
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - length(text))) + text;
  }

  private String left(String text) {
    return text + " ".repeat(width - length(text));
  }

  private String classes() {
    StringBuilder text = new StringBuilder(left("") + "  precision  recall      F1   support\n");
    for (int c = 0; c < report.labels().size(); c++) {
      text.append(left(report.labels().get(c)))
          .append(numbers(report.precision(c), report.recall(c), report.f1(c), report.support(c)));
    }
    text.append(left(MACRO))
        .append(
            numbers(
                report.macroPrecision(), report.macroRecall(), report.macroF1(), report.support()));
    return text.append(left("accuracy"))
        .append(String.format(Locale.ROOT, "%27.4f %9d\n", report.accuracy(), report.support()))
        .toString();
  }

  private static String numbers(double precision, double recall, double f1, long support) {
    return String.format(Locale.ROOT, "%11.4f %7.4f %7.4f %9d\n", precision, recall, f1, support);
  }

  private String matrix() {
    int n = report.labels().size();
    int[] widths =
        IntStream.range(0, n)
            .map(p ->
                IntStream.range(0, n)
                    .map(a -> String.valueOf(report.count(a, p)).length())
                    .reduce(length(report.labels().get(p)), Math::max))
            .toArray();
    StringBuilder text = new StringBuilder(left(CORNER));
    for (int p = 0; p < n; p++) {
      text.append("  ").append(right(report.labels().get(p), widths[p]));
    }
    for (int a = 0; a < n; a++) {
      int actual = a;
      text.append("\n")
          .append(left(report.labels().get(a)))
          .append(
              IntStream.range(0, n)
                  .mapToObj(p -> "  " + right(String.valueOf(report.count(actual, p)), widths[p]))
                  .collect(Collectors.joining()));
    }
    return text.append("\n").toString();
  }
}
