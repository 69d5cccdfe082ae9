package dev.unroll.examples.translate;

import dev.unroll.text.read.Row;
import dev.unroll.text.read.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A question and its answer. */
record Exchange(String question, String answer) {
  private static final int FEWEST = 20;

  /**
   * Reads a comma-separated table with the columns Q and A.
   *
   * @throws IOException if there are fewer than 20
   */
  static List<Exchange> read(Path file) throws IOException {
    List<Exchange> all = new ArrayList<>();
    try (Stream<Row> rows = Tables.commas().named().read(file)) {
      rows.forEach(r -> all.add(new Exchange(r.field("Q").strip(), r.field("A").strip())));
    }
    all.removeIf(e -> e.question.isEmpty() || e.answer.isEmpty());
    if (all.size() < FEWEST) {
      throw new IOException(file + ": has " + all.size() + " exchanges, expected at least 20");
    }
    return all;
  }
}
