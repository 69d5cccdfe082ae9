package dev.unroll.autograd;

import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * An elementwise operation with broadcast inputs, defined by a few instructions, which determine
 * shape and value.
 */
public interface Pointwise extends Op {

  /**
   * Adds the instructions to a program.
   *
   * @param in the registers of the inputs
   * @return the register of the result
   */
  int emit(Program.Builder program, int... in);

  @Override
  default Shape shape(Shape... in) {
    return Shape.broadcast(name(), in);
  }

  @Override
  default Tensor forward(Tensor... in) {
    Program.Builder p = Program.inputs(in.length);
    int[] registers = new int[in.length];
    for (int i = 0; i < in.length; i++) {
      registers[i] = i;
    }
    return p.results(emit(p, registers)).run(name(), in).getFirst();
  }
}
