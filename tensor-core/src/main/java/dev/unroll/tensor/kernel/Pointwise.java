package dev.unroll.tensor.kernel;

import dev.unroll.tensor.kernel.PointwiseRunner.Tiling;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.tensor.spi.Kernels;
import java.util.List;

/** Runs a pointwise program once, on as many threads as its size justifies. */
public final class Pointwise {
  /** Elements of a part: large enough to outweigh the handover to another thread. */
  private static final int PART = 1 << 14;

  private static final boolean[] NONE = {};

  private Pointwise() {}

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
    int n = inputs.size();
    Layout[] layouts = new Layout[n + results.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = i < n ? inputs.get(i).layout() : shape;
    }
    PointwiseRunner runner =
        new PointwiseRunner(
            Tiling.MEMORY, shape, layouts, body, results, buffered(inputs, body, results, outputs));
    int unit = runner.unit();
    int part = (PART + unit - 1) / unit * unit;
    Team.run(
        (size + part - 1) / part,
        i -> {
          PointwiseRunner.Frame<A> frame = runner.frame();
          for (int k = 0; k < n; k++) {
            frame.set(k, inputs.get(k).array(), inputs.get(k).layout().offset());
          }
          for (int k = 0; k < results.length; k++) {
            frame.set(n + k, outputs.get(k), 0);
          }
          runner.run(e, frame, i * part, Math.min(size, (i + 1) * part));
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

  /** Runs one instruction over contiguous operands, without preparation. */
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

  /** Returns which outputs share the array of an input that is read after they are computed. */
  private static <A> boolean[] buffered(
      List<Operand<A>> inputs, List<Instruction> body, int[] results, List<A> outputs) {
    boolean[] buffered = NONE;
    for (int o = 0; o < results.length; o++) {
      for (int k = results[o] + 1 - inputs.size(); k < body.size(); k++) {
        Instruction i = body.get(k);
        A to = outputs.get(o);
        if (lies(inputs, i.a(), to) || lies(inputs, i.b(), to) || lies(inputs, i.c(), to)) {
          buffered = buffered.length == 0 ? new boolean[results.length] : buffered;
          buffered[o] = true;
        }
      }
    }
    return buffered;
  }

  @SuppressWarnings("ReferenceEquality") // The same array, not an equal one.
  private static <A> boolean lies(List<Operand<A>> inputs, int register, A output) {
    return register >= 0 && register < inputs.size() && inputs.get(register).array() == output;
  }
}
