package dev.unroll.examples.study;

import dev.unroll.interop.AtomicFile;
import dev.unroll.layers.recurrent.GradientFlow;
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
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.svg.SVGGraphics2D;

/** Gradients through time as a picture, on a logarithmic scale. */
final class FlowCurves {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  private FlowCurves() {}

  static void write(Path path, Map<String, GradientFlow> flows) throws IOException {
    XYSeriesCollection data = new XYSeriesCollection();
    flows.forEach((cell, flow) -> {
      XYSeries s = new XYSeries(cell);
      List<Double> norms = flow.norms();
      for (int t = 0; t < norms.size(); t++) {
        if (norms.get(t) > 0) {
          s.add(t + 1, norms.get(t).doubleValue());
        }
      }
      data.addSeries(s);
    });
    JFreeChart chart = ChartFactory.createXYLineChart("", "step", "norm of dL/dh", data);
    XYPlot plot = chart.getXYPlot();
    plot.setRangeAxis(new LogAxis("norm of dL/dh"));
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
    XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    for (int i = 0; i < flows.size(); i++) {
      lines.setSeriesStroke(i, new BasicStroke(2));
    }
    plot.setRenderer(lines);
    SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
    chart.draw(svg, new Rectangle(WIDTH, HEIGHT));
    byte[] bytes = svg.getSVGDocument().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(path, to -> to.write(bytes));
  }
}
