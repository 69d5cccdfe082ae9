package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Shape PAIR = Shape.of(1, 2);

  private final Parameter a = new Parameter(Tensor.of(PAIR, 1f, 2f));
  private final Parameter b = new Parameter(Tensor.of(PAIR, 10f, 20f));

  private static void addOne(Parameter p) {
    p.update("add", Program.of(Code.ADD), List.of(), Tensor.full(DType.FLOAT32, PAIR, 1));
  }

  private float[] sum() {
    return a.add(b).value().toFloats();
  }

  @Test
  void aSnapshotStaysWhatItWasWhateverBecomesOfTheParameters() {
    addOne(a);
    Snapshot before = Snapshot.of(List.of(a, b));
    addOne(a);
    addOne(a);
    b.update(Tensor.of(PAIR, 0f, 0f));
    assertThat(before.call(this::sum)).containsExactly(12, 23);
    assertThat(before.value(a).toFloats()).containsExactly(2, 3);
    assertThat(before.call(a::keep).toFloats()).containsExactly(2, 3);
    assertThat(sum()).containsExactly(4, 5);
    assertThat(before.call(() -> a.add(b).requiresGradient())).isFalse();
  }

  @Test
  void anInnerSnapshotTakesWhatTheOuterOneHas() {
    Snapshot first = Snapshot.of(List.of(a));
    addOne(a);
    addOne(b);
    Snapshot inner = first.call(() -> Snapshot.of(List.of(a, b)));
    addOne(b);
    assertThat(inner.call(this::sum)).containsExactly(1 + 11, 2 + 21);
    Snapshot onlyB = Snapshot.of(List.of(b));
    assertThat(first.call(() -> onlyB.call(this::sum))).containsExactly(1 + 12, 2 + 22);
    assertThatThrownBy(() -> onlyB.value(a))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("[snapshot] expected one of its 1 parameters, got ");
  }

  @Test
  void whatIsReadFromASnapshotCannotBeUpdated() {
    Snapshot now = Snapshot.of(List.of(a));
    String message =
        "[update] expected no snapshot of this parameter in use, got an update within Snapshot.call";
    Runnable one = () -> addOne(a);
    Runnable both =
        () ->
            Parameter.updateTogether(
                List.of(b, a),
                () -> {
                  addOne(b);
                  addOne(a);
                });
    for (Runnable update : List.of(one, both)) {
      assertThatThrownBy(() ->
              now.call(() -> {
                update.run();
                return 0;
              }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(message);
    }
    assertThat(a.version() + b.version()).isZero();
    assertThat(sum()).containsExactly(11, 22);
  }

  @Test
  void aSnapshotWaitsForUpdatesThatBelongTogether() throws Exception {
    CountDownLatch half = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<?> updating =
          threads.submit(() ->
              Parameter.updateTogether(
                  List.of(a, b),
                  () -> {
                    addOne(b);
                    half.countDown();
                    await(goOn);
                    addOne(a);
                  }));
      await(half);
      Future<Snapshot> taken = threads.submit(() -> Snapshot.of(List.of(a, b)));
      TimeUnit.MILLISECONDS.sleep(50);
      assertThat(taken.isDone()).isFalse();
      goOn.countDown();
      updating.get();
      assertThat(taken.get().call(this::sum)).containsExactly(13, 24);
    }
  }

  /** A body may compute with parameters alone: what it reads so is of the same snapshot. */
  @Test
  void aSessionReadsAllOfOneSnapshot() {
    Scan.Body body =
        (now, carried, time) -> {
          Variable alone = a.mul(b).sum();
          Variable h = now.getFirst().mul(alone).add(carried.getFirst().mul(a));
          return new Scan.Result(List.of(h), List.of(h));
        };
    Variable start = Variable.of(Tensor.of(PAIR, 1f, 1f));
    Snapshot before = Snapshot.of(List.of(a, b));
    addOne(a);
    float[] y = new float[2];
    try (Session old =
            before.call(() -> Scan.forward().open(body, PAIR, DType.FLOAT32, List.of(start)));
        Session present = Scan.forward().open(body, PAIR, DType.FLOAT32, List.of(start))) {
      addOne(a);
      addOne(b);
      old.step(new float[] {1, 1}, y);
      assertThat(y).containsExactly(50 + 1, 50 + 2);
      present.step(new float[] {1, 1}, y);
      assertThat(y).containsExactly(20 + 60 + 2, 20 + 60 + 3);
    }
  }

  @Test
  void anUpdateWhileASessionIsOpenedDoesNotReachIt() {
    AtomicInteger traces = new AtomicInteger();
    Scan.Body body =
        (now, carried, time) -> {
          if (traces.incrementAndGet() > 1) {
            inAnotherThread(() -> {
              addOne(a);
              addOne(b);
            });
          }
          Variable h = now.getFirst().mul(b).add(carried.getFirst());
          return new Scan.Result(List.of(h), List.of(h));
        };
    float[] y = new float[2];
    try (Session session = Scan.forward().open(body, PAIR, DType.FLOAT32, List.of(a))) {
      session.step(new float[] {1, 1}, y);
    }
    assertThat(traces).hasValueGreaterThan(2);
    assertThat(y).containsExactly(10 + 1, 20 + 2);
  }

  private static void inAnotherThread(Runnable work) {
    try {
      Thread.ofPlatform().start(work).join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
