package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.Wrapper;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Sgd;
import dev.unroll.testing.Printed;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters that a loss reads and the model does not describe. */
class UndescribedTest {
  private static final Init INIT = Init.seed(3);

  /** A cell that multiplies its output by parameters, which it may not describe. */
  private record Forgetful(Cell<Hidden> cell, List<Parameter> more, boolean describes)
      implements Wrapper<Hidden> {
    @Override
    public Step<Hidden> step(Variable x, Hidden state, Mode mode) {
      Variable h = stepInside(x, state, mode).output();
      for (Parameter p : more) {
        h = h.mul(p.tanh());
      }
      return new Step<>(h, new Hidden(h));
    }

    @Override
    public void describe(Parts parts) {
      parts.layer("cell", cell);
      for (int i = 0; describes && i < more.size(); i++) {
        parts.parameter("more" + i, more.get(i));
      }
    }
  }

  private static Forgetful cell(int forgotten, boolean describes) {
    List<Parameter> more = List.of(INIT.full(1, 1), INIT.full(1, 1, 1)).subList(0, forgotten);
    return new Forgetful(RnnCell.of(1, 1, INIT), more, describes);
  }

  private static Variable loss(Unroll<Hidden> unroll, Batch batch, Mode mode) {
    Variable x = Variable.of(batch.inputs().reshape(batch.size(), 1, 1));
    return Loss.mse()
        .of(unroll.apply(x, mode).outputs(), batch.targets().reshape(batch.size(), 1, 1));
  }

  @Test
  void undescribedParametersAreFoundForEveryKindOfRun() {
    Batch batch = new Line(4).source.next();
    for (int forgotten : new int[] {1, 2}) {
      Forgetful cell = cell(forgotten, false);
      Unroll<Hidden> planned = Unroll.of(cell);
      for (Unroll<Hidden> unroll : List.of(planned, planned.eager(), planned.checkpointed())) {
        Variable loss = loss(unroll, batch, Mode.evaluation());
        String sentence = ParameterChecks.undescribed(cell, loss);
        if (forgotten == 1) {
          assertThat(sentence)
              .isEqualTo(
                  "the loss reads 1 parameter that the model does not describe: float32 [1]; it is"
                      + " neither trained nor saved");
        } else {
          assertThat(sentence)
              .startsWith(
                  "the loss reads 2 parameters that the model does not describe: float32 [1")
              .endsWith("; they are neither trained nor saved");
        }
      }
      assertThat(planned.explain()).startsWith("forward ");
      Forgetful whole = cell(forgotten, true);
      Variable loss = loss(Unroll.of(whole), batch, Mode.evaluation());
      assertThat(ParameterChecks.undescribed(whole, loss)).isEmpty();
    }
  }

  private static String logged(Forgetful cell) throws IOException {
    Line line = new Line(4);
    Unroll<Hidden> unroll = Unroll.of(cell);
    Task task =
        (batch, carried, mode) -> {
          Variable loss = loss(unroll, batch, mode);
          return new Outcome(loss, loss, batch.targets(), batch.size(), List.of());
        };
    Trainer trainer =
        new Trainer(cell, task, Optimizer.of(new Sgd(0.1), cell.parameters()), line.source);
    return Printed.toError(() -> trainer.accumulate(2).run(3));
  }

  @Test
  void aTrainerLogsUndescribedParametersOnce() throws IOException {
    assertThat(logged(cell(1, false)))
        .containsOnlyOnce("WARN")
        .containsOnlyOnce("the loss reads 1 parameter that the model does not describe: ");
    assertThat(logged(cell(1, true))).doesNotContain("WARN");
  }
}
