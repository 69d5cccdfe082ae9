package dev.unroll.autograd;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds the gradients that meet at one variable. Parts of one axis that do not overlap (what slices
 * send back: the gates of a cell, the steps of a sequence) become one concatenation, and the padded
 * parts are never made. Products {@code A' G} (what a weight sends back at every step) become one
 * product of all rows, {@code [A1; A2; ...]' [G1; G2; ...]}, and nothing is added up at all.
 */
final class Sums {
  private Sums() {}

  static Variable of(List<Variable> terms) {
    if (terms.size() == 1) {
      return terms.getFirst();
    }
    Variable joined = parts(terms);
    if (joined == null) {
      joined = products(terms);
    }
    return joined != null ? joined : terms.stream().reduce(Variable::add).orElseThrow();
  }

  /** What was padded, and where along the axis it lies. */
  private record Part(Variable value, int from, int to) {}

  private static @Nullable Variable parts(List<Variable> terms) {
    List<Part> parts = new ArrayList<>();
    int axis = -1;
    for (Variable v : terms) {
      Variable.Deferred d = v.deferred();
      if (d == null || !(d.op() instanceof Pad p) || (axis >= 0 && p.axis() != axis)) {
        return null;
      }
      axis = p.axis();
      Variable part = d.in().getFirst();
      parts.add(new Part(part, p.from(), p.from() + part.shape().dim(axis)));
    }
    parts.sort(Comparator.comparingInt(Part::from));
    List<Variable> pieces = new ArrayList<>();
    Shape shape = terms.getFirst().shape();
    int at = 0;
    for (Part p : parts) {
      if (p.from < at) {
        return null;
      }
      gap(pieces, terms.getFirst(), axis, p.from - at);
      pieces.add(p.value);
      at = p.to;
    }
    gap(pieces, terms.getFirst(), axis, shape.dim(axis) - at);
    return Variable.concat(axis, pieces.toArray(Variable[]::new));
  }

  private static void gap(List<Variable> pieces, Variable like, int axis, int size) {
    if (size > 0) {
      pieces.add(Variable.of(Tensor.full(like.type(), 0, like.shape().with(axis, size))));
    }
  }

  private static @Nullable Variable products(List<Variable> terms) {
    Op op = new MatMul(true, false);
    List<Variable> left = new ArrayList<>();
    List<Variable> right = new ArrayList<>();
    for (Variable v : terms) {
      Variable.Deferred d = v.deferred();
      if (d == null || !d.op().equals(op) || v.shape().rank() > 2) {
        return null;
      }
      left.add(d.in().get(0));
      right.add(d.in().get(1));
    }
    return Variable.apply(
        op,
        Variable.concat(0, left.toArray(Variable[]::new)),
        Variable.concat(0, right.toArray(Variable[]::new)));
  }
}
