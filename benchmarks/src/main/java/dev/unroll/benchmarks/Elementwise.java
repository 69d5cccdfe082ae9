package dev.unroll.benchmarks;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Elementwise operations on a million elements, into a slot: a fresh result would cost an
 * additional pass of zeroing.
 */
final class Elementwise {
  private static final int N = 1 << 20;

  private Elementwise() {}

  static List<Workload> workloads() {
    return List.of(
        workload("exp-1m", Code.EXP, Unit.NANOS_PER_ELEMENT, N),
        workload("tanh-1m", Code.TANH, Unit.NANOS_PER_ELEMENT, N),
        workload("sigmoid-1m", Code.SIGMOID, Unit.NANOS_PER_ELEMENT, N),
        // Two operands read, one result written.
        workload("add-1m", Code.ADD, Unit.GIGABYTES, 3.0 * Float.BYTES * N));
  }

  private static Workload workload(String name, Code code, Unit unit, double amount) {
    return new Workload(
        name,
        unit,
        amount,
        () -> {
          Tensor[] in = new Tensor[code.operands()];
          for (int i = 0; i < in.length; i++) {
            in[i] = Operands.normal(DType.FLOAT32, i, N);
          }
          // The slot is the last input, which is not read.
          Program.Builder p = Program.inputs(in.length + 1);
          Program program = p.results(p.apply(code, IntStream.range(0, in.length).toArray()));
          List<Slot> slot = List.of(Slot.of(in[0]));
          return () -> {
            program.run(name, slot, in);
            return slot;
          };
        });
  }
}
