package dev.unroll.examples.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** A line chart as SVG. The first line is the thickest. */
public final class Chart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;
  private static final Color[] COLORS = {
    new Color(0x1f77b4),
    new Color(0xd62728),
    new Color(0x2ca02c),
    new Color(0x9467bd),
    new Color(0x17becf),
    new Color(0xff7f0e)
  };

  private final String across;
  private final String up;
  private final XYSeriesCollection lines = new XYSeriesCollection();
  private final YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
  private boolean logarithmic;

  /**
   * Creates a chart.
   *
   * @param across the label of the horizontal axis
   * @param up the label of the vertical axis
   */
  public Chart(String across, String up) {
    this.across = across;
    this.up = up;
  }

  /** Makes the vertical axis logarithmic; all values must be positive. */
  public Chart logarithmic() {
    logarithmic = true;
    return this;
  }

  /** Adds a point to a line; a new name starts a new line. */
  public void point(String line, double x, double y) {
    if (lines.getSeriesIndex(line) < 0) {
      lines.addSeries(new XYSeries(line));
    }
    lines.getSeries(line).add(x, y);
  }

  /** Adds an interval to a line, drawn as a band of its color. */
  public void band(String line, double x, double lower, double upper) {
    if (bands.indexOf(line) < 0) {
      bands.addSeries(new YIntervalSeries(line));
    }
    bands.getSeries(bands.indexOf(line)).add(x, (lower + upper) / 2, lower, upper);
  }

  /** Writes the chart, and creates its folder if necessary. */
  public void write(Path path) throws IOException {
    JFreeChart chart = ChartFactory.createXYLineChart("", across, up, lines);
    XYPlot plot = chart.getXYPlot();
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
    if (logarithmic) {
      plot.setRangeAxis(new LogarithmicAxis(up));
    } else {
      ((NumberAxis) plot.getRangeAxis()).setAutoRangeIncludesZero(false);
    }
    ((NumberAxis) plot.getDomainAxis()).setAutoRangeIncludesZero(false);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true); // one path instead of a thousand lines
    for (int i = 0; i < lines.getSeriesCount(); i++) {
      renderer.setSeriesPaint(i, COLORS[i % COLORS.length]);
      renderer.setSeriesStroke(i, new BasicStroke(i == 0 ? 2f : 1.2f));
    }
    plot.setRenderer(renderer);
    DeviationRenderer behind = new DeviationRenderer(false, false);
    for (int i = 0; i < bands.getSeriesCount(); i++) {
      int line = lines.getSeriesIndex(bands.getSeriesKey(i));
      behind.setSeriesFillPaint(i, COLORS[line % COLORS.length]);
      behind.setSeriesVisibleInLegend(i, false);
    }
    plot.setDataset(1, bands);
    plot.setRenderer(1, behind);
    Svg.write(path, WIDTH, HEIGHT, g -> chart.draw(g, new Rectangle(WIDTH, HEIGHT)));
  }
}
