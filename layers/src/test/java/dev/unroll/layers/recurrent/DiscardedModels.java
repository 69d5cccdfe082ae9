package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;

/**
 * Models that are made, used and dropped: they predict, are trained, have a session, and leave a
 * graph and a session behind that nobody ends. Argument: how many. Prints how many computed what
 * the first one did.
 */
final class DiscardedModels {
  private static final int I = 32;
  private static final int H = 128;

  private DiscardedModels() {}

  public static void main(String[] args) {
    int models = Integer.parseInt(args[0]);
    Variable x = Variable.of(RandomKey.of(2).normal(DType.FLOAT32, Shape.of(4, 3, I), 0, 1));
    double expected = use(x);
    int right = 1;
    for (int i = 1; i < models; i++) {
      right += use(x) == expected ? 1 : 0;
    }
    System.out.println(right + " of " + models + " are right");
  }

  private static double use(Variable x) {
    Unroll<Hidden> unroll = Unroll.of(GruCell.of(I, H, Init.seed(1)));
    Linear head = Linear.of(H, 64, Init.seed(2));
    double sum = 0;
    for (int i = 0; i < 3; i++) { // from the second on, weights stay packed
      Variable h = unroll.apply(x, Mode.evaluation()).outputs();
      sum += head.apply(h).value().get(3, 2, i);
    }
    Variable loss = unroll.apply(x, Mode.evaluation()).outputs().abs().mean();
    Gradients.of(loss, unroll.parameters().values())
        .forEach((p, g) -> p.update(p.value().add(g.scaled(-0.1).dense())));
    float[] y = new float[H];
    try (Session closed = unroll.open(1, DType.FLOAT32)) {
      closed.step(new float[I], y);
    }
    Session left = unroll.open(1, DType.FLOAT32);
    left.step(new float[I], y);
    return sum + y[0];
  }
}
