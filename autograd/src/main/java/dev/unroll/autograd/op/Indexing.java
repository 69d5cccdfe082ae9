package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Deferred;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Rows;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Rows of a table by ids. */
public final class Indexing {
  private Indexing() {}

  /**
   * Rows of a table {@code [V, E]} by int32 ids: {@code [ids..., E]}. Deferred, since the planner
   * may find a cheaper equivalent.
   */
  public record Gather() implements DeferredOp {
    @Override
    public DType type(DType... in) {
      if (in[1] != DType.INT32) {
        throw new IllegalArgumentException("[gather] expected int32 ids, got " + in[1]);
      }
      return in[0];
    }

    @Override
    public Shape shape(Shape... in) {
      if (in[0].rank() != 2) {
        throw new IllegalArgumentException("[gather] expected a table [V, E], got " + in[0]);
      }
      return in[1].insert(in[1].rank(), in[0].dim(1));
    }

    @Override
    public Tensor forward(Tensor... in) {
      return Rows.gather(in[0], in[1]);
    }

    @Override
    public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return i == 0 ? Variable.apply(new ScatterAdd(in[0].shape().dim(0)), g, in[1]) : null;
    }
  }

  /**
   * Rows {@code [ids..., E]} added to a table of zeros {@code [V, E]}. The table is computed only
   * if it is read: the gradient of an embedding remains sparse.
   */
  public record ScatterAdd(int size) implements DeferredOp {
    @Override
    public DType type(DType... in) {
      return in[0];
    }

    @Override
    public Shape shape(Shape... in) {
      if (!in[0].equals(in[1].insert(in[1].rank(), in[0].dim(-1)))) {
        throw new IllegalArgumentException(
            "[scatterAdd] expected rows [ids..., E] and ids, got " + Shape.join(in));
      }
      return Shape.of(size, in[0].dim(-1));
    }

    @Override
    public Tensor forward(Tensor... in) {
      return Rows.scatterAdd(in[0], in[1], size);
    }

    @Override
    public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return i == 0 ? g.gather(in[1]) : null;
    }
  }

  /**
   * A table times a weight, plus a row if one is given, {@code [V, E], [E, N], [N] -> [V, N]}: the
   * products of all rows that will be gathered. Where gathered rows send it the sum of theirs, the
   * gradient of the table remains sparse, as without the product.
   */
  public record ProjectTable() implements Op {
    private static final Op PRODUCT = new MatMul(false, false);

    @Override
    public Shape shape(Shape... in) {
      Shape product = PRODUCT.shape(in[0], in[1]);
      if (in.length == 3 && !in[2].equals(Shape.of(product.dim(1)))) {
        throw new IllegalArgumentException(
            "[projectTable] expected [V, E], [E, N] and [N], got " + Shape.join(in));
      }
      return product;
    }

    @Override
    public Tensor forward(Tensor... in) {
      Tensor product = PRODUCT.forward(in[0], in[1]);
      return in.length == 2 ? product : new Add().forward(product, in[2]);
    }

    @Override
    public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
      if (i == 2) {
        return g.sumTo(in[2].shape());
      }
      Deferred how = Internals.deferred(g);
      if (how == null || !(how.op() instanceof ScatterAdd scatter)) {
        return PRODUCT.gradient(i, g, out, in[0], in[1]);
      }
      Variable rows = how.in().get(0);
      Variable ids = how.in().get(1);
      return i == 0
          ? Variable.apply(scatter, rows.matmulTransposed(in[1]), ids)
          : MatMul.ofWeight(in[0].gather(ids), rows);
    }
  }
}
