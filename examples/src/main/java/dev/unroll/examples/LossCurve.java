package dev.unroll.examples;

import dev.unroll.interop.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/** The loss of a training, step by step, beside what it is held against. */
final class LossCurve {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  /** Points of the curve: each is the mean of the steps between. */
  private static final int POINTS = 300;

  private static final Color[] COLORS = {
    new Color(0x1f77b4),
    new Color(0x2ca02c),
    new Color(0x9467bd),
    new Color(0xd62728),
    new Color(0x17becf)
  };

  private LossCurve() {}

  /**
   * Writes the curve as SVG.
   *
   * @param bits the loss of each step, in bits per character
   * @param levels the loss of others on the text held out, by name
   */
  static void write(Path path, List<Double> bits, Map<String, Double> levels) throws IOException {
    XYSeriesCollection data = new XYSeriesCollection();
    data.addSeries(smooth(bits));
    levels.forEach((name, level) -> {
      XYSeries s = new XYSeries(name + ", held out");
      s.add(0, level.doubleValue());
      s.add(bits.size(), level.doubleValue());
      data.addSeries(s);
    });
    JFreeChart chart = ChartFactory.createXYLineChart("", "step", "bits per character", data);
    style(chart.getXYPlot(), data.getSeriesCount());
    SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
    chart.draw(svg, new Rectangle(WIDTH, HEIGHT));
    byte[] bytes = svg.getSVGDocument().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(path, out -> out.write(bytes));
  }

  private static XYSeries smooth(List<Double> bits) {
    XYSeries s = new XYSeries("training");
    int width = Math.max(1, bits.size() / POINTS);
    for (int i = 0; i < bits.size(); i += width) {
      List<Double> part = bits.subList(i, Math.min(bits.size(), i + width));
      s.add(i + part.size() / 2.0, part.stream().mapToDouble(b -> b).average().orElseThrow());
    }
    return s;
  }

  private static void style(XYPlot plot, int series) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
    ((NumberAxis) plot.getRangeAxis()).setAutoRangeIncludesZero(false);
    XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    for (int i = 0; i < series; i++) {
      lines.setSeriesPaint(i, COLORS[i % COLORS.length]);
      lines.setSeriesStroke(i, new BasicStroke(i == 0 ? 2f : 1.2f));
    }
    plot.setRenderer(lines);
  }
}
