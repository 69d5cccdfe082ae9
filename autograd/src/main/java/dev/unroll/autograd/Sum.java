package dev.unroll.autograd;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the gradients that meet at one variable, in the order in which they arrive. Those that
 * have a short cut wait for others of their kind (see {@link Joint}), so that sequences of any
 * length cost time and memory in proportion.
 */
final class Sum {
  private @Nullable Variable total;
  private List<Joint> joints = List.of();

  void add(Variable term) {
    Variable.Deferred how = term.deferred();
    // In a trace, what is summed over steps is joined by the plan.
    boolean parts = term.trace() == null || (how != null && how.op() instanceof Pad);
    if (how == null || !parts || !Joint.takes(how.op(), term.shape())) {
      plus(term);
      return;
    }
    Variable full = joint(how.op()).add(term, how);
    if (full != null) {
      plus(full);
    }
  }

  private Joint joint(Op op) {
    for (Joint j : joints) {
      if (j.isFor(op)) {
        return j;
      }
    }
    if (joints.isEmpty()) {
      joints = new ArrayList<>(1);
    }
    joints.add(new Joint(op));
    return joints.getLast();
  }

  private void plus(Variable term) {
    total = total == null ? term : total.add(term);
  }

  /** Returns what has been added so far; more may follow. */
  Variable total() {
    for (Joint j : joints) {
      Variable rest = j.drain();
      if (rest != null) {
        plus(rest);
      }
    }
    if (total == null) {
      throw new IllegalStateException("[gradients] nothing has arrived");
    }
    return total;
  }
}
