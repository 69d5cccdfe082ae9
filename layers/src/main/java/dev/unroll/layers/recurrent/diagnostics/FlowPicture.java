package dev.unroll.layers.recurrent.diagnostics;

import java.util.Collection;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gradients through time as a picture: steps to the right, norms upwards on a logarithmic scale.
 */
final class FlowPicture {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;
  private static final int LEFT = 80;
  private static final int RIGHT = 880;
  private static final int TOP = 20;
  private static final int BOTTOM = 420;
  private static final int LINES = 10;
  private static final List<String> COLORS =
      List.of("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#7f7f7f");

  private final Formatter svg = new Formatter(Locale.ROOT);
  private final int steps;
  private final int low;
  private final int high;

  private FlowPicture(Collection<GradientFlow> flows) {
    steps = flows.stream().mapToInt(f -> f.norms().size()).max().orElse(1);
    List<Double> logs =
        flows.stream()
            .flatMap(f -> f.norms().stream())
            .filter(v -> v > 0)
            .map(Math::log10)
            .toList();
    low = (int) Math.floor(logs.stream().mapToDouble(v -> v).min().orElse(0));
    high = Math.max(low + 1, (int) Math.ceil(logs.stream().mapToDouble(v -> v).max().orElse(1)));
  }

  static String of(Map<String, GradientFlow> flows) {
    FlowPicture p = new FlowPicture(flows.values());
    p.svg.format(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='13'>%n",
        WIDTH, HEIGHT);
    p.svg.format("<rect width='%d' height='%d' fill='white'/>%n", WIDTH, HEIGHT);
    p.axes();
    int i = 0;
    for (Map.Entry<String, GradientFlow> e : flows.entrySet()) {
      p.line(e.getKey(), e.getValue(), i, LEFT + i * (RIGHT - LEFT) / Math.max(4, flows.size()));
      i++;
    }
    p.svg.format("</svg>%n");
    return p.svg.toString();
  }

  private double x(int step) {
    return LEFT + (double) (RIGHT - LEFT) * (step - 1) / Math.max(1, steps - 1);
  }

  private double y(double log) {
    return BOTTOM - (BOTTOM - TOP) * (log - low) / (high - low);
  }

  private void axes() {
    int every = Math.ceilDiv(high - low, LINES);
    for (int log = low; log <= high; log += every) {
      double y = y(log);
      svg.format("<path d='M%d %.1fH%d' stroke='#ddd'/>%n", LEFT, y, RIGHT);
      svg.format("<text x='%d' y='%.1f' text-anchor='end'>1e%d</text>%n", LEFT - 8, y + 4, log);
    }
    every = Math.ceilDiv(steps, LINES);
    for (int step = 1; step <= steps; step += every) {
      double x = x(step);
      svg.format("<path d='M%.1f %dV%d' stroke='#ddd'/>%n", x, TOP, BOTTOM);
      svg.format("<text x='%.1f' y='%d' text-anchor='middle'>%d</text>%n", x, BOTTOM + 18, step);
    }
    svg.format(
        "<text x='%d' y='%d' text-anchor='middle'>step</text>%n", (LEFT + RIGHT) / 2, BOTTOM + 40);
    svg.format(
        "<text transform='translate(20 %d) rotate(-90)' text-anchor='middle'>norm of dL/dh</text>%n",
        (TOP + BOTTOM) / 2);
  }

  private void line(String name, GradientFlow flow, int number, int legend) {
    String color = COLORS.get(number % COLORS.size());
    StringBuilder points = new StringBuilder();
    for (int t = 0; t < flow.norms().size(); t++) {
      double norm = flow.norms().get(t);
      if (norm > 0) { // Nothing that arrives has no logarithm: the line ends there.
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(t + 1), y(Math.log10(norm))));
      }
    }
    svg.format(
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>%n",
        points.toString().strip(), color);
    int y = BOTTOM + 66;
    svg.format("<path d='M%d %dh24' stroke='%s' stroke-width='3'/>%n", legend, y - 4, color);
    svg.format("<text x='%d' y='%d'>%s</text>%n", legend + 30, y, escaped(name));
  }

  private static String escaped(String name) {
    return name.chars()
        .mapToObj(c -> "<>&'\"".indexOf(c) >= 0 ? "&#" + c + ";" : String.valueOf((char) c))
        .collect(Collectors.joining());
  }
}
