package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.spi.Code;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RecurrenceRunTest {
  private final Recurrence.Builder builder = Recurrence.of(DType.FLOAT32);
  private final int x;
  private final int sum;
  private final int next;
  private final Recurrence recurrence;

  /** A running sum of x. */
  RecurrenceRunTest() {
    Shape shape = Shape.of(1, 2);
    builder.sweep();
    builder.loop();
    x = builder.sequence(shape);
    sum = builder.carried(shape);
    next = builder.pointwise(Program.of(Code.ADD), shape, sum, x)[0];
    builder.next(sum, next);
    builder.output(next);
    recurrence = builder.build();
  }

  private RecurrenceRun begin() {
    RecurrenceRun run = recurrence.run(1, true, true);
    run.reserve(x);
    run.initial(sum, Tensor.zeros(DType.FLOAT32, Shape.of(1, 2)));
    run.expect(next);
    run.begin();
    return run;
  }

  private float[] step(RecurrenceRun run) {
    float[] y = new float[2];
    run.put(x, 1, 10);
    run.again();
    run.get(next, y);
    return y;
  }

  @Test
  void aRunThatIsClosedRefusesEverythingAndLeavesTheNextOneAlone() {
    RecurrenceRun a = begin();
    assertThat(step(a)).containsExactly(1, 10);
    a.close();
    RecurrenceRun b = begin();
    assertThat(step(b)).containsExactly(1, 10);
    Tensor t = Tensor.zeros(DType.FLOAT32, Shape.of(1, 2));
    List<ThrowingCallable> uses =
        List.of(
            () -> a.put(x, 5, 5),
            a::again,
            () -> a.get(next, new float[2]),
            () -> a.last(sum),
            () -> a.output(next),
            () -> a.total(next),
            () -> a.constant(x, t),
            () -> a.sequence(x, t.reshape(1, 1, 2)),
            () -> a.initial(sum, t),
            () -> a.matrix(0, t, false),
            () -> a.foreign(-1, t, false),
            () -> a.ids(0, Tensor.of(Shape.of(1), 0)),
            () -> a.putIds(0, 0),
            () -> a.expect(next),
            () -> a.reserve(x),
            a::begin,
            a::forward,
            a::backward);
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("[recurrence] the run is closed");
    }
    a.close(); // must not give b's arrays to c
    RecurrenceRun c = begin();
    step(c);
    step(c);
    assertThat(step(b)).containsExactly(2, 20);
    b.close();
    c.close();
  }
}
