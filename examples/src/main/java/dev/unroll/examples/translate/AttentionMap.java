package dev.unroll.examples.translate;

import dev.unroll.examples.picture.Page;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Formatter;
import java.util.Locale;

/**
 * A heat map of attention: a row per output character, a column per input character, darker for
 * larger weights.
 *
 * @param weights {@code [rows, columns or more]}
 */
record AttentionMap(String source, String target, Tensor weights) {
  private static final int CELL = 24;
  private static final int MARGIN = 40;

  /** Writes the picture, and creates its folder if necessary. */
  void write(Path file) throws IOException {
    Page.save(file, toSvg());
  }

  String toSvg() {
    String rows = target + "\u23ce"; // the end
    int width = MARGIN + CELL * source.length() + CELL;
    int height = MARGIN + CELL * rows.length() + CELL;
    try (Formatter svg = new Formatter(Locale.ROOT)) {
      svg.format(
          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
              + " font-family=\"sans-serif\" font-size=\"14\" text-anchor=\"middle\">%n"
              + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
          width, height);
      for (int s = 0; s < source.length(); s++) {
        text(svg, MARGIN + CELL * s + CELL / 2, MARGIN - 8, source.charAt(s));
      }
      int steps = Math.min(rows.length(), weights.shape().dim(0));
      for (int t = 0; t < steps; t++) {
        text(svg, MARGIN - CELL / 2, MARGIN + CELL * t + 17, rows.charAt(t));
        for (int s = 0; s < source.length(); s++) {
          svg.format(
              "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#1f4e79\""
                  + " fill-opacity=\"%.3f\" stroke=\"#cccccc\"/>%n",
              MARGIN + CELL * s, MARGIN + CELL * t, CELL, CELL, weights.get(t, s));
        }
      }
      return svg.format("</svg>%n").toString();
    }
  }

  private static void text(Formatter svg, int x, int y, char c) {
    boolean space = c == ' ' || c == '\u00a0' || c == '\u202f';
    String shown = space ? "\u2423" : Page.escape(String.valueOf(c)); // a visible space
    svg.format("<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, shown);
  }
}
