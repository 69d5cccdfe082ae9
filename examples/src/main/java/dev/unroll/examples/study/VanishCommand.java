package dev.unroll.examples.study;

import dev.unroll.autograd.Variable;
import dev.unroll.interop.AtomicFile;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cells;
import dev.unroll.layers.recurrent.GradientFlow;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how much of a loss at the end arrives at each step. */
@Command(
    name = "vanish",
    description = "Shows how much of a loss arrives at each step before.",
    sortOptions = false,
    showDefaultValues = true)
public final class VanishCommand implements Callable<Integer> {
  private static final int INPUT = 8;
  private static final int BATCH = 16;
  private static final int LINES = 11;

  @Option(names = "--cells", paramLabel = "NAME", split = ",", description = "Which to compare.")
  private List<String> cells = List.of("rnn", "lstm", "gru");

  @Option(names = "--length", paramLabel = "N", description = "Steps.")
  private int length = 100;

  @Option(names = "--hidden", paramLabel = "N", description = "The size of each cell.")
  private int hidden = 64;

  @Option(names = "--out", paramLabel = "FILE", description = "Where to draw the picture.")
  private Path out = Path.of("vanish.svg");

  @Option(names = "--seed", paramLabel = "N", description = "Of weights and inputs.")
  private long seed = 1;

  private VanishCommand() {}

  @Override
  public Integer call() throws IOException {
    if (length < 2 || hidden < 1) {
      throw new IllegalArgumentException("--length must be at least 2, --hidden at least 1");
    }
    Map<String, GradientFlow> flows = new LinkedHashMap<>();
    for (String cell : cells) {
      flows.put(cell, flow(Unroll.of(Cells.named(cell).create(INPUT, hidden, Init.seed(seed)))));
    }
    flows.forEach((cell, flow) ->
        System.out.printf(
            Locale.ROOT,
            "%s, not trained: norm of the gradient by the state after each step;%n"
                + "of the last step's, %.1e arrive at the first%n%s%n",
            cell,
            flow.kept(),
            flow.toText(LINES)));
    byte[] svg = GradientFlow.toSvg(flows).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(out, to -> to.write(svg));
    System.out.println("drawn " + out);
    return 0;
  }

  private GradientFlow flow(Unroll<?> unroll) {
    Tensor x = RandomKey.of(seed).normal(DType.FLOAT32, Shape.of(BATCH, length, INPUT), 0, 1);
    return GradientFlow.of(unroll, x, Mode.evaluation(), this::last);
  }

  /** A loss of the last outputs alone. */
  private Variable last(Variable outputs) {
    Variable h = outputs.select(1, length - 1);
    return h.mul(h).sum();
  }
}
