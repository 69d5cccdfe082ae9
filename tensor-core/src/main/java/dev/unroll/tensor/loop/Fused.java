package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.PointwiseRunner;
import dev.unroll.tensor.kernel.PointwiseRunner.Tiling;
import dev.unroll.tensor.spi.Instruction;
import java.util.List;
import java.util.stream.Stream;

/** A pointwise program over operands with any layouts. */
final class Fused implements Task {
  private final List<Operand> in;
  private final List<RowMajor> out;
  private final Location[] locations; // of inputs, then of outputs
  private final PointwiseRunner runner;
  private final int rows;
  private final int columns;

  /**
   * Creates the task.
   *
   * @param results the register that each output receives
   */
  Fused(List<Operand> in, List<RowMajor> out, List<Instruction> body, int... results) {
    this.in = in;
    this.out = out;
    rows = out.getFirst().rows();
    columns = out.getFirst().columns();
    List<Operand> all = Stream.concat(in.stream(), out.stream()).toList();
    locations = all.stream().map(Operand::location).toArray(Location[]::new);
    runner =
        new PointwiseRunner(
            Tiling.CACHE,
            out.getFirst().layout(),
            all.stream().map(Operand::layout).toArray(Layout[]::new),
            body,
            results);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public List<? extends Operand> writes() {
    return out;
  }

  @Override
  public List<? extends Operand> reads() {
    return in;
  }

  @Override
  public <A> PointwiseRunner.Frame<A> frame() {
    return runner.frame();
  }

  @Override
  public <A> void run(Workspace<A> w, RowRange<A> range, int t) {
    PointwiseRunner.Frame<A> frame = range.frame();
    for (int i = 0; i < locations.length; i++) {
      frame.set(i, w.array(locations[i]), w.offset(locations[i], t));
    }
    runner.run(w.elements, frame, range.from * columns, range.to * columns);
  }
}
