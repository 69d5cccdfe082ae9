package dev.unroll.autograd;

import static dev.unroll.autograd.Compared.input;
import static dev.unroll.autograd.Compared.normal;
import static dev.unroll.autograd.Compared.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.op.Products.MatMulAdd;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a planned step reads through a view it reads as the steps one by one do. */
final class PlannedViewsTest {
  private static final int T = 4;
  private static final int B = 3;
  private static final int H = 5;

  private static Variable of(Shape shape, double... values) {
    return Variable.input(Tensor.of(shape, values));
  }

  /** Computes the output of a step, {@code [B, H]}, from its input and its state. */
  private static Compared step(
      int rows, UnaryOperator<Variable> f, Variable input, Parameter... weights) {
    return new Compared(
        (in, c, time) -> {
          Variable y = f.apply(in.get(0));
          Variable h = c.get(0).add(y.sum()).tanh();
          return new Scan.Result(List.of(y), List.of(h));
        },
        List.of(input),
        List.of(input(1, rows, 2)),
        List.of(weights));
  }

  @Test
  void rowsOfATransposedSumAreItsRows() {
    Variable x = of(Shape.of(1, 2, 2), 1, 2, 3, 4);
    Variable s = of(Shape.of(2, 2), 0, 0, 0, 0);
    Scan.Body body =
        (in, c, time) -> {
          Variable y = in.get(0).add(c.get(0)).permute(1, 0).sumTo(Shape.of(2, 1));
          return new Scan.Result(List.of(y), List.of(c.get(0).mul(0.5)));
        };
    Scan scan = Scan.forward();
    Tensor y = scan.run(body, List.of(x), List.of(s), 0).outputs().getFirst().value();
    assertThat(scan.explain()).contains("saved per step");
    assertThat(y.toDoubles()).containsExactly(4, 6);
  }

  @Test
  void aBiasSeenTransposedGetsTheGradientOfItsColumns() {
    Parameter b = new Parameter(Tensor.of(Shape.of(2), 0.0, 0.0));
    Scan.Body body =
        (in, c, time) -> {
          Variable y = in.get(0).add(b).permute(1, 0).tanh().permute(1, 0);
          return new Scan.Result(List.of(y), List.of(c.get(0).mul(0.5)));
        };
    Variable x = of(Shape.of(1, 2, 2), 0, 0, 0, 0);
    Variable s = of(Shape.of(2, 2), 0, 0, 0, 0);
    Variable y = Scan.forward().run(body, List.of(x), List.of(s), 0).outputs().getFirst();
    Variable seed = of(Shape.of(1, 2, 2), 1, 10, 100, 1000);
    Variable g = Variable.withoutGradient(() -> Gradients.of(y, seed, List.of(b))).getFirst();
    assertThat(g.value().toDoubles()).containsExactly(101, 1010);
  }

  @Test
  void viewsOfWhatIsComputedAreReadAsTheyLie() {
    Parameter w = weight(11, H, H);
    Parameter b = weight(12, H);
    for (int rows : new int[] {1, 2, B, H}) {
      Shape column = Shape.of(rows, 1);
      Variable x = input(2, T, rows, H);
      List<UnaryOperator<Variable>> all =
          List.of(
              v -> v.add(b).permute(1, 0).sumTo(Shape.of(H, 1)),
              v -> v.add(b).permute(1, 0).tanh().permute(1, 0),
              v -> v.matmul(w).add(b).sumTo(column),
              v -> v.matmul(w).permute(1, 0).tanh(),
              v -> v.matmul(w).permute(1, 0).sigmoid().permute(1, 0).add(b),
              v -> v.tanh().permute(1, 0).reshape(Shape.of(rows, H)).add(b),
              v -> v.sumTo(column).expand(Shape.of(rows, H)).sumTo(column).add(b),
              v ->
                  v.tanh().slice(1, 1, 3).permute(1, 0).sumTo(Shape.of(2, 1)).mul(b.slice(0, 0, 1)),
              v -> v.exp().sumTo(column).expand(Shape.of(rows, H)).matmul(w).add(b),
              v -> v.matmul(w).add(b).tanh().sumTo(Shape.of(1, H)).expand(Shape.of(rows, H)),
              v -> v.add(b).permute(1, 0).expand(Shape.of(2, H, rows)).tanh().permute(2, 0, 1));
      for (int i = 0; i < all.size(); i++) {
        UnaryOperator<Variable> f = all.get(i);
        step(rows, f, x, w, b).agrees();
        step(rows, v -> f.apply(v.tanh()).exp(), x, w, b).agrees();
      }
    }
  }

  @Test
  void aTableWhoseRowsAreSeenTransposedGetsTheirGradient() {
    for (int rows : new int[] {1, 2, B}) {
      Parameter table = weight(21, 6, H);
      int[] numbers = new java.util.Random(5).ints(T * (long) rows, 0, 6).toArray();
      Variable ids = Variable.of(Tensor.of(Shape.of(T, rows), numbers));
      step(rows, v -> table.gather(v).permute(1, 0).tanh(), ids, table).agrees();
      step(rows, v -> table.gather(v).tanh().permute(1, 0).sumTo(Shape.of(H, 1)), ids, table)
          .agrees();
    }
  }

  @Test
  void statesMayBeReadTransposed() {
    Parameter w = weight(31, H, H);
    List<UnaryOperator<Variable>> all =
        List.of(
            h -> h.permute(1, 0),
            h -> h.permute(1, 0).matmul(w),
            h -> h.slice(0, 1, H).sumTo(Shape.of(1, H)),
            h -> h.permute(1, 0).sumTo(Shape.of(H, 1)),
            h -> Variable.concat(0, h.slice(0, 2, H), h.slice(0, 0, 2)));
    for (UnaryOperator<Variable> f : all) {
      Compared c =
          new Compared(
              (in, s, time) -> {
                Variable h = in.get(0).add(f.apply(s.get(0))).tanh();
                return new Scan.Result(List.of(h.permute(1, 0)), List.of(h));
              },
              List.of(input(3, T, H, H)),
              List.of(input(4, H, H)),
              List.of(w));
      c.agrees();
    }
  }

  @Test
  void onlyOneRowOfAnAddendChangesFromStepToStep() {
    Parameter w = weight(41, H, H);
    for (int rows : new int[] {1, B}) {
      Compared c =
          new Compared(
              (in, s, time) -> {
                Variable addend = in.get(1).tanh();
                Variable y = Variable.apply(new MatMulAdd(), addend, in.get(0), w);
                return new Scan.Result(List.of(y.tanh()), List.of(s.get(0).add(y.sum()).tanh()));
              },
              List.of(input(5, T, rows, H), input(6, T, H)),
              List.of(input(7, rows, 2)),
              List.of(w));
      c.agrees();
    }
  }

  @Test
  void stackedInputsAndWeightsAreSummed() {
    for (int rows : new int[] {1, B}) {
      for (int axis : new int[] {0, 1, 2}) {
        Parameter w = weight(51, rows, 2);
        UnaryOperator<Variable> f = v -> Variable.stack(axis, List.of(v, w)).sum();
        Compared c =
            new Compared(
                (in, s, time) -> {
                  Variable y = f.apply(in.get(0));
                  return new Scan.Result(List.of(y), List.of(s.get(0).add(y).tanh()));
                },
                List.of(input(52, T, rows, 2)),
                List.of(input(53, rows, 2)),
                List.of(w));
        c.agrees();
      }
    }
  }

  @Test
  void concatenationsOfAnyRankAndAxisAgree() {
    for (int rank = 1; rank <= 4; rank++) {
      for (int axis = 0; axis < rank; axis++) {
        int along = axis;
        int[] dims = {2, 1, 3, 2};
        Shape shape = Shape.of(java.util.Arrays.copyOf(dims, rank));
        Parameter w = new Parameter(normal(54 + rank, shape.dims()));
        Compared c =
            new Compared(
                (in, s, time) -> {
                  Variable a = in.get(0).tanh();
                  Variable g = in.get(0).mul(s.get(0)).sigmoid();
                  Variable both = Variable.concat(along, a, g, a, w);
                  Variable next = both.slice(along, shape.dim(along), 2 * shape.dim(along));
                  return new Scan.Result(
                      List.of(a, both, both.exp(), both.sum()), List.of(next.add(w).tanh()));
                },
                List.of(Variable.input(normal(60, shape.insert(0, T).dims()))),
                List.of(Variable.input(normal(61, shape.dims()))),
                List.of(w));
        c.agrees();
      }
    }
  }

  @Test
  void productsOfOneRowAreAddedToAllRows() {
    Parameter w = weight(71, H, H);
    Parameter u = weight(72, H, H);
    for (boolean first : new boolean[] {true, false}) {
      Compared c =
          new Compared(
              (in, s, time) -> {
                Variable one = s.get(0).sumTo(Shape.of(1, H)).tanh().matmul(w);
                Variable all = s.get(0).matmul(u);
                Variable z = first ? one.add(all) : all.add(one);
                Variable h = z.add(in.get(0).matmul(w)).tanh();
                return new Scan.Result(List.of(h), List.of(h));
              },
              List.of(input(73, T, 1, H)),
              List.of(input(74, B, H)),
              List.of(w, u));
      c.agrees();
    }
  }

  @Test
  void gapsOfAGradientAreZeroInAnArrayThatWasUsed() {
    Compared c =
        new Compared(
            (in, s, time) -> {
              Variable h = in.get(0).slice(1, 1, 3).tanh().add(s.get(0)).tanh();
              return new Scan.Result(List.of(h), List.of(h));
            },
            List.of(input(8, T, B, H)),
            List.of(input(9, B, 2)),
            List.of());
    Buffers buffers = new Buffers();
    for (int i = 0; i < 3; i++) {
      try (Buffers.Scope _ = buffers.open()) {
        for (int k = 0; k < 8; k++) {
          Variable seven = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(T, B, H), 7));
          assertThat(seven.mul(seven).value().get(0, 0, 0)).isEqualTo(49);
        }
      }
    }
    try (Buffers.Scope _ = buffers.open()) {
      c.agrees();
    }
  }
}
