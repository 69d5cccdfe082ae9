package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Deferred;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.autograd.op.Movement.Permute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The source of a scan's input: a sequence, or rows of a table gathered by a sequence of ids. In
 * that case {@code gather(E, ids) W = gather(E W, ids)}: if the table is shorter than the sequence,
 * multiplying the table is cheaper.
 *
 * @param sequence {@code [T, ...]}: the input itself, or the ids {@code [T, B]}
 * @param table {@code [V, E]}, or null
 */
public record ScanInput(Variable sequence, @Nullable Variable table) {

  public static List<ScanInput> of(List<Variable> inputs) {
    return inputs.stream().map(ScanInput::of).toList();
  }

  private static ScanInput of(Variable input) {
    Deferred turned = Internals.deferred(input);
    if (turned != null && turned.op() instanceof Permute p && p.axes().equals(List.of(1, 0, 2))) {
      Deferred rows = Internals.deferred(turned.in().getFirst());
      if (rows != null && rows.op() instanceof Gather) {
        Variable table = rows.in().get(0);
        Variable ids = rows.in().get(1);
        if (ProductSum.isShorter(table.shape().dim(0), ids.shape().size(), 1)) {
          return new ScanInput(ids.permute(1, 0), table);
        }
      }
    }
    return new ScanInput(input, null);
  }

  /** Returns the input of the step. */
  Variable at(Variable step) {
    return table == null ? step : table.gather(step);
  }
}
