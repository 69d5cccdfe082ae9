package dev.unroll.examples.picture;

import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jfree.svg.SVGGraphics2D;

/** Draws pictures as SVG: the only place that knows how SVG is written. */
public final class Svg {
  private Svg() {}

  /** Writes a picture, and creates its folder if necessary. */
  public static void write(Path path, int width, int height, Consumer<Graphics2D> picture)
      throws IOException {
    SVGGraphics2D svg = new SVGGraphics2D(width, height);
    svg.setGeomDoubleConverter(v -> String.valueOf(Math.rint(10 * v) / 10));
    picture.accept(svg);
    Page.save(path, svg.getSVGDocument());
  }
}
