package dev.unroll.autograd.graph;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Indexing.ScatterAdd;
import dev.unroll.autograd.op.Movement.Pad;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Terms of a sum that are combined:
 *
 * <ul>
 *   <li>parts of one axis (the gradients of slices: the gates of a cell, the steps of a sequence)
 *       become one concatenation, without computing the padded parts;
 *   <li>products {@code A' G} (the gradients of a weight at every step) become one product of all
 *       rows, {@code [A1; A2; ...]' [G1; G2; ...]}, block by block;
 *   <li>rows of a table (the gradients of gathers) remain rows.
 * </ul>
 */
final class PendingTerms {
  /** The rows of a block of products: enough that adding up blocks is negligible. */
  static final int BLOCK = 1024;

  private static final Op PRODUCT = new MatMul(true, false);

  private record Term(Variable variable, List<Variable> in, Op op) {}

  private final Op op;
  private final List<Term> terms = new ArrayList<>();
  private int rows;

  PendingTerms(Op op) {
    this.op = op;
  }

  /** Returns whether the result of an operation can be combined with others. */
  static boolean takes(Op op, Shape shape) {
    return op instanceof Pad
        || op instanceof ScatterAdd
        || (op.equals(PRODUCT) && shape.rank() == 2);
  }

  /** Returns whether an operation is of the kind that is combined here. */
  boolean isFor(Op other) {
    return (op instanceof Pad p && other instanceof Pad q)
        ? p.axis() == q.axis()
        : op.equals(other);
  }

  /** Adds a term; returns the sum of the pending terms if they fill a block. */
  @Nullable Variable add(Variable term, Deferred how) {
    terms.add(new Term(term, how.in(), how.op()));
    rows += op.equals(PRODUCT) ? how.in().getFirst().shape().dim(0) : 0;
    if (rows < BLOCK) {
      return null;
    }
    Variable full = join();
    full.value(); // Otherwise it would retain all rows.
    return full;
  }

  /** Returns the sum of the pending terms, if any. */
  @Nullable Variable drain() {
    return terms.isEmpty() ? null : join();
  }

  private Variable join() {
    Variable sum =
        terms.size() == 1
            ? terms.getFirst().variable
            : switch (op) {
              case Pad p -> parts(p);
              case ScatterAdd s -> lookUps();
              default -> Variable.apply(op, below(0), below(1));
            };
    terms.clear();
    rows = 0;
    return sum;
  }

  private Variable below(int input) {
    return Variable.concat(0, terms.stream().map(t -> t.in.get(input)).toArray(Variable[]::new));
  }

  private Variable lookUps() {
    Variable[] values = new Variable[terms.size()];
    Variable[] ids = new Variable[terms.size()];
    for (int i = 0; i < ids.length; i++) {
      Variable v = terms.get(i).in.get(0);
      Variable id = terms.get(i).in.get(1);
      Shape flat = Shape.of(id.shape().size());
      values[i] = v.reshape(flat.insert(1, v.shape().dim(-1)));
      ids[i] = id.reshape(flat);
    }
    return Variable.apply(op, Variable.concat(0, values), Variable.concat(0, ids));
  }

  /** A part, and its position along the axis. */
  private record Part(Variable value, int from, int to) {}

  private Variable parts(Pad like) {
    List<Part> parts = new ArrayList<>();
    for (Term t : terms) {
      Variable v = t.in.getFirst();
      int from = ((Pad) t.op).from();
      parts.add(new Part(v, from, from + v.shape().dim(like.axis())));
    }
    parts.sort(Comparator.comparingInt(Part::from));
    List<Variable> pieces = new ArrayList<>();
    int at = 0;
    for (Part p : parts) {
      if (p.from < at) {
        return terms.stream().map(Term::variable).reduce(Variable::add).orElseThrow();
      }
      gap(pieces, p.value, like.axis(), p.from - at);
      pieces.add(p.value);
      at = p.to;
    }
    gap(pieces, parts.getFirst().value, like.axis(), like.size() - at);
    return Variable.concat(like.axis(), pieces.toArray(Variable[]::new));
  }

  private static void gap(List<Variable> pieces, Variable like, int axis, int size) {
    if (size > 0) {
      pieces.add(Variable.of(Tensor.full(like.type(), like.shape().with(axis, size), 0)));
    }
  }
}
