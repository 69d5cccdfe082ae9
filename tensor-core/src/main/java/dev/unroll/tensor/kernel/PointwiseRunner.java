package dev.unroll.tensor.kernel;

import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * A pointwise program for operands with given layouts: prepared once, and run any number of times
 * on any arrays. It is the only interpreter of pointwise programs.
 *
 * <p>Each instruction runs over a tile of elements at a time, so that intermediate results never
 * leave the L1 cache. A tile is a piece of one run, or several whole runs if they are short.
 * Operands whose elements are adjacent in a tile are read and written in place; others go through
 * buffers, which values with disjoint lifetimes share.
 */
public final class PointwiseRunner {
  private static final int BUFFERED = -1;

  private final Instruction[] body;
  private final int inputs;
  private final Walk walk; // of the inputs, then of the outputs
  private final int tile;
  private final int longest; // piece of a run
  private final int together; // runs of a tile
  private final int[] results; // [output]: its register
  private final int[] place; // [register]: the operand that holds it, or ~ the buffer
  private int buffers;
  private final boolean scatters;

  /** How programs are divided into tiles. */
  public enum Tiling {
    /**
     * For operands that may be in memory: arrays are streamed in parallel, and with long tiles,
     * streams restart one after the other at each tile, and the processor prefetches too late.
     */
    MEMORY(256, 95),
    /** For operands in a cache: fewer and longer tiles. */
    CACHE(1024, 512);

    private final int tile;
    private final int shortRun;

    Tiling(int tile, int shortRun) {
      this.tile = tile;
      this.shortRun = shortRun;
    }
  }

  /**
   * Prepares a program.
   *
   * @param sizes the layout of a dense result
   * @param operands the layouts of inputs, broadcast to these sizes, then of outputs; their offsets
   *     are set by a {@link Frame}
   * @param body registers below the number of inputs are inputs, above are earlier instructions
   * @param results the register that each output receives: of an instruction, no two the same
   * @param buffered the outputs that are written when a tile is complete, because inputs in the
   *     same array are still read; may be shorter than the outputs
   */
  public PointwiseRunner(
      Tiling tiling,
      Layout sizes,
      Layout[] operands,
      List<Instruction> body,
      int[] results,
      boolean... buffered) {
    this.body = body.toArray(Instruction[]::new);
    this.results = results;
    inputs = operands.length - results.length;
    walk = new Walk(sizes, operands);
    tile = tiling.tile;
    int length = walk.length();
    together = walk.isOneRun() || length > tiling.shortRun ? 1 : Math.max(1, tile / length);
    place = new int[inputs + this.body.length];
    Arrays.fill(place, BUFFERED);
    for (int i = 0; i < inputs; i++) {
      if (isInPlace(i)) {
        place[i] = i;
      }
    }
    boolean all = true;
    for (int o = 0; o < results.length; o++) {
      if (isInPlace(inputs + o) && !(o < buffered.length && buffered[o])) {
        place[results[o]] = inputs + o;
      } else {
        all = false;
      }
    }
    scatters = !all;
    if (this.body.length == 1) {
      for (int r = 0; r < place.length; r++) {
        place[r] = place[r] < 0 ? ~buffers++ : place[r];
      }
    } else {
      shareBuffers();
    }
    longest = this.body.length == 1 && buffers == 0 ? Integer.MAX_VALUE : tile;
  }

  /** Returns whether the elements of an operand are adjacent in each tile. */
  private boolean isInPlace(int o) {
    return walk.length() == 1 || (walk.stride(o) == 1 && (together == 1 || walk.isDense(o)));
  }

  /** Assigns a buffer to each register that is not in place, until its last read. */
  private void shareBuffers() {
    int[] last = new int[place.length]; // [register]: the register of its last reader
    for (int k = 0; k < body.length; k++) {
      Instruction i = body[k];
      last[i.a()] = inputs + k;
      last[i.second()] = inputs + k;
      last[i.third()] = inputs + k;
    }
    for (int r : results) {
      last[r] = Integer.MAX_VALUE;
    }
    for (int i = 0; i < inputs; i++) {
      if (walk.isConstant(i)) { // It is filled once for all tiles.
        last[i] = Integer.MAX_VALUE;
      }
    }
    int[] free = new int[place.length];
    int idle = 0;
    for (int r = 0; r < place.length; r++) {
      if (place[r] < 0) {
        place[r] = ~(idle > 0 ? free[--idle] : buffers++);
      }
      if (r < inputs) {
        continue;
      }
      Instruction i = body[r - inputs];
      idle = release(i.a(), r, last, free, idle);
      idle = release(i.second(), r, last, free, idle);
      idle = release(i.third(), r, last, free, idle);
    }
  }

  private int release(int q, int reader, int[] last, int[] free, int idle) {
    if (last[q] == reader && place[q] < 0) {
      last[q] = -1;
      free[idle] = ~place[q];
      return idle + 1;
    }
    return idle;
  }

  /** Returns the number of elements that all parts but the last are multiples of. */
  public int unit() {
    return together == 1 ? 1 : walk.length();
  }

  /** Returns a frame of this program, for one thread at a time. */
  public <A> Frame<A> frame() {
    return new Frame<>(place.length, inputs + results.length);
  }

  /**
   * The operands of one run, and the location of each register in the current tile.
   *
   * @param <A> the array type
   */
  public static final class Frame<A> {
    private final int registers;
    private final A[] array; // [register], then [operand]
    private final int[]
        offset; // of the register in this tile, and of the first element of the operand

    @SuppressWarnings("unchecked")
    private Frame(int registers, int operands) {
      this.registers = registers;
      array = (A[]) new Object[registers + operands];
      offset = new int[registers + operands];
    }

    /** Sets the first element of an operand: inputs first, then outputs. */
    public void set(int operand, A array, int at) {
      this.array[registers + operand] = array;
      offset[registers + operand] = at;
    }
  }

  /**
   * Computes a part of the elements, in the order of a dense result.
   *
   * @param from a multiple of {@link #unit}
   * @param end exclusive, another one or the number of elements
   */
  public <A> void run(Elements<A> e, Frame<A> f, int from, int end) {
    boolean borrows = buffers > 0;
    int first = place.length;
    A[] array = f.array;
    A scratch = borrows ? e.scratch().take((long) buffers * tile) : array[first];
    for (int r = 0; r < first; r++) {
      int p = place[r];
      if (p >= 0) {
        array[r] = array[first + p];
      } else {
        array[r] = scratch;
        f.offset[r] = ~p * tile;
        if (r < inputs && walk.isConstant(r)) {
          double value = e.get(array[first + r], f.offset[first + r]);
          e.fill(scratch, f.offset[r], Math.min(tile, end - from), value);
        }
      }
    }
    int length = walk.length();
    int row = from / length;
    int column = from - row * length;
    for (int at = from; at < end; ) {
      int n;
      if (together > 1) {
        n = Math.min(together * length, end - at);
        tile(e, f, row, 0, n / length, length);
        row += together;
      } else {
        n = Math.min(Math.min(longest, end - at), length - column);
        tile(e, f, row, column, 1, n);
        column += n;
        if (column == length) {
          row++;
          column = 0;
        }
      }
      at += n;
    }
    if (borrows) {
      e.scratch().give(scratch);
    }
  }

  private <A> void tile(Elements<A> e, Frame<A> f, int row, int column, int height, int width) {
    A[] array = f.array;
    int[] offset = f.offset;
    int first = place.length;
    for (int r = 0; r < first; r++) {
      int p = place[r];
      if (p >= 0) {
        offset[r] = offset[first + p] + walk.distance(p, row) + column;
      } else if (r < inputs && !walk.isConstant(r)) {
        gather(e, f, r, row, column, height, width);
      }
    }
    Kernels<A> kernels = e.kernels();
    int n = height * width;
    int r = inputs;
    for (Instruction i : body) {
      int b = i.second();
      int c = i.third();
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
      r++;
    }
    if (scatters) {
      for (int o = 0; o < results.length; o++) {
        if (place[results[o]] < 0) {
          scatter(e, f, o, row, column, height, width);
        }
      }
    }
  }

  private <A> void gather(
      Elements<A> e, Frame<A> f, int input, int row, int column, int height, int width) {
    int stride = walk.stride(input);
    A from = f.array[place.length + input];
    A to = f.array[input];
    int target = f.offset[input];
    for (int h = 0; h < height; h++) {
      int at = f.offset[place.length + input] + walk.distance(input, row + h) + column * stride;
      if (stride == 0) {
        e.fill(to, target, width, e.get(from, at));
      } else {
        e.copy(width, from, at, stride, to, target, 1);
      }
      target += width;
    }
  }

  private <A> void scatter(
      Elements<A> e, Frame<A> f, int output, int row, int column, int height, int width) {
    int o = inputs + output;
    int stride = walk.stride(o);
    A from = f.array[results[output]];
    A to = f.array[place.length + o];
    int at = f.offset[results[output]];
    for (int h = 0; h < height; h++) {
      int target = f.offset[place.length + o] + walk.distance(o, row + h) + column * stride;
      e.copy(width, from, at, 1, to, target, stride);
      at += width;
    }
  }
}
