package dev.unroll.autograd.op;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.BitSet;
import java.util.List;

/** Operations that rearrange elements. */
public final class Movement {
  private Movement() {}

  /** The same elements with another shape. */
  public record Reshape(Shape to) implements Op {
    @Override
    public Shape shape(Shape... in) {
      if (in[0].size() != to.size()) {
        throw new IllegalArgumentException("[reshape] sizes differ: " + in[0] + " to " + to);
      }
      return to;
    }

    @Override
    public Tensor forward(Tensor... in) {
      return in[0].reshape(to.dims());
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.reshape(in[0].shape());
    }
  }

  /** A permutation of the axes: a view, which can be deferred as long as its input. */
  public record Permute(List<Integer> axes) implements DeferredOp {
    @Override
    public Shape shape(Shape... in) {
      int[] dims = new int[axes.size()];
      BitSet seen = new BitSet();
      for (int i = 0; i < dims.length; i++) {
        int axis = axes.get(i);
        if (axis < 0 || axis >= in[0].rank() || seen.get(axis)) {
          throw invalid(in[0]);
        }
        seen.set(axis);
        dims[i] = in[0].dim(axis);
      }
      if (dims.length < in[0].rank()) {
        throw invalid(in[0]);
      }
      return Shape.of(dims);
    }

    private IllegalArgumentException invalid(Shape in) {
      return new IllegalArgumentException(
          "[permute] " + axes + " is not a permutation of the axes of " + in);
    }

    @Override
    public Tensor forward(Tensor... in) {
      return in[0].permute(axes.stream().mapToInt(a -> a).toArray());
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      int[] inverse = new int[axes.size()];
      for (int a = 0; a < inverse.length; a++) {
        inverse[axes.get(a)] = a;
      }
      return g.permute(inverse);
    }
  }

  /** Axes of size 1 repeated, with new leading axes. */
  public record Expand(Shape to) implements Op {
    @Override
    public Shape shape(Shape... in) {
      if (!Shape.broadcast("expand", in[0], to).equals(to)) {
        throw new IllegalArgumentException("[expand] " + in[0] + " does not broadcast to " + to);
      }
      return to;
    }

    @Override
    public Tensor forward(Tensor... in) {
      return in[0].expand(to);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.sumTo(in[0].shape());
    }
  }

  /** Positions {@code from} to {@code to}, exclusive, along an axis. */
  public record Slice(int axis, int from, int to) implements Op {
    @Override
    public Shape shape(Shape... in) {
      if (from < 0 || to < from || to > in[0].dim(axis)) {
        throw new IllegalArgumentException(
            "[slice] " + from + " to " + to + " is not inside axis " + axis + " of " + in[0]);
      }
      return in[0].with(axis, to - from);
    }

    @Override
    public Tensor forward(Tensor... in) {
      return in[0].slice(axis, from, to);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return Variable.apply(new Pad(axis, from, in[0].shape().dim(axis)), g);
    }
  }

  /**
   * The input padded with zeros along an axis. Computed only if it is read: sums of such parts
   * become one concatenation (see {@code PendingTerms}).
   */
  public record Pad(int axis, int from, int size) implements DeferredOp {
    @Override
    public Shape shape(Shape... in) {
      if (from < 0 || (long) from + in[0].dim(axis) > size) {
        throw new IllegalArgumentException(
            "[pad] " + in[0] + " from " + from + " on does not fit into " + in[0].with(axis, size));
      }
      return in[0].with(axis, size);
    }

    @Override
    public Tensor forward(Tensor... in) {
      return Join.pad(in[0], axis, from, size);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.slice(axis, from, from + in[0].shape().dim(axis));
    }
  }

  /**
   * The concatenation of inputs along an axis. Computed only if it is read: the outputs of a long
   * sequence may not be, if only the last state matters.
   */
  public record Concat(int axis) implements DeferredOp {
    @Override
    public Shape shape(Shape... in) {
      return Join.concatShape(axis, in);
    }

    @Override
    public Tensor forward(Tensor... in) {
      return Join.concat(axis, List.of(in));
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      int from = 0;
      for (int k = 0; k < i; k++) {
        from += in[k].shape().dim(axis);
      }
      return g.slice(axis, from, from + in[i].shape().dim(axis));
    }
  }
}
