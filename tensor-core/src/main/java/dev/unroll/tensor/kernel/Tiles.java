package dev.unroll.tensor.kernel;

import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.List;

/**
 * Runs a pointwise program tile by tile: each instruction over a few hundred elements at a time, so
 * that intermediate results never leave the L1 cache. A contiguous operand is read in place; others
 * are gathered into a buffer of one tile.
 */
public final class Tiles {
  /**
   * Elements of a tile. The operands of an instruction fit in L1, and arrays are streamed from
   * memory in parallel: with long tiles, streams restart one after the other at each tile, and the
   * processor prefetches too late.
   */
  private static final int TILE = 256;

  /** Elements of a part: large enough to outweigh the handing over to another thread. */
  private static final int PART = 64 * TILE;

  /** Runs shorter than this are gathered across their ends. */
  private static final int SHORT = 96;

  private Tiles() {}

  /**
   * An operand: an array and the layout of its elements, broadcast to the sizes of the result.
   *
   * @param <A> the array type
   */
  public record Operand<A>(A array, Layout layout) {}

  /**
   * Computes results from inputs.
   *
   * @param shape the layout of a dense result
   * @param body registers below {@code inputs.size()} are inputs, above are earlier instructions
   * @param results the register that each output receives: of an instruction, no two the same
   * @param outputs dense arrays that begin at index 0; one may be that of an input that lies alike,
   *     which is then overwritten
   */
  public static <A> void run(
      Elements<A> e,
      Layout shape,
      List<Operand<A>> inputs,
      List<Instruction> body,
      int[] results,
      List<A> outputs) {
    int size = shape.size();
    if (size == 0) {
      return;
    }
    if (body.size() == 1 && results.length == 1 && inOrder(inputs)) {
      straight(e, size, inputs, body.getFirst(), outputs.getFirst());
      return;
    }
    Layout[] layouts = new Layout[inputs.size()];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = inputs.get(i).layout();
    }
    Walk walk = new Walk(shape, layouts);
    Team.run(
        (size + PART - 1) / PART,
        part -> {
          int end = Math.min(size, (part + 1) * PART);
          new Part<>(e, walk, inputs, body, results, outputs).run(part * PART, end);
        });
  }

  private static <A> boolean inOrder(List<Operand<A>> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).layout().isContiguous()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Runs one instruction over operands in order: there is nothing to gather or to keep in cache.
   */
  private static <A> void straight(
      Elements<A> e, int size, List<Operand<A>> inputs, Instruction i, A output) {
    Kernels<A> kernels = e.kernels();
    Operand<A> a = inputs.get(i.a());
    Operand<A> b = inputs.get(i.second());
    Operand<A> c = inputs.get(i.third());
    Team.run(
        (size + PART - 1) / PART,
        part -> {
          int at = part * PART;
          kernels.elementwise(
              i,
              Math.min(PART, size - at),
              a.array,
              a.layout.offset() + at,
              b.array,
              b.layout.offset() + at,
              c.array,
              c.layout.offset() + at,
              output,
              at);
        });
  }

  /** The tiles of one thread, with its buffers. */
  private static final class Part<A> {
    private final Elements<A> e;
    private final Kernels<A> kernels;
    private final Walk walk;
    private final List<Operand<A>> inputs;
    private final Instruction[] body;
    private final boolean[] constant; // [input]: filled once for all tiles
    private final A buffers; // [register, TILE]
    private final A[] array; // [register]: where the tile is now
    private final int[] offset;
    private final boolean[] output;
    private final int[] results;
    private final List<A> outputs;

    @SuppressWarnings("unchecked")
    Part(
        Elements<A> e,
        Walk walk,
        List<Operand<A>> inputs,
        List<Instruction> body,
        int[] results,
        List<A> outputs) {
      this.e = e;
      this.kernels = e.kernels();
      this.walk = walk;
      this.inputs = inputs;
      this.body = body.toArray(Instruction[]::new);
      int registers = inputs.size() + body.size();
      buffers = e.scratch().take((long) registers * TILE);
      array = (A[]) new Object[registers];
      offset = new int[registers];
      output = new boolean[registers];
      this.results = results;
      this.outputs = outputs;
      for (int i = 0; i < results.length; i++) {
        if (!isReadAfter(results[i], outputs.get(i))) {
          array[results[i]] = outputs.get(i);
          output[results[i]] = true;
        }
      }
      constant = new boolean[inputs.size()];
      for (int i = 0; i < constant.length; i++) {
        constant[i] = walk.isConstant(i);
        if (constant[i]) {
          e.fill(buffer(i), i * TILE, TILE, e.get(inputs.get(i).array(), walk.offset(i, 0)));
        }
      }
    }

    /**
     * Returns whether an instruction after a register's own reads an input that lies in an array.
     */
    private boolean isReadAfter(int register, A output) {
      for (int i = register + 1 - inputs.size(); i < body.length; i++) {
        Instruction in = body[i];
        if (lies(in.a(), output) || lies(in.b(), output) || lies(in.c(), output)) {
          return true;
        }
      }
      return false;
    }

    @SuppressWarnings("ReferenceEquality") // The same array, not an equal one.
    private boolean lies(int register, A output) {
      return register >= 0 && register < inputs.size() && inputs.get(register).array() == output;
    }

    /** Computes the elements from one to another; to be called once. */
    void run(int from, int end) {
      int length = walk.length();
      boolean cut = length >= SHORT;
      for (int at = from; at < end; ) {
        int n = Math.min(TILE, end - at);
        if (cut) {
          n = Math.min(n, length - at % length);
        }
        tile(at, n);
        at += n;
      }
      e.scratch().give(buffers);
    }

    private void tile(int at, int n) {
      int row = at / walk.length();
      int column = at % walk.length();
      for (int i = 0; i < constant.length; i++) {
        if (!constant[i]) {
          place(i, row, column, n);
        }
      }
      int r = constant.length;
      for (Instruction i : body) {
        if (output[r]) {
          offset[r] = at;
        } else {
          buffer(r);
        }
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
      for (int i = 0; i < results.length; i++) {
        if (!output[results[i]]) {
          e.copy(n, buffers, results[i] * TILE, 1, outputs.get(i), at, 1);
        }
      }
    }

    /** Points an input at its elements, or gathers them. */
    private void place(int i, int row, int column, int n) {
      int length = walk.length();
      int stride = walk.stride(i);
      A from = inputs.get(i).array();
      if (stride == 1 && column + n <= length) {
        array[i] = from;
        offset[i] = walk.offset(i, row) + column;
        return;
      }
      A to = buffer(i);
      for (int done = 0; done < n; row++, column = 0) {
        int run = Math.min(n - done, length - column);
        int start = walk.offset(i, row) + column * stride;
        if (stride == 0) {
          e.fill(to, i * TILE + done, run, e.get(from, start));
        } else {
          e.copy(run, from, start, stride, to, i * TILE + done, 1);
        }
        done += run;
      }
    }

    /** Points a register at its buffer. */
    private A buffer(int register) {
      array[register] = buffers;
      offset[register] = register * TILE;
      return buffers;
    }
  }
}
