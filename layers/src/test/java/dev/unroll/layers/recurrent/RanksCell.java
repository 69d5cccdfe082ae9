package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * A cell whose state has a variable of each rank from 1 to 4, all of which matter.
 *
 * @param keys {@code [D, 1]}: where a memory of D rows is written
 */
record RanksCell(Linear in, Parameter keys) implements Cell<RanksCell.Ranks> {

  /**
   * The state.
   *
   * @param level {@code [B]}
   * @param h {@code [B, H]}
   * @param memory {@code [B, D, H]}
   * @param deep {@code [B, 1, 2, H]}
   */
  record Ranks(Variable level, Variable h, Variable memory, Variable deep) implements State<Ranks> {
    @Override
    public Ranks map(UnaryOperator<Variable> f) {
      return new Ranks(f.apply(level), f.apply(h), f.apply(memory), f.apply(deep));
    }
  }

  static RanksCell of(int in, int out, int depth, Init init) {
    return new RanksCell(Linear.of(in, out, init.at("in")), init.at("keys").glorot(depth, 1, 1));
  }

  @Override
  public int inputSize() {
    return in.weight().shape().dim(0);
  }

  @Override
  public int outputSize() {
    return in.bias().shape().dim(0);
  }

  private static Variable zeros(DType type, int... dims) {
    return Variable.of(Tensor.full(type, Shape.of(dims), 0));
  }

  @Override
  public Ranks initialState(int batch, DType type) {
    int h = outputSize();
    int d = keys.shape().dim(0);
    return new Ranks(
        zeros(type, batch),
        zeros(type, batch, h),
        zeros(type, batch, d, h),
        zeros(type, batch, 1, 2, h));
  }

  @Override
  public Step<Ranks> step(Variable x, Ranks s, Mode mode) {
    int b = x.shape().dim(0);
    int h = outputSize();
    Variable z = in.apply(x).tanh(); // [B, H]
    Variable sum = z.sumTo(Shape.of(b, 1)).reshape(Shape.of(b));
    Variable level = s.level().mul(0.5).add(sum.mul(0.25));
    Variable memory = s.memory().mul(0.5).add(z.reshape(Shape.of(b, 1, h)).mul(keys));
    Variable two = memory.slice(1, 0, 1).reshape(Shape.of(b, 1, 1, h));
    Variable deep = s.deep().mul(0.25).add(two).tanh();
    Variable read = memory.sumTo(Shape.of(b, 1, h)).reshape(Shape.of(b, h));
    Variable all = deep.sumTo(Shape.of(b, 1, 1, h)).reshape(Shape.of(b, h));
    Variable h2 =
        z.add(read).add(all).add(level.reshape(Shape.of(b, 1))).add(s.h().mul(0.5)).tanh();
    return new Step<>(h2, new Ranks(level, h2, memory, deep));
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("in", in).parameter("keys", keys);
  }
}
