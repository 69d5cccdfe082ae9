package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;

/** Formats the parameters of a model as a table. */
final class Summary {
  private Summary() {}

  static String of(Map<String, Parameter> parameters) {
    int path = 9; // the longest word of the last line and of the heading
    int shape = 5;
    long all = 0;
    for (Map.Entry<String, Parameter> e : parameters.entrySet()) {
      path = Math.max(path, e.getKey().length());
      shape = Math.max(shape, e.getValue().shape().toString().length());
      all += e.getValue().shape().size();
    }
    String row = "%-" + path + "s  %-" + shape + "s  %,13d%n";
    try (Formatter table = new Formatter(Locale.ROOT)) {
      table.format("%-" + path + "s  %-" + shape + "s  %13s%n", "parameter", "shape", "weights");
      parameters.forEach((p, v) -> table.format(row, p, v.shape(), v.shape().size()));
      return table.format(row, "all", "", all).toString();
    }
  }
}
