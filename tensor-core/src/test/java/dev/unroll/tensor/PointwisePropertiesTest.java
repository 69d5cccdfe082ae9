package dev.unroll.tensor;

import dev.unroll.tensor.scalar.ScalarKernelProvider;
import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import dev.unroll.testing.Property;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every operation of a pointwise program, over broadcast and strided operands. */
class PointwisePropertiesTest {
  static double reference(Code code, DType type, double a, double b, double c) {
    return switch (code) {
      case AFFINE, LINEAR, LINEAR_SQUARE -> a;
      case DIV_ROOT -> a / Math.sqrt(b);
      case ABS -> Math.abs(a);
      case SIGN -> Math.signum(a);
      case EXP -> StrictMath.exp(a);
      case LOG -> StrictMath.log(a);
      case SQRT -> Math.sqrt(a);
      case TANH -> StrictMath.tanh(a);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-a));
      case SOFTPLUS -> Math.max(a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      case GREATER -> a > b ? 1 : 0;
      case EQUAL -> a == b ? 1 : 0;
      case SIGMOID_GRADIENT -> a * b * round(type, 1 - b);
      case TANH_GRADIENT -> a * round(type, 1 - round(type, b * b));
      case MUL_ADD -> round(type, a * b) + c;
      case SELECT -> a != 0 ? b : c;
      default -> plain(code, a, b, c);
    };
  }

  /** What has no formula here is held against the plain loop in double precision. */
  private static double plain(Code code, double... x) {
    Instruction i = new Instruction(code, 0, 1, 2, 1, 0);
    double[] y = new double[1];
    new ScalarKernelProvider().float64().elementwise(i, 1, x, 0, x, 1, x, 2, y, 0);
    return y[0];
  }

  private static double scaled(Code code, DType type, double a, double b) {
    return switch (code) {
      case AFFINE -> round(type, 0.75 * a) + 0.25;
      case LINEAR -> round(type, 0.75 * a) + round(type, 0.25 * b);
      case LINEAR_SQUARE -> round(type, 0.75 * a) + round(type, 0.25 * round(type, b * b));
      case DIV_ROOT -> a / round(type, round(type, 0.75 * round(type, Math.sqrt(b))) + 0.25);
      default -> throw new IllegalArgumentException(code + " has no factors");
    };
  }

  private static double round(DType type, double x) {
    return type == DType.FLOAT32 ? (float) x : x;
  }

  @Test
  void operationsAgreeWithTheirFormula() {
    Property.holds(draw -> {
      Code code = draw.oneOf("code", Code.values());
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Random r = new Random(seed);
      boolean equal = code == Code.EQUAL || code == Code.SELECT || code == Code.GREATER;
      Tensor[] in = new Tensor[code.operands()];
      for (int i = 0; i < in.length; i++) {
        Shape own = i == in.length - 1 ? shape : Samples.broadcasting(shape, r);
        in[i] = equal ? Samples.whole(type, own, seed + i) : Samples.normal(type, own, seed + i);
      }
      Tensor out = Program.of(code).run("f", in).getFirst();
      Samples.check(
          out,
          shape,
          code.operands() == 1 ? 8 : 1,
          at -> {
            double[] x = new double[3];
            for (int i = 0; i < in.length; i++) {
              x[i] = Samples.broadcast(in[i], at);
            }
            return reference(code, type, x[0], x[1], x[2]);
          });
    });
  }

  @Test
  void operationsWithFactorsAgreeWithTheirFormula() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor a = Samples.normal(type, shape, seed);
      Tensor b = Samples.normal(type, Samples.broadcasting(shape, new Random(seed)), seed + 1);
      for (Code code : List.of(Code.AFFINE, Code.LINEAR, Code.LINEAR_SQUARE, Code.DIV_ROOT)) {
        Tensor[] in = code.operands() == 1 ? new Tensor[] {a} : new Tensor[] {a, b};
        Program.Builder p = Program.inputs(in.length);
        Program f = p.results(p.add(new Instruction(code, 0, in.length - 1, -1, 0.75, 0.25)));
        Samples.check(
            f.run("f", in).getFirst(),
            shape,
            1,
            at -> scaled(code, type, a.get(at), Samples.broadcast(b, at)));
      }
    });
  }

  @Test
  void aChainIsTheSameAsItsInstructionsOneByOne() {
    Property.holds(draw -> {
      Shape shape = Samples.shape(draw);
      DType type = Samples.type(draw);
      long seed = draw.seed("seed");
      Tensor a = Samples.normal(type, shape, seed);
      Tensor b = Samples.normal(type, Samples.broadcasting(shape, new Random(seed)), seed + 1);
      Program.Builder p = Program.inputs(2);
      int sum = p.add(0, 1);
      int tanh = p.apply(Code.TANH, sum);
      Program chain = p.results(p.affine(p.mul(tanh, 0), 2, 1), sum);
      Tensor first = a.add(b);
      Program.Builder q = Program.inputs(1);
      Program affine = q.results(q.affine(0, 2, 1));
      Tensor second =
          affine.run("f", Program.of(Code.TANH).run("f", first).getFirst().mul(a)).getFirst();
      Samples.check(chain.run("f", a, b).get(0), shape, 0, second::get);
      Samples.check(chain.run("f", a, b).get(1), shape, 0, first::get);
    });
  }
}
