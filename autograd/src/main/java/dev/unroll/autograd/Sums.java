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
 * parts are never made.
 */
final class Sums {
  private Sums() {}

  static Variable of(List<Variable> terms) {
    if (terms.size() == 1) {
      return terms.getFirst();
    }
    Variable joined = joined(terms);
    return joined != null ? joined : terms.stream().reduce(Variable::add).orElseThrow();
  }

  /** A padded term: the part itself, and where along the axis it lies. */
  private record Part(Variable value, int from, int to) {}

  private static @Nullable Variable joined(List<Variable> terms) {
    List<Part> parts = new ArrayList<>();
    int axis = -1;
    for (Variable v : terms) {
      Padded p = v.padded();
      if (p == null || (axis >= 0 && p.pad().axis() != axis)) {
        return null;
      }
      axis = p.pad().axis();
      int from = p.pad().from();
      parts.add(new Part(p.part(), from, from + p.part().shape().dim(axis)));
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

  /** What a {@link Pad} whose value nobody has made was applied to. */
  record Padded(Pad pad, Variable part) {}
}
