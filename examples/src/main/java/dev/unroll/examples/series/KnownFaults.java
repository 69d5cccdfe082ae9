package dev.unroll.examples.series;

import dev.unroll.examples.fit.JsonFile;
import dev.unroll.examples.series.Episodes.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads known anomalies: a JSON list of pairs of times per file (NAB's format). */
final class KnownFaults {
  private KnownFaults() {}

  /**
   * Reads the anomalies of a series.
   *
   * @throws IOException if the file is malformed or does not name the series
   */
  static List<Span> read(Path file, Series series) throws IOException {
    JsonNode all = JsonFile.read(file);
    for (String name : all.propertyNames()) {
      if (name.equals(series.name()) || name.endsWith("/" + series.name())) {
        return spans(file, all.get(name), series);
      }
    }
    throw new IOException(file + ": does not name " + series.name());
  }

  private static List<Span> spans(Path file, JsonNode windows, Series series) throws IOException {
    List<Span> spans = new ArrayList<>();
    for (JsonNode w : windows) {
      if (w.size() != 2 || !w.path(0).isString() || !w.path(1).isString()) {
        throw new IOException(file + ": expected two times for each fault, not " + brief(w));
      }
      int from = first(series, w.get(0).asString());
      int to = first(series, w.get(1).asString());
      spans.add(new Span(from, Math.min(to, series.times().size() - 1)));
    }
    return spans;
  }

  private static String brief(JsonNode node) {
    String text = node.toString();
    return text.length() <= 80 ? text : text.substring(0, 79) + "\u2026";
  }

  /** Returns the index of the first value at or after a time; these times sort as strings. */
  private static int first(Series series, String time) {
    int t = 0;
    while (t < series.times().size() && (series.times().get(t) + ".000000").compareTo(time) < 0) {
      t++;
    }
    return t;
  }
}
