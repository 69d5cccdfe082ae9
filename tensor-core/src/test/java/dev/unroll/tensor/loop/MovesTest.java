package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import dev.unroll.tensor.spi.Code;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values are computed into the buffer of their reader, unless other values need either. */
class MovesTest {
  private static final int STEPS = 3;
  private static final Shape SHAPE = Shape.of(2, 2);
  private static final Tensor X = TestLoop.integers(DType.FLOAT32, 1, SHAPE.insert(0, STEPS));
  private static final Tensor W = TestLoop.integers(DType.FLOAT32, 2, SHAPE);
  private static final Tensor C = TestLoop.integers(DType.FLOAT32, 3, SHAPE);

  /** What a step computes of a sequence x and a loop-invariant c that is computed, too. */
  private interface Step {
    LoopValue build(TestLoop l, LoopValue x, LoopValue c);
  }

  private enum Case {
    CONCATENATION(
        1,
        (l, x, c) -> concat(l, twice(l, x), square(l, x)),
        t -> concat(twice(x(t)), square(x(t)))),
    CONCATENATION_OF_A_CONCATENATION(
        1,
        (l, x, c) -> l.builder.concat(1, 6, List.of(concat(l, twice(l, x), x), square(l, x)), 0, 4),
        t -> Join.concat(1, List.of(twice(x(t)), x(t), square(x(t))))),
    CONCATENATION_WITH_ITSELF(
        1,
        (l, x, c) -> {
          LoopValue y = twice(l, x);
          return concat(l, y, y);
        },
        t -> concat(twice(x(t)), twice(x(t)))),
    CONCATENATION_OF_A_CALL(
        1,
        (l, x, c) -> concat(l, x, l.builder.call(v -> twice(v[0]), SHAPE, List.of(x))),
        t -> concat(x(t), twice(x(t)))),
    CONCATENATION_OF_AN_EARLIER_STAGE(
        2,
        (l, x, c) -> {
          LoopValue y = twice(l, x);
          l.stage(true);
          return twice(l, concat(l, y, x));
        },
        t -> twice(concat(twice(x(t)), x(t)))),
    CONCATENATION_OF_ONE_THAT_IS_RESHAPED(
        3,
        (l, x, c) -> {
          LoopValue y = twice(l, x);
          LoopValue same = l.builder.concat(1, 2, List.of(y), 0); // y moves.
          LoopValue row = l.builder.reshape(y, Shape.of(1, 4)); // Neither moves any more.
          LoopValue whole = l.builder.reshape(concat(l, same, x), Shape.of(1, 8));
          return l.builder.concat(1, 12, List.of(row, whole), 0, 4);
        },
        t ->
            Join.concat(
                1, List.of(twice(x(t)).reshape(1, 4), concat(twice(x(t)), x(t)).reshape(1, 8)))),
    CONCATENATION_OF_A_VIEW(
        2,
        (l, x, c) -> concat(l, x, l.builder.permute(twice(l, x), 1, 0)),
        t -> concat(x(t), twice(x(t)).permute(1, 0))),
    CONCATENATION_OF_A_LOOP_INVARIANT(1, (l, x, c) -> concat(l, c, x), t -> concat(twice(C), x(t))),
    CONCATENATION_OF_ROWS(
        3,
        (l, x, c) -> l.builder.concat(0, 4, List.of(twice(l, x), square(l, x)), 0, 2),
        t -> Join.concat(0, List.of(twice(x(t)), square(x(t))))),
    CONCATENATION_OF_PADDED_ROWS(
        2, (l, x, c) -> concat(l, padded(l, x), x), t -> concat(padded(x(t)), x(t))),
    CONCATENATION_OF_WHAT_IS_RESHAPED(
        3,
        (l, x, c) -> {
          LoopValue y = twice(l, x);
          LoopValue row = l.builder.reshape(y, Shape.of(1, 4));
          LoopValue whole = l.builder.reshape(concat(l, y, x), Shape.of(1, 8));
          return l.builder.concat(1, 12, List.of(row, whole), 0, 4);
        },
        t ->
            Join.concat(
                1, List.of(twice(x(t)).reshape(1, 4), concat(twice(x(t)), x(t)).reshape(1, 8)))),
    PRODUCT_OVER_ITS_ADDEND(
        1, (l, x, c) -> product(l, twice(l, x), x), t -> product(twice(x(t)), t)),
    PRODUCT_OVER_A_PRODUCT(
        1,
        (l, x, c) -> product(l, product(l, twice(l, x), x), x),
        t -> product(product(twice(x(t)), t), t)),
    PRODUCT_AND_ADDEND(
        3,
        (l, x, c) -> {
          LoopValue y = twice(l, x);
          LoopValue p = l.builder.multiplyAdd(y, false, x, l.matrix(W), 2);
          return l.apply(Code.ADD, p, y);
        },
        t -> product(twice(x(t)), t).add(twice(x(t)))),
    PRODUCT_AND_SEQUENCE(
        2, (l, x, c) -> l.apply(Code.ADD, product(l, x, x), x), t -> product(x(t), t).add(x(t))),
    PRODUCT_AND_LOOP_INVARIANT(1, (l, x, c) -> product(l, c, x), t -> product(twice(C), t)),
    PRODUCT_AND_VIEW(
        2,
        (l, x, c) -> product(l, l.builder.permute(twice(l, x), 1, 0), x),
        t -> product(twice(x(t)).permute(1, 0), t)),
    PRODUCT_AND_COLUMN(
        2, (l, x, c) -> product(l, l.builder.rowSum(x), x), t -> product(rowSum(x(t)), t)),
    PRODUCT_AND_PADDED(
        3,
        (l, x, c) -> l.apply(Code.ADD, product(l, padded(l, x), x), x),
        t -> product(padded(x(t)), t).add(x(t))),
    PRODUCT_AND_PARTS(
        3,
        (l, x, c) -> {
          LoopValue part = l.builder.rowSum(x);
          LoopValue whole =
              l.builder.concat(1, 2, List.of(part, l.builder.slice(x, 1, 0, 1)), 0, 1);
          LoopValue p = product(l, whole, x);
          return l.builder.pointwise(Program.of(Code.ADD), SHAPE, List.of(p, part)).getFirst();
        },
        t -> product(concat(rowSum(x(t)), x(t).slice(1, 0, 1)), t).add(rowSum(x(t)))),
    PRODUCT_AND_CARRIED(
        2,
        (l, x, c) -> {
          LoopValue h = l.carried(C);
          l.builder.next(h, twice(l, x));
          return l.apply(Code.ADD, product(l, h, x), h);
        },
        t -> product(previous(t), t).add(previous(t))),
    CARRIED(
        1,
        (l, x, c) -> {
          LoopValue h = l.carried(C);
          LoopValue y = l.builder.multiply(x, l.matrix(W), 2);
          l.builder.next(h, y);
          return l.apply(Code.ADD, y, h);
        },
        t -> x(t).matmul(W).add(t == 0 ? C : x(t - 1).matmul(W)));

    private final int buffers;
    private final Step step;
    private final IntFunction<Tensor> expected;

    Case(int buffers, Step step, IntFunction<Tensor> expected) {
      this.buffers = buffers;
      this.step = step;
      this.expected = expected;
    }

    private static Tensor x(int t) {
      return X.select(0, t);
    }

    private static Tensor previous(int t) {
      return t == 0 ? C : twice(x(t - 1));
    }

    private static LoopValue twice(TestLoop l, LoopValue x) {
      return l.apply(Code.ADD, x, x);
    }

    private static Tensor twice(Tensor x) {
      return x.add(x);
    }

    private static LoopValue square(TestLoop l, LoopValue x) {
      return l.apply(Code.MUL, x, x);
    }

    private static Tensor square(Tensor x) {
      return x.mul(x);
    }

    private static Tensor rowSum(Tensor x) {
      return Reduction.sumTo(x, Shape.of(2, 1));
    }

    private static LoopValue concat(TestLoop l, LoopValue a, LoopValue b) {
      return l.builder.concat(1, 4, List.of(a, b), 0, 2);
    }

    private static Tensor concat(Tensor a, Tensor b) {
      return Join.concat(1, List.of(a, b));
    }

    /** Returns the first column, and zeros. */
    private static LoopValue padded(TestLoop l, LoopValue x) {
      return l.builder.concat(1, 2, List.of(l.builder.slice(x, 1, 0, 1)), 0);
    }

    private static Tensor padded(Tensor x) {
      return concat(x.slice(1, 0, 1), Tensor.zeros(DType.FLOAT32, Shape.of(2, 1)));
    }

    private static LoopValue product(TestLoop l, LoopValue addend, LoopValue x) {
      return l.builder.multiplyAdd(addend, true, x, l.matrix(W), 2);
    }

    private static Tensor product(Tensor addend, int t) {
      return x(t).matmul(W).add(addend);
    }
  }

  @ParameterizedTest
  @EnumSource
  void valuesMoveIntoTheirReaders(Case c) {
    for (boolean loop : new boolean[] {true, false}) {
      for (int steps : new int[] {1, STEPS}) {
        TestLoop l = new TestLoop(DType.FLOAT32);
        LoopValue bound = l.constant(C);
        LoopValue constant = l.apply(Code.ADD, bound, bound);
        l.stage(loop);
        LoopValue x = l.sequence(X.slice(0, 0, steps));
        LoopValue out = c.step.build(l, x, constant);
        String what = "loop %s, %d steps".formatted(loop, steps);
        TestLoop.check(what, l.output(out, steps), TestLoop.join(steps, c.expected));
        long computed =
            l.loop().buffers().stream()
                .filter(b -> b.kind == Kind.COMPUTED && b.lifetime != Lifetime.ONCE)
                .count();
        assertThat(computed).as(what).isEqualTo(c.buffers);
      }
    }
  }
}
