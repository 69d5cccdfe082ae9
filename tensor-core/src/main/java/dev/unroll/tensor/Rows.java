package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Gather, as in an embedding, and its adjoint scatter-add, along any axis. */
public final class Rows {
  private Rows() {}

  /**
   * Gathers rows of a table.
   *
   * @param table {@code [V, ...]}
   * @param ids int32 of any shape
   * @return {@code [ids..., ...]}
   * @throws IllegalArgumentException if an id is not in {@code 0..V-1}
   */
  public static Tensor gather(Tensor table, Tensor ids) {
    return gather(table, 0, ids);
  }

  /**
   * Gathers along an axis, which the axes of {@code ids} replace.
   *
   * @param t {@code [..., V, ...]}
   * @param ids int32 of any shape
   * @return {@code [..., ids..., ...]}
   * @throws IllegalArgumentException if an id is not in {@code 0..V-1}
   */
  public static Tensor gather(Tensor t, int axis, Tensor ids) {
    int a = t.shape().axis("gather", axis);
    Shape rest = t.shape().without(a);
    int[] id = check("gather", ids, t.shape().dim(a));
    Tensor rows = t.permute(toFront(t.shape().rank(), a, 1)).contiguous();
    Shape shape = join("gather", ids.shape(), rest);
    return gather(ElementTypes.elements(t.type()), rows, id, shape)
        .permute(fromFront(shape.rank(), a, ids.shape().rank()));
  }

  private static <A> Tensor gather(Elements<A> e, Tensor table, int[] id, Shape shape) {
    int width = width(table.shape(), 1);
    A out = ArrayScope.room(e, "gather", shape);
    A from = Tensor.array(e, table);
    int offset = table.layout().offset();
    for (int i = 0; i < id.length; i++) {
      e.copy(width, from, offset + id[i] * width, 1, out, i * width, 1);
    }
    return Tensor.dense(table.type(), shape, out);
  }

  /**
   * Adds rows to a table of zeros, in their order; int32 sums wrap around on overflow.
   *
   * @param rows {@code [ids..., ...]}
   * @param ids int32
   * @param size V, the number of rows of the table
   * @return {@code [V, ...]}
   * @throws IllegalArgumentException if an id is not in {@code 0..V-1}, or the shapes do not match
   */
  public static Tensor scatterAdd(Tensor rows, Tensor ids, int size) {
    return scatterAdd(rows, 0, ids, size);
  }

  /**
   * Adds to zeros, in order, along an axis: the adjoint of {@link #gather(Tensor, int, Tensor)}.
   *
   * @param t {@code [..., ids..., ...]}
   * @param axis the first of the axes of {@code ids}
   * @param size V, the size of the axis that replaces them
   * @return {@code [..., V, ...]}
   */
  public static Tensor scatterAdd(Tensor t, int axis, Tensor ids, int size) {
    int rank = ids.shape().rank();
    int a = axis < 0 ? axis + t.shape().rank() - rank + 1 : axis;
    int[] id = check("scatterAdd", ids, size);
    boolean fits = a >= 0 && a + rank <= t.shape().rank();
    for (int i = 0; fits && i < rank; i++) {
      fits = t.shape().dim(a + i) == ids.shape().dim(i);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "[scatterAdd] "
              + t.shape()
              + " does not have the axes of ids "
              + ids.shape()
              + " from axis "
              + axis
              + " on");
    }
    Tensor rows = t.permute(toFront(t.shape().rank(), a, rank)).contiguous();
    int[] rest = rows.shape().dims();
    Shape shape =
        join("scatterAdd", Shape.of(size), Shape.of(IntStream.of(rest).skip(rank).toArray()));
    return scatterAdd(ElementTypes.elements(t.type()), rows, id, shape)
        .permute(fromFront(shape.rank(), a, 1));
  }

  private static <A> Tensor scatterAdd(Elements<A> e, Tensor rows, int[] id, Shape shape) {
    int width = width(shape, 1);
    A out = ArrayScope.zeros(e, "scatterAdd", shape);
    A from = Tensor.array(e, rows);
    int offset = rows.layout().offset();
    for (int i = 0; i < id.length; i++) {
      e.add(width, from, offset + i * width, out, id[i] * width);
    }
    return Tensor.dense(rows.type(), shape, out);
  }

  /**
   * Runs a program over selected rows of slots, and overwrites only these.
   *
   * @param slots tables {@code [V, ...]}: their rows are the last inputs of the program, which its
   *     last results overwrite
   * @param ids int32 {@code [n]}, distinct
   * @param in the inputs before those, {@code [n, ...]}
   * @throws IllegalArgumentException if an id is not in {@code 0..V-1} or occurs twice, or as
   *     {@link Program#run(String, List, Tensor...)} does; nothing is overwritten then
   */
  public static void update(
      String name, Program program, List<Slot> slots, Tensor ids, Tensor... in) {
    BitSet seen = new BitSet();
    int[] id = ids.toInts();
    for (Slot s : slots) {
      check("update", ids, s.shape().dim(0));
    }
    for (int i : id) {
      if (seen.get(i)) {
        throw new IllegalArgumentException("[update] row " + i + " occurs twice");
      }
      seen.set(i);
    }
    List<Slot> rows = slots.stream().map(s -> Slot.over(gather(s.value(), ids))).toList();
    program.run(name, rows, in);
    for (int i = 0; i < rows.size(); i++) {
      put(ElementTypes.elements(slots.get(i).type()), rows.get(i).value(), id, slots.get(i));
    }
  }

  private static <A> void put(Elements<A> e, Tensor rows, int[] id, Slot slot) {
    int width = width(slot.shape(), 1);
    A from = Tensor.array(e, rows);
    A to = slot.own(e);
    for (int i = 0; i < id.length; i++) {
      e.copy(width, from, i * width, 1, to, id[i] * width, 1);
    }
  }

  /**
   * Returns rows of the identity matrix: 1 at the id, else 0.
   *
   * @param ids int32 of any shape
   * @param size V
   * @return {@code [ids..., V]}
   * @throws IllegalArgumentException if an id is not in {@code 0..V-1}
   */
  public static Tensor oneHot(DType type, Tensor ids, int size) {
    int[] id = check("oneHot", ids, size);
    return oneHot(ElementTypes.elements(type), id, join("oneHot", ids.shape(), Shape.of(size)));
  }

  private static <A> Tensor oneHot(Elements<A> e, int[] id, Shape shape) {
    A out = ArrayScope.zeros(e, "oneHot", shape);
    for (int i = 0; i < id.length; i++) {
      e.set(out, i * shape.dim(-1) + id[i], 1);
    }
    return Tensor.dense(ElementTypes.type(e), shape, out);
  }

  private static int width(Shape s, int from) {
    return IntStream.of(s.dims()).skip(from).reduce(1, (a, b) -> a * b);
  }

  private static Shape join(String op, Shape a, Shape b) {
    return Shape.of(op, IntStream.concat(IntStream.of(a.dims()), IntStream.of(b.dims())).toArray());
  }

  /** Returns the permutation of axes that begins with {@code n} of them from {@code at} on. */
  private static int[] toFront(int rank, int at, int n) {
    return IntStream.range(0, rank).map(i -> i < n ? at + i : i < at + n ? i - n : i).toArray();
  }

  /** Returns the inverse of {@link #toFront}. */
  private static int[] fromFront(int rank, int at, int n) {
    return IntStream.range(0, rank).map(i -> i < at ? i + n : i < at + n ? i - at : i).toArray();
  }

  private static int[] check(String op, Tensor ids, int size) {
    if (ids.type() != DType.INT32) {
      throw new IllegalArgumentException("[" + op + "] ids must be int32, not " + ids.type());
    }
    int[] id = ids.toInts();
    for (int i : id) {
      if (i < 0 || i >= size) {
        throw new IllegalArgumentException(
            "[" + op + "] id " + i + " is outside 0 to " + (size - 1) + ", the rows of the table");
      }
    }
    return id;
  }
}
