package dev.unroll.autograd.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The state of a session is saved, restored and reset, as a whole and by row. */
class SessionStateTest {
  private static final DType TYPE = DType.FLOAT64;

  /** Sums inputs, and the sums: two variables, the first of which no output reads. */
  private static Session open(double... from) {
    Variable initial = Variable.of(Tensor.of(Shape.of(from.length), from));
    Scan.Body sums =
        (in, c, time) -> {
          Variable once = c.get(0).add(in.get(0));
          Variable twice = c.get(2).add(once);
          return new Scan.Result(List.of(twice), List.of(once, c.get(1), twice));
        };
    return Scan.forward()
        .open(sums, Shape.of(from.length), TYPE, List.of(initial, initial, initial));
  }

  private static double[] step(Session session, double... x) {
    double[] y = new double[x.length];
    session.step(x, y);
    return y;
  }

  @Test
  void aSavedStateContinuesInAnotherSession() {
    try (Session first = open(0, 10);
        Session second = open(5, 5)) {
      step(first, 1, 2);
      List<Tensor> saved = first.state();
      assertThat(saved).hasSize(2);
      double[] next = step(first, 3, 4);
      step(second, 7, 7);
      second.restore(saved);
      assertThat(second.state().toString()).isEqualTo(saved.toString());
      assertThat(step(second, 3, 4)).containsExactly(next);
      first.restore(saved);
      assertThat(step(first, 3, 4)).containsExactly(next);
      assertThat(saved.getFirst().toDoubles()).as("a copy").containsExactly(1, 12);
    }
  }

  @Test
  void resetReturnsToTheBeginning() {
    try (Session session = open(0, 10)) {
      double[] first = step(session, 1, 2);
      step(session, 1, 2);
      session.reset();
      assertThat(step(session, 1, 2)).containsExactly(first);
      session.reset(1);
      assertThat(step(session, 1, 2)).containsExactly(3, 22);
    }
  }

  @Test
  void sequencesTakeTurnsInARow() {
    try (Session session = open(0, 0)) {
      step(session, 1, 1);
      List<Tensor> one = session.state(0);
      session.restore(1, one);
      session.reset(0);
      assertThat(step(session, 5, 5)).containsExactly(5, 7);
      assertThat(one.getFirst().shape()).isEqualTo(Shape.of());
    }
  }

  @Test
  void whatIsNoStateOrRowIsRefusedAndChangesNothing() {
    try (Session session = open(0, 0)) {
      step(session, 1, 1);
      List<Tensor> before = session.state();
      Tensor good = before.getFirst();
      assertThatThrownBy(() -> session.restore(List.of(good)))
          .hasMessage("[session] expected a state of float64 [[2], [2]], got [float64[2]]");
      assertThatThrownBy(() -> session.restore(List.of(good, good.to(DType.FLOAT32))))
          .hasMessageContaining("float32[2]");
      assertThatThrownBy(() -> session.restore(0, List.of(good, good)))
          .hasMessage(
              "[session] expected a state of float64 [[], []], got [float64[2], float64[2]]");
      for (int row : new int[] {-1, 2}) {
        assertThatThrownBy(() -> session.state(row))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "[session] expected the row of a state with variables [[2], [2]], got " + row);
        assertThatThrownBy(() -> session.reset(row)).hasMessageContaining("got " + row);
      }
      assertThatThrownBy(() -> session.restore(null)).hasMessage("state");
      assertThat(session.state().toString()).isEqualTo(before.toString());
    }
  }

  @Test
  void aClosedSessionHasNoState() {
    Session session = open(0);
    List<Tensor> before = session.state();
    session.close();
    assertThatThrownBy(session::reset).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> session.restore(before)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aStateWithoutRowsIsOnlySavedAsAWhole() {
    Scan.Body counts =
        (in, c, time) ->
            new Scan.Result(List.of(in.get(0).add(c.get(0))), List.of(c.get(0).affine(1, 1)));
    Variable zero = Variable.scalar(TYPE, 0);
    try (Session session = Scan.forward().open(counts, Shape.of(2), TYPE, List.of(zero))) {
      step(session, 0, 0);
      session.restore(session.state());
      assertThat(step(session, 0, 0)).containsExactly(1, 1);
      assertThatThrownBy(() -> session.state(0))
          .hasMessage("[session] expected the row of a state with variables [[]], got 0");
    }
  }

  @Test
  void aRestoreFromAnotherThreadDuringAStepIsRefusedOrOrdered() throws InterruptedException {
    try (Session session = open(0, 0)) {
      List<Tensor> start = session.state();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      CountDownLatch begun = new CountDownLatch(1);
      Thread other =
          Thread.ofVirtual()
              .start(() -> {
                begun.countDown();
                for (int i = 0; i < 1000; i++) {
                  try {
                    session.restore(start);
                  } catch (IllegalStateException e) {
                    // The other thread is inside a step.
                  } catch (RuntimeException e) {
                    failure.set(e);
                  }
                }
              });
      begun.await();
      for (int i = 0; i < 1000; i++) {
        try {
          step(session, 0, 0);
        } catch (IllegalStateException e) {
          // The other thread is inside a restore.
        }
      }
      other.join();
      assertThat(failure).hasNullValue();
      assertThat(session.state().toString()).isEqualTo(start.toString());
    }
  }
}
