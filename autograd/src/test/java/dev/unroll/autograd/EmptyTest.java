package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tensors without elements go through every operation, forward and backward. */
class EmptyTest {
  private static Variable zeros(int... dims) {
    return Variable.input(Tensor.zeros(DType.FLOAT64, Shape.of(dims)));
  }

  /** Applies an operation to x, and asks for the gradient of its result by x, twice. */
  private static void passes(String name, Variable x, UnaryOperator<Variable> op) {
    Variable y = op.apply(x);
    assertThat(y.value().shape()).as(name).isEqualTo(y.shape());
    Variable seed = Variable.input(Tensor.full(DType.FLOAT64, y.shape(), 1));
    Variable g = Gradients.of(y, seed, List.of(x)).getFirst();
    assertThat(g.value().shape()).as(name).isEqualTo(x.shape());
    Variable one = Variable.of(Tensor.full(DType.FLOAT64, g.shape(), 1));
    Variable second = Gradients.of(g, one, List.of(seed)).getFirst();
    assertThat(second.value().shape()).as(name).isEqualTo(seed.shape());
  }

  @Test
  void everyOperationTakesEmptyTensors() {
    for (int[] dims : new int[][] {{0, 3}, {3, 0}, {0, 0}}) {
      Variable x = zeros(dims);
      int rows = dims[0];
      int columns = dims[1];
      passes("add", x, v -> v.add(zeros(1, columns)));
      passes("mul", x, v -> v.mul(v));
      passes("div", x, v -> v.div(zeros(rows, 1).exp()));
      passes("affine", x, v -> v.affine(2, 1));
      passes("exp", x, Variable::exp);
      passes("log", x, Variable::log);
      passes("sqrt", x, Variable::sqrt);
      passes("tanh", x, Variable::tanh);
      passes("sigmoid", x, Variable::sigmoid);
      passes("softplus", x, Variable::softplus);
      passes("abs", x, Variable::abs);
      passes("max", x, v -> v.max(zeros(rows, columns)));
      passes("where", x, v -> v.where(v.greater(zeros(1, 1)), zeros(1, 1)));
      passes("softmax", x, Variable::softmax);
      passes("logSoftmax", x, Variable::logSoftmax);
      passes("sum", x, Variable::sum);
      passes("sumTo rows", x, v -> v.sumTo(Shape.of(rows, 1)));
      passes("sumTo columns", x, v -> v.sumTo(Shape.of(1, columns)));
      passes("permute", x, v -> v.permute(1, 0));
      passes("reshape", x, v -> v.reshape(Shape.of(columns, rows)));
      passes("slice", x, v -> v.slice(0, 0, 0));
      passes("concat", x, v -> Variable.concat(0, v, zeros(2, columns), v));
      passes("matmul", x, v -> v.matmul(zeros(columns, 2)));
      passes("matmul, right", x, v -> zeros(2, rows).matmul(v));
      passes("linear", x, v -> v.linear(zeros(columns, 2), zeros(2)));
      passes("linear to nothing", x, v -> v.linear(zeros(columns, 0), zeros(0)));
      passes("centered", x, Variable::centered);
      passes("normalized", x, Variable::normalized);
      passes("mean", x, v -> v.maskedMean(zeros(rows, columns)));
    }
  }

  @Test
  void productsOfRankThreeByEmptyMatrices() {
    passes("left", zeros(2, 3, 4), v -> v.matmul(zeros(4, 0)));
    passes("inner", zeros(2, 3, 0), v -> v.matmul(zeros(0, 5)));
    passes("right", zeros(4, 0), v -> zeros(2, 3, 4).matmul(v));
    passes("batch", zeros(0, 3, 4), v -> v.matmul(zeros(4, 5)));
    passes("linear", zeros(2, 3, 4), v -> v.linear(zeros(4, 0), zeros(0)));
  }

  @Test
  void lossesAndRowsOfNothing() {
    Variable none = Variable.of(Tensor.zeros(DType.INT32, Shape.of(0)));
    passes("crossEntropy", zeros(0, 3), v -> v.crossEntropy(none));
    passes("gather", zeros(4, 3), v -> v.gather(none));
    passes("gather of nothing", zeros(0, 3), v -> v.gather(none));
    Tensor weights = Tensor.zeros(DType.FLOAT64, Shape.of(0));
    assertThat(zeros(0, 3).crossEntropy(none, weights).value().item()).isZero();
    Variable one = Variable.of(Tensor.zeros(DType.INT32, Shape.of(1)));
    assertThatThrownBy(() -> zeros(0, 3).gather(one).value()).hasMessageContaining("[gather] id 0");
    assertThatThrownBy(() -> zeros(0, 3).max(0)).hasMessage("[max] axis 0 of [0, 3] is empty");
  }

  @Test
  void gradientsOfDifferentShapesAreNotAdded() {
    List<Gradient> different = new ArrayList<>();
    different.add(new Gradient.Dense(Tensor.zeros(DType.FLOAT64, Shape.of(3, 2))));
    different.add(new Gradient.Dense(Tensor.zeros(DType.FLOAT64, Shape.of(2))));
    different.add(sparse(4, 2));
    different.add(sparse(5, 2));
    different.add(sparse(4, 3));
    for (Gradient a : different) {
      for (Gradient b : different) {
        if (a != b) {
          assertThatThrownBy(() -> a.plus(b))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith("[gradient] expected gradients of one parameter, got ");
        }
      }
    }
    assertThat(sparse(4, 2).plus(sparse(4, 2)).dense().shape()).isEqualTo(Shape.of(4, 2));
  }

  private static Gradient sparse(int size, int width) {
    Tensor ids = Tensor.of(Shape.of(1), new int[] {1});
    return new Gradient.Sparse(ids, Tensor.zeros(DType.FLOAT64, Shape.of(1, width)), size);
  }
}
