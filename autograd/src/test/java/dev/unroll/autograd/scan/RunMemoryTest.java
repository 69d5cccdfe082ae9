package dev.unroll.autograd.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Op;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Allocation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The arrays of a run that has ended serve the next one; a checkpointed run has fewer. */
class RunMemoryTest {
  private static final int B = 500;
  private static final int H = 40;
  private static final Shape SHAPE = Shape.of(B, H);

  /** The bytes of one value of a step. */
  private static final long VALUE = (long) B * H * Double.BYTES;

  private final Scan scan = Scan.forward();
  private final Variable zero = Variable.of(Tensor.zeros(DType.FLOAT64, SHAPE));
  private final Parameter x = new Parameter(Tensor.zeros(DType.FLOAT64, SHAPE.insert(0, 1)));

  private Scan.Result run() {
    return scan.run(this::step, List.of(x), List.of(zero), 0);
  }

  /** Returns its first input; a plan does not know this, and saves the result for the gradient. */
  private record First() implements Op {
    @Override
    public Shape shape(Shape... in) {
      return in[0];
    }

    @Override
    public Tensor forward(Tensor... in) {
      return in[0];
    }

    @Override
    public @Nullable Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return i == 0 ? Variable.apply(new First(), g, out) : null;
    }
  }

  /** Computes eight values that only the step sees, and a small output. */
  private Scan.Result step(List<Variable> in, List<Variable> carried, Variable time) {
    Variable h = in.getFirst();
    for (int i = 0; i < 8; i++) {
      h = Variable.apply(new First(), h);
    }
    return new Scan.Result(List.of(h.slice(0, 0, 1)), List.of(carried.getFirst()));
  }

  enum End {
    BACKWARD_PASS(16) {
      @Override
      void of(RunMemoryTest t) {
        Scan.Result r = t.run();
        Variable loss = r.outputs().getFirst().sum();
        assertThat(Gradients.of(loss, List.of(t.x))).hasSize(1);
      }
    },
    NO_GRADIENT(10) {
      @Override
      void of(RunMemoryTest t) {
        Variable.withoutGradient(t::run);
      }
    },
    CLOSED_SESSION(6) {
      @Override
      void of(RunMemoryTest t) {
        t.scan.open(t::step, SHAPE, DType.FLOAT64, List.of(t.zero)).close();
      }
    },
    REFUSED_SESSION(2) {
      @Override
      void of(RunMemoryTest t) {
        Scan.Body silent =
            (in, carried, time) -> new Scan.Result(List.of(), t.step(in, carried, time).carried());
        assertThatThrownBy(() -> t.scan.open(silent, SHAPE, DType.FLOAT64, List.of(t.zero)))
            .hasMessageContaining("at least one output");
      }
    };

    /** The most values that are allocated each time: arguments, results and gradients. */
    final int most;

    End(int most) {
      this.most = most;
    }

    abstract void of(RunMemoryTest t);
  }

  @ParameterizedTest
  @EnumSource
  void theNextRunAllocatesNoArraysOfAStep(End end) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = Allocation.bytes();
      end.of(this);
      least = Math.min(least, Allocation.bytes() - before);
    }
    assertThat(least).isLessThan(end.most * VALUE);
  }

  @Test
  void aCheckpointedRunSavesNoValuesOfAllSteps() {
    int steps = 16;
    Variable xs = Variable.input(Tensor.zeros(DType.FLOAT64, SHAPE.insert(0, steps)));
    run(); // makes the plan
    long before = Allocation.bytes();
    scan.run(this::step, List.of(xs), List.of(zero), 0);
    long saving = Allocation.bytes() - before;
    before = Allocation.bytes();
    scan.checkpointed().run(this::step, List.of(xs), List.of(zero), 0);
    long checkpointed = Allocation.bytes() - before;
    assertThat(saving - checkpointed).isGreaterThan(4L * steps * VALUE);
  }
}
