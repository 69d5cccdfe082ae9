package dev.unroll.autograd.op;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.spi.Code;
import org.jspecify.annotations.Nullable;

/** Elementwise operations; operands broadcast. */
public final class Elementwise {
  private Elementwise() {}

  /** {@code a + b}. */
  public record Add() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.add(in[0], in[1]);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.sumTo(in[i].shape());
    }
  }

  /** {@code a - b}. */
  public record Sub() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.SUB, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return (i == 0 ? g : g.neg()).sumTo(in[i].shape());
    }
  }

  /** {@code a b}. */
  public record Mul() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.mul(in[0], in[1]);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(in[1 - i]).sumTo(in[i].shape());
    }
  }

  /** {@code a / b}. */
  public record Div() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.DIV, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      Variable d = i == 0 ? g.div(in[1]) : g.mul(out).div(in[1]).neg();
      return d.sumTo(in[i].shape());
    }
  }

  /** {@code scale x + shift}. A shift of -0.0 leaves every product as it is, the sign of 0 too. */
  public record Affine(double scale, double shift) implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.affine(in[0], scale, shift);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(scale);
    }
  }

  /** The absolute value. */
  public record Abs() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.ABS, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(Variable.apply(new Sign(), in[0]));
    }
  }

  /** -1, 0 or 1; constant between. */
  public record Sign() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.SIGN, in);
    }

    @Override
    public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return null;
    }
  }

  /** The square root. */
  public record Sqrt() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.SQRT, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.div(out).mul(0.5);
    }
  }

  /** {@code e^x}. */
  public record Exp() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.EXP, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(out);
    }
  }

  /** The natural logarithm. */
  public record Log() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.LOG, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.div(in[0]);
    }
  }

  /** The hyperbolic tangent: {@code dy/dx = 1 - y^2}. */
  public record Tanh() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.TANH, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return Variable.apply(new TanhGradient(), g, out);
    }
  }

  /** {@code g (1 - y^2)}: the gradient of {@code y = tanh(x)}. */
  public record TanhGradient() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.TANH_GRADIENT, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      Variable y = in[1];
      Variable d = i == 0 ? Variable.apply(new TanhGradient(), g, y) : g.mul(in[0]).mul(y).mul(-2);
      return d.sumTo(in[i].shape());
    }
  }

  /** {@code 1 / (1 + e^-x)}: {@code dy/dx = y (1 - y)}. */
  public record Sigmoid() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.SIGMOID, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return Variable.apply(new SigmoidGradient(), g, out);
    }
  }

  /** {@code g y (1 - y)}: the gradient of {@code y = sigmoid(x)}. */
  public record SigmoidGradient() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.SIGMOID_GRADIENT, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      Variable y = in[1];
      Variable d =
          i == 0 ? Variable.apply(new SigmoidGradient(), g, y) : g.mul(in[0]).mul(y.affine(-2, 1));
      return d.sumTo(in[i].shape());
    }
  }

  /** {@code log(1 + e^x)}. */
  public record Softplus() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.SOFTPLUS, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(in[0].sigmoid());
    }
  }

  /** {@code log(1 + a)}, exact near 0. */
  public record Log1p() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.LOG1P, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.div(in[0].add(1));
    }
  }

  /** The sine. */
  public record Sin() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.SIN, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(in[0].cos());
    }
  }

  /** The cosine. */
  public record Cos() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.COS, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(in[0].sin().neg());
    }
  }

  /** The error function. */
  public record Erf() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.ERF, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(in[0].square().neg().exp().mul(2 / Math.sqrt(Math.PI)));
    }
  }

  /** The larger of two; the gradient goes to the one that {@link TakesSecond} names. */
  public record Max() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.MAX, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      Variable second = Variable.apply(new TakesSecond(false), in);
      Variable zero = Variable.scalar(g.type(), 0);
      return (i == 0 ? zero.where(second, g) : g.where(second, zero)).sumTo(in[i].shape());
    }
  }

  /** The smaller of two; the gradient goes to the one that {@link TakesSecond} names. */
  public record Min() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.MIN, in);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      Variable second = Variable.apply(new TakesSecond(true), in);
      Variable zero = Variable.scalar(g.type(), 0);
      return (i == 0 ? zero.where(second, g) : g.where(second, zero)).sumTo(in[i].shape());
    }
  }

  /**
   * 1 where the larger of two is the second, else 0; constant between. Of equal operands it is the
   * first, and so it is of two that are NaN; NaN is taken rather than a number.
   *
   * @param smaller whether the smaller is taken instead
   */
  public record TakesSecond(boolean smaller) implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      int further = p.apply(Code.GREATER, in[smaller ? 0 : 1], in[smaller ? 1 : 0]);
      int first = p.apply(Code.EQUAL, in[0], in[0]); // 0 where it is NaN.
      int second = p.apply(Code.EQUAL, in[1], in[1]);
      return p.apply(Code.SELECT, second, further, first);
    }

    @Override
    public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return null;
    }
  }

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

  /** The second input where the first, a mask, is nonzero, else the third. */
  public record Where() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.SELECT, in);
    }

    @Override
    public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
      if (i == 0) {
        return null;
      }
      Variable zero = Variable.scalar(g.type(), 0);
      return (i == 1 ? g.where(in[0], zero) : zero.where(in[0], g)).sumTo(in[i].shape());
    }
  }

  /**
   * The input itself, in a buffer of its own.
   *
   * @param number distinguishes copies of one input
   */
  public record Identity(int number) implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.apply(Code.MAX, in[0], in[0]); // Adding 0 would change -0.
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g;
    }
  }
}
