package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page about the planner shows what its passes print; {@code -Dunroll.golden=update} writes it.
 */
class PlannerPageTest {
  private static final Path PAGE = Modules.ROOT.resolve("docs/planner.md");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (\\w+) (\\w+) -->\n```text\n.*?```", Pattern.DOTALL);

  /** The cell of the page. */
  record Leaky(Linear candidate, double rate) implements Cell<Hidden> {
    @Override
    public int inputSize() {
      return candidate.weight().shape().dim(0) - outputSize();
    }

    @Override
    public int outputSize() {
      return candidate.weight().shape().dim(1);
    }

    @Override
    public Hidden initialState(int batch, DType type) {
      return new Hidden(Cell.zeros(type, batch, outputSize()));
    }

    @Override
    public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
      Variable c = candidate.apply(Variable.concat(1, x, s.h())).tanh();
      Variable h = s.h().add(c.sub(s.h()).mul(rate));
      return new Step<>(h, new Hidden(h));
    }

    @Override
    public void describe(Parts parts) {
      parts.layer("candidate", candidate);
    }
  }

  private static Unroll<?> run(Unroll<?> unroll) {
    Tensor x = Tensor.zeros(DType.FLOAT32, Shape.of(2, 5, 3));
    unroll.apply(Variable.of(x), Mode.evaluation());
    return unroll;
  }

  private static Unroll<?> named(String cell) {
    Init init = Init.seed(1);
    return switch (cell) {
      case "lstm" -> run(Unroll.of(LstmCell.of(3, 4, init)));
      case "leaky" -> run(Unroll.of(new Leaky(Linear.of(3 + 4, 4, init), 0.1)));
      default -> throw new IllegalArgumentException(cell);
    };
  }

  /** Lines of the program are left out: they move. */
  private static String block(String cell, String pass) {
    String text = named(cell).explain(pass).replaceAll(" # [^\n]*", "");
    return "<!-- " + cell + " " + pass + " -->\n```text\n" + text + "```";
  }

  @Test
  void thePageShowsWhatThePassesPrint() throws IOException {
    String page = Files.readString(PAGE);
    String now =
        BLOCK
            .matcher(page)
            .replaceAll(m -> Matcher.quoteReplacement(block(m.group(1), m.group(2))));
    if ("update".equals(System.getProperty("unroll.golden"))) {
      Files.writeString(PAGE, now);
    }
    assertThat(BLOCK.matcher(page).results()).hasSize(11);
    assertThat(Files.readString(PAGE))
        .as("if the change is meant, rerun with -Dunroll.golden=update and commit it")
        .isEqualTo(now);
  }
}
