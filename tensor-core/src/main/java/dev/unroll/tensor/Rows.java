package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Elements;

/** Rows of a table by number: what an embedding does, and its inverse. */
public final class Rows {
  private Rows() {}

  /**
   * Returns rows of a table.
   *
   * @param table {@code [V, E]}
   * @param ids int32 of any shape
   * @return {@code [ids..., E]}
   * @throws IllegalArgumentException if an id is not in {@code 0..V-1}
   */
  public static Tensor gather(Tensor table, Tensor ids) {
    return gather(Tensor.elements(table.type()), table.contiguous(), ids);
  }

  private static <A> Tensor gather(Elements<A> e, Tensor table, Tensor ids) {
    int width = table.shape().dim(1);
    int[] id = check(ids, table.shape().dim(0));
    A out = e.allocate(id.length * width);
    A from = Tensor.array(e, table);
    int offset = table.layout().offset();
    for (int i = 0; i < id.length; i++) {
      e.copy(width, from, offset + id[i] * width, 1, out, i * width, 1);
    }
    return Tensor.dense(table.type(), ids.shape().insert(ids.shape().rank(), width), out);
  }

  /**
   * Adds rows into a table of zeros, in the order in which they stand.
   *
   * @param rows {@code [ids..., E]}
   * @param ids int32
   * @param size V, the number of rows of the table
   * @return {@code [V, E]}
   * @throws IllegalArgumentException if an id is not in {@code 0..V-1}
   */
  public static Tensor scatterAdd(Tensor rows, Tensor ids, int size) {
    return scatterAdd(Tensor.elements(rows.type()), rows.contiguous(), ids, size);
  }

  private static <A> Tensor scatterAdd(Elements<A> e, Tensor rows, Tensor ids, int size) {
    int width = rows.shape().dim(-1);
    int[] id = check(ids, size);
    Shape shape = Shape.of(size, width);
    A out = e.allocate(shape.size());
    A from = Tensor.array(e, rows);
    int offset = rows.layout().offset();
    for (int i = 0; i < id.length; i++) {
      e.add(width, from, offset + i * width, out, id[i] * width);
    }
    return Tensor.dense(rows.type(), shape, out);
  }

  private static int[] check(Tensor ids, int size) {
    if (ids.type() != DType.INT32) {
      throw new IllegalArgumentException("[rows] ids must be int32, not " + ids.type());
    }
    int[] id = ids.toInts();
    for (int i : id) {
      if (i < 0 || i >= size) {
        throw new IllegalArgumentException(
            "[rows] id " + i + " is outside 0 to " + (size - 1) + ", the rows of the table");
      }
    }
    return id;
  }
}
