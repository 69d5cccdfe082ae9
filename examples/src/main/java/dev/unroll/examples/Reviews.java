package dev.unroll.examples;

import dev.unroll.data.Split;
import dev.unroll.text.read.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Texts that were judged: lines of a number, a text and a label, between tabs, under a header. */
final class Reviews {
  private static final String HEADER = "id\tdocument\tlabel";

  /**
   * One of them.
   *
   * @param label 1 if its author was content, else 0
   */
  record Review(String text, int label) {}

  private Reviews() {}

  /**
   * Reads a file, and holds out its last tenth.
   *
   * @throws IOException if it cannot be read or is no such file; the message names the line
   */
  static Split<Review> read(Path path) throws IOException {
    String[] lines = Texts.read(path).split("\r?\n", -1);
    if (!lines[0].equals(HEADER)) {
      throw new IOException(path + ":1: expected the header id, document, label, between tabs");
    }
    List<Review> reviews = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      if (lines[i].isEmpty() && i == lines.length - 1) {
        break;
      }
      String[] fields = lines[i].split("\t", -1);
      if (fields.length != 3 || !(fields[2].equals("0") || fields[2].equals("1"))) {
        throw new IOException(
            path + ":" + (i + 1) + ": expected a number, a text and 0 or 1, between tabs");
      }
      reviews.add(new Review(fields[1].strip(), Integer.parseInt(fields[2])));
    }
    if (reviews.size() < 20) {
      throw new IOException(path + ": has " + reviews.size() + " reviews, expected at least 20");
    }
    return Split.last(reviews, 0.1);
  }
}
