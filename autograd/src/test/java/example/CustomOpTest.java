package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.GradCheck;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.MultiOutputOp;
import dev.unroll.autograd.Op;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Matrices;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Operations of a user, with nothing but what the module exports. */
class CustomOpTest {
  private static final RandomKey KEY = RandomKey.of(31);
  private static final Tensor X = KEY.normal(DType.FLOAT64, Shape.of(3, 4), 0, 1);

  /** {@code x sigmoid(x)}. */
  record Swish() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.mul(in[0], p.apply(dev.unroll.tensor.spi.Code.SIGMOID, in[0]));
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      Variable s = in[0].sigmoid();
      return g.mul(s.add(out.mul(s.affine(-1, 1))));
    }
  }

  /** The example of the Javadoc. */
  record Cube() implements Pointwise {
    @Override
    public int emit(Program.Builder p, int... in) {
      return p.mul(in[0], p.mul(in[0], in[0]));
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(in[0]).mul(in[0]).mul(3);
    }
  }

  /** {@code factor X' X}: an attribute, and a shape of its own. */
  record Weighted(double factor) implements Op {
    @Override
    public Shape shape(Shape... in) {
      if (in[0].rank() != 2) {
        throw new IllegalArgumentException("[weighted] expected a matrix, got " + in[0]);
      }
      return Shape.of(in[0].dim(1), in[0].dim(1));
    }

    @Override
    public Tensor forward(Tensor... in) {
      return Matrices.product(in[0], true, in[0], false).mul(Tensor.scalar(in[0].type(), factor));
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return in[0].matmul(g.add(g.permute(1, 0))).mul(factor);
    }
  }

  /** The sum and the product of two. */
  record SumAndProduct() implements MultiOutputOp {
    @Override
    public List<Tensor> forward(List<Tensor> in) {
      return List.of(in.get(0).add(in.get(1)), in.get(0).mul(in.get(1)));
    }

    @Override
    public List<@Nullable Variable> gradient(List<@Nullable Variable> g, List<Variable> in) {
      return Arrays.asList(by(g, in.get(1)), by(g, in.get(0)));
    }

    private static @Nullable Variable by(List<@Nullable Variable> g, Variable other) {
      Variable sum = g.get(0);
      Variable product = g.get(1) == null ? null : g.get(1).mul(other);
      return sum == null ? product : product == null ? sum : sum.add(product);
    }
  }

  @Test
  void opOfAUserIsDifferentiatedTwice() {
    for (Op op : List.of(new Cube(), new Swish(), new Weighted(0.5))) {
      assertThat(GradCheck.check(op.name(), in -> Variable.apply(op, in.getFirst()), X)).isEmpty();
      assertThat(GradCheck.checkSecondOrder(op.name(), in -> Variable.apply(op, in.getFirst()), X))
          .isEmpty();
    }
    assertThat(new Swish().name()).isEqualTo("swish");
    Variable vector = Variable.of(KEY.normal(DType.FLOAT64, Shape.of(3), 0, 1));
    assertThatThrownBy(() -> Variable.apply(new Weighted(1), vector))
        .hasMessage("[weighted] expected a matrix, got [3]");
  }

  @Test
  void functionOfAUserSendsBackFromEveryResult() {
    Tensor y = KEY.fold(1).normal(DType.FLOAT64, Shape.of(3, 4), 0, 1);
    List<List<Integer>> used = List.of(List.of(0), List.of(1), List.of(0, 1), List.of(1, 0, 1));
    for (List<Integer> which : used) {
      java.util.function.Function<List<Variable>, Variable> f =
          in -> {
            List<Variable> r = Variable.apply(new SumAndProduct(), in);
            Variable all = Variable.scalar(DType.FLOAT64, 0);
            for (int i : which) {
              all = all.add(r.get(i).tanh());
            }
            return all;
          };
      assertThat(GradCheck.check("sumAndProduct", f, X, y)).as("%s", which).isEmpty();
      assertThat(GradCheck.checkSecondOrder("sumAndProduct", f, X, y)).as("%s", which).isEmpty();
    }
  }

  @Test
  void functionIsReleasedAndItsResultsAreCounted() {
    record Short() implements MultiOutputOp {
      @Override
      public List<Tensor> forward(List<Tensor> in) {
        return in;
      }

      @Override
      public List<@Nullable Variable> gradient(List<@Nullable Variable> g, List<Variable> in) {
        return g.subList(0, 1);
      }
    }
    @SuppressWarnings("NullAway") // Null is what is tested.
    record NoGradients() implements MultiOutputOp {
      @Override
      public List<Tensor> forward(List<Tensor> in) {
        return in;
      }

      @Override
      public List<@Nullable Variable> gradient(List<@Nullable Variable> g, List<Variable> in) {
        return null;
      }
    }
    Parameter p = new Parameter(X);
    Variable loss = Variable.apply(new SumAndProduct(), List.of(p, p)).getLast().sum();
    assertThat(Gradients.of(loss, List.of(p)).get(p).dense().toDoubles())
        .containsExactly(X.add(X).toDoubles());
    assertThatThrownBy(() -> Gradients.of(loss, List.of(p)))
        .hasMessageStartingWith("[gradients] the graph of this sum was released");
    Variable wrong = Variable.apply(new Short(), List.of(p, p)).getFirst().sum();
    assertThatThrownBy(() -> Gradients.of(wrong, List.of(p)))
        .hasMessage("[short] has 2 inputs, but returns gradients of 1");
    Variable none = Variable.apply(new NoGradients(), List.of(p)).getFirst().sum();
    assertThatThrownBy(() -> Gradients.of(none, List.of(p)))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("[noGradients] expected a list of gradients, got null");
    assertThat(Variable.apply(new Short(), List.of(Variable.of(X))).getFirst().requiresGradient())
        .isFalse();
  }

  @Test
  void gradientOfAWrongShapeIsRefused() {
    record Wrong() implements Pointwise {
      @Override
      public int emit(Program.Builder p, int... in) {
        return p.mul(in[0], in[0]);
      }

      @Override
      public Variable gradient(int i, Variable g, Variable out, Variable... in) {
        return g.sum();
      }
    }
    Parameter p = new Parameter(X);
    Variable loss = Variable.apply(new Wrong(), p).sum();
    assertThatThrownBy(() -> Gradients.of(loss, List.of(p)))
        .hasMessage(
            "[wrong] expected a gradient of its input's type and shape, float64 [3, 4], got float64 []");
  }

  /** Announces what it is told to, and returns its input. */
  record Announcing(DType announced, int... dims) implements Op {
    @Override
    public Shape shape(Shape... in) {
      return Shape.of(dims);
    }

    @Override
    public DType type(DType... in) {
      return announced;
    }

    @Override
    public Tensor forward(Tensor... in) {
      return in[0];
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g;
    }
  }

  @Test
  void resultThatIsNotWhatWasAnnouncedIsRefused() {
    Variable x = Variable.input(X);
    assertThat(Variable.apply(new Announcing(DType.FLOAT64, 3, 4), x).value()).isSameAs(X);
    assertThatThrownBy(() -> Variable.apply(new Announcing(DType.FLOAT64, 4, 3), x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "[announcing] forward expected to return float64 [4, 3], as declared, got float64 [3, 4]");
    assertThatThrownBy(() -> Variable.apply(new Announcing(DType.FLOAT32, 3, 4), x))
        .hasMessage(
            "[announcing] forward expected to return float32 [3, 4], as declared, got float64 [3, 4]");
    Scan scan = Scan.forward();
    Variable xs = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(5, 3, 4), 1));
    assertThatThrownBy(() ->
            scan.run(
                (in, c, time) -> {
                  Variable h = Variable.apply(new Announcing(DType.FLOAT64, 1, 4), in.get(0));
                  return new Scan.Result(List.of(h), List.of(c.get(0)));
                },
                List.of(xs),
                List.of(x),
                0))
        .hasMessageContaining(
            "[announcing] forward expected to return float64 [1, 4], as declared");
  }

  /** Squares each element, and announces a row of the result. */
  record Overstated() implements Pointwise {
    @Override
    public Shape shape(Shape... in) {
      return in[0].with(0, 1);
    }

    @Override
    public int emit(Program.Builder p, int... in) {
      return p.mul(in[0], in[0]);
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g.mul(in[0]).mul(2);
    }
  }

  @Test
  void pointwiseResultThatIsNotWhatWasAnnouncedIsRefusedInPlansToo() {
    Variable x = Variable.input(X);
    Variable xs = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(5, 3, 4), 1));
    String message = "[overstated] forward expected to return float64 [1, 4], as declared";
    assertThatThrownBy(() -> Variable.apply(new Overstated(), x)).hasMessageStartingWith(message);
    Scan.Body body =
        (in, c, time) -> {
          Variable h = c.get(0).add(in.get(0)).tanh();
          return new Scan.Result(List.of(Variable.apply(new Overstated(), h)), List.of(h));
        };
    for (Scan scan : List.of(Scan.forward(), Scan.forward().eager())) {
      assertThatThrownBy(() -> scan.run(body, List.of(xs), List.of(x), 0))
          .hasMessageStartingWith(message);
    }
  }

  @Test
  void gradientOfAnotherTypeIsRefused() {
    record Widened() implements Op {
      @Override
      public Shape shape(Shape... in) {
        return in[0];
      }

      @Override
      public Tensor forward(Tensor... in) {
        return in[0];
      }

      @Override
      public Variable gradient(int i, Variable g, Variable out, Variable... in) {
        return Variable.of(g.value().to(DType.FLOAT32));
      }
    }
    Parameter p = new Parameter(X);
    Variable loss = Variable.apply(new Widened(), p).sum();
    assertThatThrownBy(() -> Gradients.of(loss, List.of(p)))
        .hasMessage(
            "[widened] expected a gradient of its input's type and shape, float64 [3, 4], "
                + "got float32 [3, 4]");
    Variable x = Variable.input(X);
    Variable seed = Variable.of(Tensor.full(DType.FLOAT32, X.shape(), 1));
    assertThatThrownBy(() -> Gradients.of(x.tanh(), seed, List.of(x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "[gradients] expected a seed of the result's type and shape, float64 [3, 4], "
                + "got float32 [3, 4]");
  }
}
