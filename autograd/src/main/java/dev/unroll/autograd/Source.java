package dev.unroll.autograd;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the input of a scan comes from: a sequence, or rows of a table that a sequence of numbers
 * names. Then {@code gather(E, ids) W = gather(E W, ids)}: where the table is shorter than the
 * sequence, the product with the table is less work.
 *
 * @param sequence {@code [T, ...]}: the input itself, or the numbers {@code [T, B]}
 * @param table {@code [V, E]}, or null
 */
record Source(Variable sequence, @Nullable Variable table) {

  static List<Source> of(List<Variable> inputs) {
    return inputs.stream().map(Source::of).toList();
  }

  private static Source of(Variable input) {
    Variable.Deferred turned = input.deferred();
    if (turned != null && turned.op() instanceof Permute p && p.axes().equals(List.of(1, 0, 2))) {
      Variable.Deferred rows = turned.in().getFirst().deferred();
      if (rows != null && rows.op() instanceof RowsOf) {
        Variable table = rows.in().get(0);
        Variable ids = rows.in().get(1);
        if (2 * table.shape().dim(0) <= ids.shape().size()) {
          return new Source(ids.permute(1, 0), table);
        }
      }
    }
    return new Source(input, null);
  }

  /** Returns what the step sees of it. */
  Variable at(Variable step) {
    return table == null ? step : table.rows(step);
  }
}
