package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A pointwise program, tile by tile. A tile is a piece of one row, or several whole rows where they
 * are short. Operands that are dense in a tile are read and written in place; others go through
 * buffers, which values with disjoint lifetimes share.
 */
final class Fused implements Task {
  private final Operand[] in;
  private final Operand[] out;
  private final Instruction[] body;
  private final int[] second; // [instruction]
  private final int[] third;
  private final int[] placed; // the registers that do not lie in a buffer
  private final int[] result; // [out]: the register it comes from
  private final int[] buffer; // [register]: its buffer, or -1 if it lies in place
  private final int[] home; // [register]: the output that it is computed in, or -1
  private final int[] rowStep; // [register]: elements from row to row where it lies, 0 in a buffer
  private final int rows;
  private final int columns;
  private final int together; // rows of a tile
  private final boolean flat;

  Fused(List<Operand> in, List<Operand> out, List<Instruction> body, int[] result) {
    this.in = in.toArray(Operand[]::new);
    this.out = out.toArray(Operand[]::new);
    this.body = body.toArray(Instruction[]::new);
    second = body.stream().mapToInt(Instruction::second).toArray();
    third = body.stream().mapToInt(Instruction::third).toArray();
    this.result = result;
    rows = this.out[0].rows();
    columns = this.out[0].columns();
    flat = isFlat();
    together = flat || columns >= RowRange.TILE ? 1 : Math.clamp(RowRange.TILE / columns, 1, rows);
    buffer = new int[in.size() + body.size()];
    home = new int[buffer.length];
    Arrays.fill(buffer, -1);
    Arrays.fill(home, -1);
    allocate();
    rowStep = new int[buffer.length];
    for (int r = 0; r < buffer.length; r++) {
      Operand p = place(r);
      rowStep[r] = p == null ? 0 : p.rowStride();
    }
    placed = IntStream.range(0, buffer.length).filter(r -> place(r) != null).toArray();
  }

  /** Returns the operand of a register, or null if it has a buffer. */
  private @Nullable Operand place(int r) {
    if (r < in.length) {
      return buffer[r] < 0 ? in[r] : null;
    }
    return home[r] < 0 ? null : out[home[r]];
  }

  private boolean isFlat() {
    for (Operand p : in) {
      if (!p.isDense() && !isScalar(p)) {
        return false;
      }
    }
    for (Operand p : out) {
      if (!p.isDense()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isScalar(Operand p) {
    return p.columnStride() == 0 && (p.rowStride() == 0 || p.rows() == 1);
  }

  /** Returns whether a tile of a place lies in one piece. */
  private boolean liesInPlace(Operand p) {
    return p.columnStride() == 1 && (flat || together == 1 || p.rowStride() == columns);
  }

  /** Assigns a buffer to each register until its last read. */
  private void allocate() {
    int[] last = new int[buffer.length];
    for (int i = 0; i < body.length; i++) {
      for (int r : operands(body[i])) {
        last[r] = Math.max(last[r], in.length + i);
      }
    }
    for (int o = 0; o < out.length; o++) {
      if (liesInPlace(out[o])) {
        home[result[o]] = o;
      } else {
        last[result[o]] = Integer.MAX_VALUE;
      }
    }
    boolean[] taken = new boolean[buffer.length];
    for (int r = 0; r < buffer.length; r++) {
      boolean needs = r < in.length ? !liesInPlace(in[r]) : home[r] < 0;
      if (needs) {
        int b = 0;
        while (taken[b]) {
          b++;
        }
        buffer[r] = b;
        taken[b] = true;
      }
      // A buffer is free after the instruction that reads it last.
      for (int q = 0; q <= r && r >= in.length; q++) {
        if (buffer[q] >= 0 && last[q] == r && q != r) {
          // Scalars are filled once for all tiles.
          taken[buffer[q]] = q < in.length && isScalar(in[q]);
        }
      }
    }
  }

  private static int[] operands(Instruction i) {
    return Arrays.copyOf(new int[] {i.a(), i.b(), i.c()}, i.code().operands());
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public List<Operand> writes() {
    return List.of(out);
  }

  @Override
  public List<Operand> reads() {
    return List.of(in);
  }

  @Override
  public int registers() {
    return buffer.length + out.length;
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    Elements<A> e = w.elements;
    for (int r = 0; r < buffer.length; r++) {
      Operand p = place(r);
      range.array[r] = p == null ? range.buffer(buffer[r]) : w.array(p);
      range.start[r] = p == null ? 0 : w.offset(p, t);
      range.offset[r] = 0;
      if (r < in.length && p == null && isScalar(in[r])) {
        e.fill(range.array[r], 0, RowRange.TILE, e.get(w.array(in[r]), w.offset(in[r], t)));
      }
    }
    if (flat) {
      int end = range.to * columns;
      for (int at = range.from * columns; at < end; at += RowRange.TILE) {
        tile(w, range, t, 0, at, 1, Math.min(RowRange.TILE, end - at));
      }
      return;
    }
    for (int r = range.from; r < range.to; r += together) {
      int height = Math.min(together, range.to - r);
      for (int c = 0; c < columns; c += RowRange.TILE) {
        tile(w, range, t, r, c, height, Math.min(RowRange.TILE, columns - c));
      }
    }
  }

  private <A> void tile(
      Workspace<A> w, RowRange<A> range, int t, int row, int column, int height, int width) {
    Elements<A> e = w.elements;
    A[] array = range.array;
    int[] offset = range.offset;
    for (int r : placed) {
      offset[r] = range.start[r] + row * rowStep[r] + column;
    }
    for (int i = 0; i < in.length; i++) {
      if (buffer[i] >= 0 && !isScalar(in[i])) {
        gather(e, in[i], w.array(in[i]), at(w, in[i], t, row, column), array[i], height, width);
      }
    }
    Kernels<A> kernels = e.kernels();
    int n = height * width;
    for (int k = 0; k < body.length; k++) {
      Instruction i = body[k];
      int b = second[k];
      int c = third[k];
      int r = in.length + k;
      kernels.elementwise(
          i,
          n,
          array[i.a()],
          offset[i.a()],
          array[b],
          offset[b],
          array[c],
          offset[c],
          array[r],
          offset[r]);
    }
    for (int o = 0; o < out.length; o++) {
      if (home[result[o]] != o) {
        scatter(
            e,
            array[result[o]],
            offset[result[o]],
            out[o],
            w.array(out[o]),
            at(w, out[o], t, row, column),
            height,
            width);
      }
    }
  }

  private static int at(Workspace<?> w, Operand p, int t, int row, int column) {
    return w.offset(p, t) + row * p.rowStride() + column * p.columnStride();
  }

  private static <A> void scatter(
      Elements<A> e, A from, int start, Operand p, A to, int at, int height, int width) {
    for (int h = 0; h < height; h++) {
      e.copy(width, from, start + h * width, 1, to, at + h * p.rowStride(), p.columnStride());
    }
  }

  private static <A> void gather(
      Elements<A> e, Operand p, A from, int at, A to, int height, int width) {
    for (int h = 0; h < height; h++) {
      if (p.columnStride() == 0) {
        e.fill(to, h * width, width, e.get(from, at + h * p.rowStride()));
      } else {
        e.copy(width, from, at + h * p.rowStride(), p.columnStride(), to, h * width, 1);
      }
    }
  }
}
