package dev.unroll.tensor.loop;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Reduction;
import dev.unroll.tensor.Rows;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each task on each kind of operand, beside what tensors compute step by step. */
class TasksTest {
  private static final List<Shape> SHAPES = List.of(Shape.of(4, 5), Shape.of(3, 3));

  /** More than one block for the first shape. */
  private static int steps(Shape shape) {
    return shape.equals(SHAPES.getFirst()) ? 70 : 3;
  }

  /** The origin of the value that a task reads. */
  private enum Origin {
    SEQUENCE,
    CONSTANT,
    /** The same stage. */
    STAGE,
    /** The stage before. */
    EARLIER,
    /** The previous step. */
    CARRIED,
    /** The step after, in a run from the last step to the first. */
    CARRIED_BACKWARD,
    /** The forward sweep. */
    SAVED,
    /** The forward sweep, once more. */
    RECOMPUTED;

    Tensor at(Tensor x, Tensor first, int t) {
      return switch (this) {
        case SEQUENCE -> x.select(0, t);
        case CONSTANT -> first;
        case STAGE, EARLIER, SAVED, RECOMPUTED -> twice(x.select(0, t));
        case CARRIED -> t == 0 ? first : twice(x.select(0, t - 1));
        case CARRIED_BACKWARD -> t == x.shape().dim(0) - 1 ? first : twice(x.select(0, t + 1));
      };
    }

    private static Tensor twice(Tensor t) {
      return t.add(t);
    }
  }

  /** A task, and what it computes. */
  private enum Case {
    FUSED {
      @Override
      LoopValue build(TestLoop l, LoopValue in) {
        return l.builder.pointwise(program(), in.shape(), List.of(in)).getFirst();
      }

      @Override
      Tensor expected(Tensor in) {
        return program().run("p", in).getFirst();
      }

      private static Program program() {
        Program.Builder p = Program.inputs(1);
        return p.results(p.mul(p.apply(Code.TANH, 0), 0));
      }
    },
    ROW_SUM {
      @Override
      LoopValue build(TestLoop l, LoopValue in) {
        return l.builder.rowSum(in);
      }

      @Override
      Tensor expected(Tensor in) {
        return Reduction.sumTo(in.contiguous(), Shape.of(in.shape().dim(0), 1));
      }
    },
    COPY {
      @Override
      LoopValue build(TestLoop l, LoopValue in) {
        LoopBuilder b = l.builder;
        Shape s = in.shape();
        // Of rank 3, its part of the whole lies neither in rows nor in order.
        LoopValue cube = b.reshape(in, Shape.of(s.dim(0), s.dim(1), 1));
        LoopValue twice = b.concat(2, 2, List.of(cube, cube), 0, 1);
        return b.reshape(twice, Shape.of(2 * s.size()));
      }

      @Override
      Tensor expected(Tensor in) {
        Shape s = in.shape();
        Shape twice = Shape.of(s.dim(0), s.dim(1), 2);
        return in.reshape(s.dim(0), s.dim(1), 1).expand(twice).reshape(twice.size());
      }
    },
    CALL {
      @Override
      LoopValue build(TestLoop l, LoopValue in) {
        return l.builder.call(t -> t[0].mul(t[0]), in.shape(), List.of(in));
      }

      @Override
      Tensor expected(Tensor in) {
        return in.mul(in);
      }
    },
    PRODUCT {
      @Override
      LoopValue build(TestLoop l, LoopValue in) {
        return l.builder.multiply(in, l.matrix(weight(in.shape())), N);
      }

      @Override
      Tensor expected(Tensor in) {
        return in.contiguous().matmul(weight(in.shape()));
      }
    },
    PRODUCT_TRANSPOSED {
      @Override
      LoopValue build(TestLoop l, LoopValue in) {
        LoopInput.Matrix w =
            l.bound(l.builder.matrix(true), weight(in.shape()).permute(1, 0).contiguous());
        return l.builder.multiply(in, w, N);
      }

      @Override
      Tensor expected(Tensor in) {
        return PRODUCT.expected(in);
      }
    },
    PRODUCT_AND_BIAS {
      @Override
      LoopValue build(TestLoop l, LoopValue in) {
        LoopValue bias = l.constant(BIAS);
        return l.builder.multiplyAdd(bias, true, in, l.matrix(weight(in.shape())), N);
      }

      @Override
      Tensor expected(Tensor in) {
        return PRODUCT.expected(in).add(BIAS);
      }
    },
    PRODUCT_AND_PRODUCT {
      @Override
      LoopValue build(TestLoop l, LoopValue in) {
        LoopValue first = PRODUCT_AND_BIAS.build(l, in);
        LoopInput.Matrix w = l.matrix(weight(in.shape()));
        LoopValue second = l.builder.multiplyAdd(first, false, in, w, N);
        return l.apply(Code.ADD, first, second);
      }

      @Override
      Tensor expected(Tensor in) {
        Tensor product = PRODUCT.expected(in);
        return product.add(product).add(product).add(BIAS).add(BIAS);
      }
    },
    PRODUCT_OVER_PRODUCT {
      @Override
      LoopValue build(TestLoop l, LoopValue in) {
        LoopValue first = PRODUCT.build(l, in);
        return l.builder.multiplyAdd(first, true, in, l.matrix(weight(in.shape())), N);
      }

      @Override
      Tensor expected(Tensor in) {
        return PRODUCT.expected(in).add(PRODUCT.expected(in));
      }
    },
    PRODUCT_AND_OPERAND {
      @Override
      LoopValue build(TestLoop l, LoopValue in) {
        int columns = in.shape().dim(1);
        LoopInput.Matrix w = l.matrix(square(columns));
        return l.builder.multiplyAdd(in, false, in, w, columns);
      }

      @Override
      Tensor expected(Tensor in) {
        return in.contiguous().matmul(square(in.shape().dim(1))).add(in);
      }

      private static Tensor square(int n) {
        return TestLoop.integers(DType.FLOAT32, 4, Shape.of(n, n));
      }
    };

    private static final int N = 6;
    private static final Tensor BIAS = TestLoop.integers(DType.FLOAT32, 3, Shape.of(N));

    private static Tensor weight(Shape left) {
      return TestLoop.integers(DType.FLOAT32, 2, Shape.of(left.dim(1), N));
    }

    abstract LoopValue build(TestLoop l, LoopValue in);

    abstract Tensor expected(Tensor in);
  }

  @ParameterizedTest
  @EnumSource
  void tasksReadAllViewsOfAllValues(Case task) {
    for (View view : View.values()) {
      for (Shape shape : SHAPES) {
        int steps = steps(shape);
        Tensor x = TestLoop.integers(DType.FLOAT32, 7, shape.insert(0, steps));
        Tensor first = TestLoop.integers(DType.FLOAT32, 8, shape);
        for (Origin origin : Origin.values()) {
          double[] expected =
              TestLoop.join(steps, t -> task.expected(view.of(origin.at(x, first, t))));
          for (boolean loop : new boolean[] {true, false}) {
            String what = "%s of %s, %s, loop %s".formatted(view, shape, origin, loop);
            TestLoop.check(what, run(task, view, origin, x, first, loop), expected);
          }
        }
      }
    }
  }

  private static Tensor run(
      Case task, View view, Origin origin, Tensor x, Tensor first, boolean loop) {
    TestLoop l = new TestLoop(DType.FLOAT32);
    l.stage(loop);
    LoopValue sequence = l.sequence(x);
    LoopValue twice = l.apply(Code.ADD, sequence, sequence);
    LoopValue in = in(l, origin, sequence, twice, first, loop);
    LoopValue out = task.build(l, view.of(l.builder, in));
    l.builder.output(out);
    try (LoopRun run =
        l.run(x.shape().dim(0), origin != Origin.CARRIED_BACKWARD, origin != Origin.RECOMPUTED)) {
      run.forward();
      if (origin == Origin.SAVED || origin == Origin.RECOMPUTED) {
        run.backward();
      }
      return run.output(out);
    }
  }

  private static LoopValue in(
      TestLoop l, Origin origin, LoopValue sequence, LoopValue twice, Tensor first, boolean loop) {
    return switch (origin) {
      case SEQUENCE -> sequence;
      case CONSTANT -> l.constant(first);
      case STAGE -> twice;
      case EARLIER -> {
        l.stage(loop);
        yield twice;
      }
      case CARRIED, CARRIED_BACKWARD -> {
        LoopValue carried = l.carried(first);
        l.builder.next(carried, twice);
        yield carried;
      }
      case SAVED, RECOMPUTED -> {
        l.builder.sweep();
        l.stage(loop);
        yield twice;
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfTablesAreGatheredFromAllViews(View view) {
    Tensor table = TestLoop.integers(DType.FLOAT32, 1, Shape.of(4, 5));
    Tensor rows = view.of(table);
    Tensor ids = TestLoop.ids(1, rows.shape().dim(0), Shape.of(3, 2));
    double[] expected = TestLoop.join(3, t -> Rows.gather(rows, ids.select(0, t)));
    for (boolean once : new boolean[] {true, false}) {
      TestLoop l = new TestLoop(DType.FLOAT32);
      LoopValue constant = l.constant(table);
      if (!once) {
        l.stage(true);
      }
      LoopValue from = view.of(l.builder, constant);
      l.stage(false);
      LoopValue out = l.builder.gather(from, l.ids(ids), 2);
      TestLoop.check("once " + once, l.output(out, 3), expected);
    }
  }
}
