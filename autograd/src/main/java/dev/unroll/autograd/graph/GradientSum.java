package dev.unroll.autograd.graph;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Movement.Pad;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.spi.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates the gradients at one variable, in the order of their arrival. Terms that can be
 * combined are deferred (see {@link PendingTerms}), so that time and memory are linear in the
 * length of a sequence.
 */
final class GradientSum {
  private static final Program ADD = Program.of(Code.ADD);

  private @Nullable Variable total;

  /** The total as long as it has not been read: of two or more terms that are not recorded. */
  private @Nullable Slot slot;

  private List<PendingTerms> joints = List.of();

  void add(Variable term) {
    Deferred how = Internals.deferred(term);
    // In a trace, the plan combines sums over steps.
    boolean parts = Internals.recorder(term) == null || (how != null && how.op() instanceof Pad);
    if (how == null || !parts || !PendingTerms.takes(how.op(), term.shape())) {
      plus(term);
      return;
    }
    Variable full = joint(how.op()).add(term, how);
    if (full != null) {
      plus(full);
    }
  }

  private PendingTerms joint(Op op) {
    for (PendingTerms j : joints) {
      if (j.isFor(op)) {
        return j;
      }
    }
    if (joints.isEmpty()) {
      joints = new ArrayList<>(1);
    }
    joints.add(new PendingTerms(op));
    return joints.getLast();
  }

  private void plus(Variable term) {
    boolean traced =
        Internals.recorder(term) != null || (total != null && Internals.recorder(total) != null);
    if (slot != null && !traced) {
      ADD.run("add", List.of(slot), term.value());
      return;
    }
    settle();
    if (total == null) {
      total = term;
    } else if (traced || Scope.current().records()) {
      total = total.add(term);
    } else {
      slot = Slot.of("add", ADD, total.value(), term.value());
      total = null;
    }
  }

  /** Returns the sum so far; more terms may follow. */
  Variable total() {
    for (PendingTerms j : joints) {
      Variable rest = j.drain();
      if (rest != null) {
        plus(rest);
      }
    }
    settle();
    if (total == null) {
      throw new IllegalStateException("[gradients] no gradient has arrived");
    }
    return total;
  }

  private void settle() {
    if (slot != null) {
      total = Variable.of(slot.keep());
      slot = null;
    }
  }
}
