package dev.unroll.autograd.scan;

import dev.unroll.autograd.Variable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Loop-invariant carried variables, such as the memory that a decoder attends to: they need not be
 * carried, but can be inputs that are the same at all steps.
 *
 * @param which the indices of the invariant variables
 * @param initial all variables carried into the first step
 */
record LoopInvariants(BitSet which, List<Variable> initial) {

  /** Returns whether some variables change and some are invariant. */
  boolean isPart() {
    return !which.isEmpty() && which.cardinality() < initial.size();
  }

  /** Returns the changing variables. */
  List<Variable> changing(List<Variable> all) {
    List<Variable> left = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!which.get(i)) {
        left.add(all.get(i));
      }
    }
    return left;
  }

  /** Returns all variables, with the initial values of the invariant ones. */
  List<Variable> all(List<Variable> changing) {
    List<Variable> all = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < initial.size(); i++) {
      all.add(which.get(i) ? initial.get(i) : changing.get(next++));
    }
    return all;
  }

  /** Returns a body that carries only the changing variables. */
  Scan.Body around(Scan.Body body) {
    return (now, carried, time) -> {
      Scan.Result r = body.step(now, all(carried), time);
      return new Scan.Result(r.outputs(), changing(r.carried()));
    };
  }
}
