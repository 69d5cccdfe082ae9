package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.optim.Clipping;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Limited gradients, in one update of rate 0.1. */
class ClipTest {
  private static double moved(Line line) throws IOException {
    double before = line.layer.weight().value().item();
    line.trainer.run(1);
    return Math.abs(line.layer.weight().value().item() - before);
  }

  @Test
  void elementsAreLimitedByValue() throws IOException {
    Line line = new Line(12);
    line.trainer.clip(Clipping.byValue(0.25));
    assertThat(moved(line)).isCloseTo(0.025, within(1e-6));
  }

  @Test
  void theLastKindGivenIsUsedAndTheNormIsThatBefore() throws IOException {
    double[] norms = new double[2];
    for (int i = 0; i < 2; i++) {
      int at = i;
      Line line = new Line(12);
      line.trainer.listen(
          new Listener() {
            @Override
            public void onStep(TrainingStep step) {
              norms[at] = step.norm();
            }
          });
      moved(i == 0 ? line : clipped(line));
    }
    assertThat(norms[1]).isEqualTo(norms[0]).isGreaterThan(0.01);
  }

  private static Line clipped(Line line) throws IOException {
    line.trainer.clip(1).clip(Clipping.byValue(0.001));
    return line;
  }

  @Test
  void gradientsThatAreNoNumbersAreRefusedByEveryKind() {
    for (Clipping.Method method : new Clipping.Method[] {Clipping.byValue(1), Clipping.byNorm(1)}) {
      Line line = new Line(12);
      Task infinite =
          (batch, carried, mode) -> {
            Outcome o = line.loss(batch, carried, mode);
            Variable w = line.layer.weight().sum();
            Variable steep = w.sub(w.detach()).add(Variable.scalar(w.type(), 0)).sqrt();
            return new Outcome(
                o.loss().add(steep), o.output(), o.targets(), o.weight(), o.carried());
          };
      Trainer t = new Trainer(line.layer, infinite, line.optimizer(), line.source).clip(method);
      assertThatThrownBy(() -> t.run(1)).isInstanceOf(DivergedException.class);
    }
  }
}
