package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.util.Map;

/**
 * One training step of an LSTM on a long sequence, in a JVM of its own: 32 units, input 4, batch
 * 16, a loss on the last state. Arguments: the number of steps, and {@code checkpointed} or {@code
 * kept}.
 */
final class LongSequence {
  private static final double RATE = 0.1;

  private LongSequence() {}

  public static void main(String[] args) {
    int steps = Integer.parseInt(args[0]);
    Unroll<LstmState> kept = Unroll.of(LstmCell.of(4, 32, Init.seed(1)));
    Unroll<LstmState> unroll = args[1].equals("checkpointed") ? kept.checkpointed() : kept;
    Variable x = Variable.of(RandomKey.of(2).uniform(DType.FLOAT32, Shape.of(16, steps, 4), -1, 1));
    long start = System.nanoTime();
    Variable h = unroll.apply(x, Mode.evaluation()).state().h();
    Variable loss = h.mul(h).mean();
    Map<Parameter, Gradient> g = Gradients.of(loss, unroll.parameters().values());
    g.forEach((p, d) -> p.update(p.value().add(d.scaled(-RATE).dense())));
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%s %,d steps: loss %.9f, %.1f s%n", args[1], steps, loss.value().item(), seconds);
  }
}
