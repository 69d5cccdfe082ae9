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
import java.util.List;
import java.util.function.Supplier;

/** Checks that each call of a cell depends only on its arguments, not on earlier calls. */
final class CellCalls {
  private static final RandomKey KEY = RandomKey.of(0x6361);
  private static final int BATCH = 3;
  private static final int STEPS = 4;

  private CellCalls() {}

  /**
   * Checks a cell.
   *
   * @param fresh creates cells of the same parameters that have not been called
   */
  static List<String> of(Supplier<? extends Cell<?>> fresh, DType type) {
    List<String> found = new ArrayList<>();
    Cell<?> cell = fresh.get();
    Unroll<?> planned = Unroll.of(cell);
    Unroll<?> eager = planned.eager();
    Tensor x = KEY.normal(type, Shape.of(BATCH, STEPS, cell.inputSize()), 0, 1);
    Variable in = Variable.of(x);
    Mode one = Mode.training(KEY.fold(1));
    Mode other = Mode.training(KEY.fold(2));
    for (Mode mode : List.of(Mode.evaluation(), one, other)) {
      Recurrent.Result<?> first = eager.apply(in, mode);
      if (!CellLaws.same(first, eager.apply(in, mode))
          || !CellLaws.same(planned.apply(in, mode), planned.apply(in, mode))) {
        found.add(
            mode.equals(Mode.evaluation())
                ? "Called again with the same inputs, it returns different outputs."
                : "In training, the same key does not give the same outputs.");
        return found;
      }
      if (!CellLaws.close(planned.apply(in, mode), first)) {
        found.add("Planned and eager execution differ.");
      }
      if (!CellLaws.close(
          planned.apply(in, mode), Unroll.of(fresh.get()).eager().apply(in, mode))) {
        found.add(
            "A call depends on earlier calls: its outputs differ from those of a cell that was not called before.");
      }
    }
    return found;
  }
}
