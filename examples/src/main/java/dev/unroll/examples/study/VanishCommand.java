package dev.unroll.examples.study;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.CellName;
import dev.unroll.examples.picture.Chart;
import dev.unroll.files.OutputPaths;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.recurrent.diagnostics.GradientFlow;
import dev.unroll.optim.Clipping;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how gradients vanish through time. */
@Command(name = "vanish", description = "Shows how gradients vanish through time.")
public final class VanishCommand implements Application {
  private static final int INPUT = 8;
  private static final int BATCH = 16;
  private static final int LINES = 11;
  private static final double LIMIT = 1;

  @Option(
      names = "--cells",
      paramLabel = "NAME",
      split = ",",
      converter = CellName.class,
      description = "The cells to compare.")
  private List<String> cells = List.of("rnn", "lstm", "gru");

  @Option(names = "--length", paramLabel = "N", description = "Number of steps.")
  private int length = 100;

  @Option(names = "--hidden", paramLabel = "N", description = "The size of each cell.")
  private int hidden = 64;

  @Option(names = "--out", paramLabel = "FILE", description = "The file of the chart.")
  private Path out = Path.of("runs", "vanish.svg");

  @Option(names = "--seed", paramLabel = "N", description = "The seed of weights and inputs.")
  private long seed = 1;

  @Override
  public void run() throws IOException {
    if (length < 2) {
      throw new IllegalArgumentException("--length must be at least 2, not " + length);
    }
    OutputPaths.file(out);
    Map<String, GradientFlow> flows = new LinkedHashMap<>();
    Map<String, Double> norms = new LinkedHashMap<>();
    for (String name : cells) {
      Cell<?> cell = Cells.named(name, INPUT, hidden, Init.seed(seed));
      flows.put(name, GradientFlow.of(Unroll.of(cell), inputs(), Mode.evaluation(), this::last));
      norms.put(name, norm(cell));
    }
    flows.forEach((cell, flow) ->
        print(
            "%s, not trained: norm of the gradient by the state after each step;%n"
                + "of the last step's, %.1e arrive at the first%n%s%n",
            cell, flow.ratio(), flow.toText(LINES)));
    print("gradient by all weights   norm       clipped to 1%n");
    norms.forEach((cell, norm) -> print("%-23s %9.2e %9.2e%n", cell, norm, Math.min(norm, LIMIT)));
    print("%n");
    draw(flows);
    print("drawn %s%n", out);
  }

  private void draw(Map<String, GradientFlow> flows) throws IOException {
    Chart chart = new Chart("step", "norm of dL/dh").logarithmic();
    flows.forEach((cell, flow) -> {
      for (int t = 0; t < flow.norms().size(); t++) {
        double norm = flow.norms().get(t);
        if (norm > 0) { // A gradient of 0 has no logarithm: the line ends there.
          chart.point(cell, t + 1, norm);
        }
      }
    });
    chart.write(out);
  }

  private Tensor inputs() {
    return RandomKey.of(seed).normal(DType.FLOAT32, Shape.of(BATCH, length, INPUT), 0, 1);
  }

  /** Returns the global gradient norm, which clipping limits. */
  private double norm(Cell<?> cell) {
    Variable x = Variable.of(inputs());
    Variable loss = last(Unroll.of(cell).apply(x, Mode.evaluation()).outputs());
    return Clipping.globalNorm(Gradients.of(loss, cell.parameters().values()), LIMIT).norm();
  }

  /** Returns a loss of the last outputs only. */
  private Variable last(Variable outputs) {
    Variable h = outputs.select(1, length - 1);
    return h.mul(h).sum();
  }
}
