package dev.unroll.examples.picture;

import java.awt.Graphics2D;
import java.util.function.Consumer;
import org.jfree.svg.SVGGraphics2D;

/** Draws pictures as SVG: the only place that knows how SVG is written. */
public final class Svg {
  private Svg() {}

  /** Returns the SVG of a picture. */
  public static String of(int width, int height, Consumer<Graphics2D> picture) {
    SVGGraphics2D svg = new SVGGraphics2D(width, height);
    svg.setGeomDoubleConverter(v -> String.valueOf(Math.rint(10 * v) / 10));
    picture.accept(svg);
    return svg.getSVGDocument();
  }
}
