package dev.unroll.layers.recurrent.check;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the origin of randomness in a cell: in training, random numbers come from the key of the
 * mode, separately for each sequence, and weights from the key of {@code Init}.
 */
final class CellNoise {
  private static final RandomKey KEY = RandomKey.of(0x6e6f);
  private static final int BATCH = 16;
  private static final int STEPS = 3;

  /**
   * The number of keys tried before concluding that a cell ignores them: a low rate may drop
   * nothing.
   */
  private static final int KEYS = 64;

  private CellNoise() {}

  /** Checks the random numbers drawn in training, on a batch of equal sequences. */
  static List<String> drawn(Cell<?> cell, DType type) {
    Tensor one = KEY.normal(type, Shape.of(1, STEPS, cell.inputSize()), 0, 1);
    Variable x = Variable.of(one.expand(Shape.of(BATCH, STEPS, cell.inputSize())));
    Unroll<?> unroll = Unroll.of(cell).eager();
    Recurrent.Result<?> used = unroll.apply(x, Mode.evaluation());
    Recurrent.Result<?> first = unroll.apply(x, Mode.training(KEY.fold(0)));
    if (!hasEqualRows(used) || CellLaws.same(used, first)) {
      return List.of();
    }
    for (int i = 1; i < KEYS; i++) {
      Recurrent.Result<?> other = unroll.apply(x, Mode.training(KEY.fold(i)));
      if (!CellLaws.same(first, other)) {
        return hasEqualRows(first) && hasEqualRows(other)
            ? List.of("In training, all sequences of a batch receive the same random numbers.")
            : List.of();
      }
    }
    return List.of(
        "In training, its outputs differ from those in evaluation, but are the same for every key: its random numbers do not come from the mode.");
  }

  private static boolean hasEqualRows(Recurrent.Result<?> r) {
    List<Variable> all = new ArrayList<>(List.of(r.outputs()));
    all.addAll(r.state().variables());
    for (Variable v : all) {
      Tensor values = v.value();
      Tensor row = values.slice(0, 0, 1).expand(values.shape());
      if (!values.sameBits(row)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks the weights of two cells that were made with different keys. Deterministic weights, such
   * as zeros or an identity, may be equal.
   */
  static List<String> weights(Cell<?> cell, Cell<?> other) {
    List<Tensor> a = values(cell);
    List<Tensor> b = values(other);
    boolean random = false;
    for (int i = 0; i < a.size(); i++) {
      if (i >= b.size() || !a.get(i).sameBits(b.get(i))) {
        return List.of();
      }
      random |= isIrregular(a.get(i));
    }
    return random
        ? List.of("Its weights are the same for every seed: they do not come from Init.")
        : List.of();
  }

  private static List<Tensor> values(Cell<?> cell) {
    return cell.parameters().values().stream().map(Variable::value).toList();
  }

  /** Returns whether a tensor has more than a few distinct values. */
  private static boolean isIrregular(Tensor t) {
    Set<Double> different = new HashSet<>();
    Arrays.stream(t.toDoubles()).forEach(different::add);
    return different.size() > 4;
  }
}
