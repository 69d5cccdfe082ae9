package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;
import org.jspecify.annotations.Nullable;

/** 1 where {@code a > b}, else 0; constant between. */
public record Greater() implements Pointwise {
  @Override
  public int emit(Program.Builder p, int... in) {
    return p.apply(Code.GREATER, in);
  }

  @Override
  public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return null;
  }
}
