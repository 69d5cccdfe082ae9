package dev.unroll.autograd.scan;

import dev.unroll.autograd.Variable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What is carried through all steps as it is, like what a decoder looks at: it need not be carried,
 * it is an input that is the same at all steps.
 *
 * @param which of the carried variables
 * @param initial all that is carried into the first step
 */
record LoopInvariants(BitSet which, List<Variable> initial) {

  /** Returns whether something changes and something does not. */
  boolean isPart() {
    return !which.isEmpty() && which.cardinality() < initial.size();
  }

  /** Returns those that change. */
  List<Variable> changing(List<Variable> all) {
    List<Variable> left = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!which.get(i)) {
        left.add(all.get(i));
      }
    }
    return left;
  }

  /** Returns all, those that do not change as they were at first. */
  List<Variable> all(List<Variable> changing) {
    List<Variable> all = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < initial.size(); i++) {
      all.add(which.get(i) ? initial.get(i) : changing.get(next++));
    }
    return all;
  }

  /** Returns the body that carries only what changes. */
  Scan.Body around(Scan.Body body) {
    return (now, carried, time) -> {
      Scan.Result r = body.step(now, all(carried), time);
      return new Scan.Result(r.outputs(), changing(r.carried()));
    };
  }
}
