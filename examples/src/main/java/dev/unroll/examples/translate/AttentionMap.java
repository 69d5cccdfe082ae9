package dev.unroll.examples.translate;

import dev.unroll.examples.picture.Svg;
import dev.unroll.tensor.Tensor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;

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
    String rows = target + "\u23ce"; // the end
    int width = MARGIN + CELL * source.length() + CELL;
    int height = MARGIN + CELL * rows.length() + CELL;
    Svg.write(
        file,
        width,
        height,
        g -> {
          g.setColor(Color.WHITE);
          g.fillRect(0, 0, width, height);
          g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
          draw(g, rows);
        });
  }

  private void draw(Graphics2D g, String rows) {
    for (int s = 0; s < source.length(); s++) {
      text(g, MARGIN + CELL * s + CELL / 2, MARGIN - 8, source.charAt(s));
    }
    int steps = Math.min(rows.length(), weights.shape().dim(0));
    for (int t = 0; t < steps; t++) {
      text(g, MARGIN - CELL / 2, MARGIN + CELL * t + 17, rows.charAt(t));
      for (int s = 0; s < source.length(); s++) {
        int x = MARGIN + CELL * s;
        int y = MARGIN + CELL * t;
        g.setColor(new Color(0x1f, 0x4e, 0x79, (int) Math.round(255 * weights.get(t, s))));
        g.fillRect(x, y, CELL, CELL);
        g.setColor(Color.LIGHT_GRAY);
        g.drawRect(x, y, CELL, CELL);
      }
    }
  }

  private static void text(Graphics2D g, int x, int y, char c) {
    boolean space = c == ' ' || c == '\u00a0' || c == '\u202f';
    String shown = space ? "\u2423" : String.valueOf(c); // a space that can be seen
    g.setColor(Color.BLACK);
    g.drawString(shown, x - g.getFontMetrics().stringWidth(shown) / 2, y);
  }
}
