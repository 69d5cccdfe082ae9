package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Operations with numbers compute what Java does, bit for bit; and what becomes of NaN. */
class ExactNumbersTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double[] VALUES = {
    0.0, -0.0, 1, -1, 0.1, -0.3, 5, 7e30, -7e30, 1e-39, -1e-39, 3e-45, -3e-45, NAN, INFINITY,
    -INFINITY
  };
  private static final double[] NUMBERS = {
    0.0, -0.0, 1, -1, 2, 3, 0.1, -7, 1e30, NAN, INFINITY, -INFINITY
  };

  private static void same(
      String name,
      UnaryOperator<Variable> op,
      DoubleUnaryOperator wide,
      DoubleUnaryOperator narrow) {
    for (DType type : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      Tensor x = Tensor.of(Shape.of(1, VALUES.length), VALUES).to(type);
      DoubleUnaryOperator f = type == DType.FLOAT64 ? wide : narrow;
      double[] expected = new double[VALUES.length];
      double[] in = x.toDoubles();
      for (int i = 0; i < in.length; i++) {
        expected[i] = f.applyAsDouble(in[i]);
      }
      assertThat(op.apply(Variable.of(x)).value().toDoubles())
          .as(type + " " + name)
          .isEqualTo(expected);
      Scan.Body body = (now, carried, t) -> new Scan.Result(List.of(op.apply(now.get(0))), carried);
      Scan scan = Scan.forward();
      Tensor planned =
          scan.run(body, List.of(Variable.of(x)), List.of(), 0).outputs().get(0).value();
      assertThat(scan.explain()).startsWith("forward");
      assertThat(planned.toDoubles()).as(type + " planned " + name).isEqualTo(expected);
    }
  }

  @Test
  void numbersAsOperandsGiveTheBitsOfTheOperation() {
    same("neg", Variable::neg, v -> -v, v -> -(float) v);
    for (double n : NUMBERS) {
      float f = (float) n;
      same("mul " + n, x -> x.mul(n), v -> v * n, v -> (float) v * f);
      same("add " + n, x -> x.add(n), v -> v + n, v -> (float) v + f);
      same("sub " + n, x -> x.sub(n), v -> v - n, v -> (float) v - f);
      same("div " + n, x -> x.div(n), v -> v / n, v -> (float) v / f);
    }
  }

  @Test
  void gradientsKeepTheSignOfZero() {
    Variable x = Variable.input(Tensor.scalar(DType.FLOAT32, 3));
    Variable seed = Variable.scalar(DType.FLOAT32, 0);
    for (UnaryOperator<Variable> op :
        List.<UnaryOperator<Variable>>of(Variable::neg, v -> v.mul(-2))) {
      double g = Gradients.of(op.apply(x), seed, List.of(x)).getFirst().value().item();
      assertThat(g).isEqualTo(-0.0);
    }
  }

  @Test
  void aMeanIsTheSumDividedByTheNumber() {
    float[] values = {0.1f, 0.7f, 1.3f, 0.2f, 5.1f, 9.7f, 0.3f};
    for (int n = 1; n <= values.length; n++) {
      Variable x = Variable.of(Tensor.of(Shape.of(values.length), values)).slice(0, 0, n);
      float sum = (float) x.sum().value().item();
      assertThat(x.mean().value().item()).isEqualTo(sum / n);
      assertThat(x.reshape(1, n).mean(1).value().get(0)).isEqualTo(sum / n);
      Variable in = Variable.input(x.value());
      Variable g =
          Gradients.of(in.mean(), Variable.scalar(DType.FLOAT32, 1), List.of(in)).getFirst();
      assertThat(g.value().get(0)).isEqualTo(1f / n);
    }
    Variable none = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(0, 2)));
    assertThat(none.mean(0).value().toDoubles()).containsExactly(NAN, NAN);
    assertThat(none.mean(1).value().shape()).isEqualTo(Shape.of(0));
  }

  private static double[] gradient(UnaryOperator<Variable> f, double... x) {
    double[] planned = null;
    double[] eager = null;
    for (Scan scan : List.of(Scan.forward(), Scan.forward().eager())) {
      Variable in = Variable.input(Tensor.of(Shape.of(1, x.length), x));
      Scan.Body body = (now, carried, t) -> new Scan.Result(List.of(f.apply(now.get(0))), carried);
      Variable out = scan.run(body, List.of(in), List.of(), 0).outputs().get(0);
      Variable seed = Variable.of(Tensor.full(out.type(), out.shape(), 1));
      double[] g = Gradients.of(out, seed, List.of(in)).getFirst().value().toDoubles();
      planned = eager;
      eager = g;
    }
    assertThat(planned).isEqualTo(eager);
    return eager;
  }

  @Test
  void whereTheResultIsNanTheGradientGoesToTheOperandThatIs() {
    Map<String, UnaryOperator<Variable>> one =
        Map.of("relu", Variable::relu, "clamp", v -> v.clamp(-1, 1), "max", v -> v.max(v.neg()));
    assertThat(gradient(one.get("relu"), -1, 0, 2, NAN)).containsExactly(0, 0, 1, 1);
    assertThat(gradient(one.get("clamp"), -2, -1, 0, 1, 2, NAN)).containsExactly(0, 1, 1, 1, 0, 1);
    assertThat(gradient(one.get("max"), -2, 2, NAN)).containsExactly(-1, 1, 1);
    assertThat(gradient(Variable::abs, -2, 0, 2, NAN)).containsExactly(-1, 0, 1, NAN);
    UnaryOperator<Variable> max = v -> v.slice(0, 0, 2).max(v.slice(0, 2, 4));
    UnaryOperator<Variable> min = v -> v.slice(0, 0, 2).min(v.slice(0, 2, 4));
    assertThat(gradient(max, NAN, 1, 2, NAN)).containsExactly(1, 0, 0, 1);
    assertThat(gradient(min, NAN, 1, 2, NAN)).containsExactly(1, 0, 0, 1);
    assertThat(gradient(max, NAN, 3, NAN, 3)).containsExactly(1, 1, 0, 0);
    assertThat(gradient(min, NAN, 3, NAN, 2)).containsExactly(1, 0, 0, 1);
    assertThat(gradient(v -> v.max(0), 1, NAN, 5, NAN, INFINITY)).containsExactly(0, 1, 0, 0, 0);
    assertThat(gradient(v -> v.max(0), 5, NAN)).containsExactly(0, 1);
  }
}
