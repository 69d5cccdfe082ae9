package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the opening of a session to what is refused after its end. */
class SessionLifetimeTest {
  private static final RandomKey KEY = RandomKey.of(25);
  private static final int I = 3;
  private static final int H = 40;
  private static final float[] X = {1, -2, 0.5f};

  /** What the operation {@link Calling} does in each step. */
  private static final AtomicReference<Runnable> CALLED = new AtomicReference<>(() -> {});

  private final Parameter in = new Parameter(KEY.fold(1).normal(DType.FLOAT32, of(I, H), 0, 0.5));
  private final Parameter own = new Parameter(KEY.fold(2).normal(DType.FLOAT32, of(H, H), 0, 0.2));
  private final Scan scan = Scan.forward();

  private static Shape of(int... dims) {
    return Shape.of(dims);
  }

  /** The identity, which a plan cannot look into. */
  record Calling() implements Op {
    @Override
    public Shape shape(Shape... in) {
      return in[0];
    }

    @Override
    public Tensor forward(Tensor... in) {
      CALLED.get().run();
      return in[0];
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g;
    }
  }

  private Scan.Result body(List<Variable> now, List<Variable> carried, Variable time) {
    Variable h = now.getFirst().matmul(in).add(carried.getFirst().matmul(own)).tanh();
    Variable called = Variable.apply(new Calling(), h);
    return new Scan.Result(List.of(called), List.of(called));
  }

  private Session open() {
    Variable zero = Variable.of(Tensor.zeros(DType.FLOAT32, of(1, H)));
    return scan.open(this::body, of(1, I), DType.FLOAT32, List.of(zero));
  }

  private static float[] step(Session session) {
    float[] y = new float[H];
    session.step(X, y);
    return y;
  }

  /** Returns the outputs of steps of a session that nobody disturbs. */
  private List<float[]> expected(int steps) {
    try (Session session = open()) {
      List<float[]> all = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        all.add(step(session));
      }
      return all;
    }
  }

  @AfterEach
  void callNothing() {
    CALLED.set(() -> {});
  }

  enum Use {
    STEP {
      @Override
      void of(Session s) {
        s.step(X, new float[H]);
      }
    },
    STEP_OF_DOUBLES {
      @Override
      void of(Session s) {
        s.step(new double[I], new double[H]);
      }
    },
    STEP_OF_IDS {
      @Override
      void of(Session s) {
        s.step(new int[1], new float[H]);
      }
    },
    STEP_OF_IDS_IN_DOUBLES {
      @Override
      void of(Session s) {
        s.step(new int[1], new double[H]);
      }
    },
    STATE {
      @Override
      void of(Session s) {
        s.state();
      }
    },
    INPUT_SHAPE {
      @Override
      void of(Session s) {
        s.inputShape();
      }
    },
    OUTPUT_SHAPE {
      @Override
      void of(Session s) {
        s.outputShape();
      }
    };

    abstract void of(Session s);
  }

  @ParameterizedTest
  @EnumSource
  void aClosedSessionSaysSo(Use use) {
    Session session = open();
    step(session);
    session.close();
    assertThatThrownBy(() -> use.of(session))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("[session] the session is closed");
    assertThatCode(session::close).doesNotThrowAnyException();
  }

  @Test
  void aClosedSessionNeverTouchesTheNextOne() {
    List<float[]> expected = expected(3);
    Session a = open();
    step(a);
    a.close();
    try (Session b = open()) {
      assertThat(step(b)).containsExactly(expected.get(0));
      assertThatThrownBy(() -> step(a)).hasMessage("[session] the session is closed");
      a.close();
      assertThat(step(b)).containsExactly(expected.get(1));
      try (Session c = open()) { // closing a twice did not hand its memory out twice
        step(c);
        assertThat(step(b)).containsExactly(expected.get(2));
      }
    }
  }

  @Test
  void aRefusedStepChangesNothing() {
    List<float[]> expected = expected(2);
    try (Session session = open()) {
      assertThat(step(session)).containsExactly(expected.get(0));
      List<ThrowingCallable> wrong =
          List.of(
              () -> session.step(X, new float[H - 1]),
              () -> session.step(new float[] {9, 9, 9}, new float[H + 1]),
              () -> session.step(new float[I + 1], new float[H]),
              () -> session.step(new double[I], new double[H]),
              () -> session.step(new int[I], new float[H]),
              () -> session.step(new int[I], new double[H]));
      wrong.forEach(w -> assertThatThrownBy(w).isInstanceOf(IllegalArgumentException.class));
      assertThat(session.state().getFirst().toFloats()).containsExactly(expected.get(0));
      assertThat(step(session)).containsExactly(expected.get(1));
      assertThatThrownBy(wrong.getFirst()::call)
          .hasMessage("[session] expected an output of 40 float32 [1, 40], got 39 float32");
      assertThatThrownBy(wrong.get(4)::call)
          .hasMessage("[session] expected an input of 3 float32 [1, 3], got 3 int32");
    }
  }

  @Test
  void refusedIdsChangeNothing() {
    Variable zero = Variable.of(Tensor.zeros(DType.FLOAT32, of(1, H)));
    Scan.Body ofIds = (now, carried, time) -> body(List.of(now.getFirst()), carried, time);
    Parameter table = new Parameter(KEY.fold(3).normal(DType.FLOAT32, of(5, I), 0, 1));
    Scan.Body embedded =
        (now, carried, time) -> ofIds.step(List.of(table.gather(now.getFirst())), carried, time);
    float[] first = new float[H];
    float[] second = new float[H];
    try (Session session = scan.open(embedded, of(1), DType.INT32, List.of(zero))) {
      session.step(new int[] {4}, first);
      session.step(new int[] {1}, second);
    }
    try (Session session = scan.open(embedded, of(1), DType.INT32, List.of(zero))) {
      float[] y = new float[H];
      session.step(new int[] {4}, y);
      assertThat(y).containsExactly(first);
      assertThatThrownBy(() -> session.step(new int[] {5}, y)).hasMessageContaining("id 5");
      assertThatThrownBy(() -> session.step(new int[] {1}, new float[1]))
          .hasMessage("[session] expected an output of 40 float32 [1, 40], got 1 float32");
      assertThatThrownBy(() -> session.step(new int[] {1}, new double[H]))
          .hasMessage("[session] expected an output of 40 float32 [1, 40], got 40 float64");
      assertThatThrownBy(() -> session.step(new float[] {1}, y))
          .hasMessage("[session] expected an input of 1 int32 [1], got 1 float32");
      assertThat(session.state().getFirst().toFloats()).containsExactly(first);
      session.step(new int[] {1}, y);
      assertThat(y).containsExactly(second);
    }
  }

  @Test
  void anErrorInsideAStepLeavesTheState() {
    List<float[]> expected = expected(2);
    try (Session session = open()) {
      step(session);
      CALLED.set(() -> {
        throw new ArithmeticException("on purpose");
      });
      assertThatThrownBy(() -> session.step(new float[] {7, 7, 7}, new float[H]))
          .hasMessage("on purpose");
      CALLED.set(() -> {});
      assertThat(session.state().getFirst().toFloats()).containsExactly(expected.get(0));
      assertThat(step(session)).containsExactly(expected.get(1));
    }
  }

  @Test
  @Timeout(60)
  void anotherThreadIsRefusedAndAClosingOneWaits() throws Exception {
    List<float[]> expected = expected(2);
    Session session = open();
    step(session);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CALLED.set(() -> {
      inside.countDown();
      await(goOn);
    });
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<float[]> stepping = threads.submit(() -> step(session));
      await(inside);
      String used =
          "[session] the session is used by another thread: it belongs to one thread at a time";
      assertThatThrownBy(() -> step(session)).hasMessage(used);
      assertThatThrownBy(session::state).hasMessage(used);
      Thread closing = Thread.ofPlatform().start(session::close);
      try (Session other = open()) {
        while (closing.getState() != Thread.State.TIMED_WAITING) {
          assertThat(closing.isAlive()).isTrue();
        }
        goOn.countDown();
        assertThat(stepping.get()).containsExactly(expected.get(1));
        closing.join();
        assertThatThrownBy(() -> step(session)).hasMessage("[session] the session is closed");
        assertThat(step(other)).containsExactly(expected.get(0));
      }
    }
  }

  @Test
  void aStepCannotUseOrCloseItsOwnSession() {
    List<float[]> expected = expected(2);
    try (Session session = open()) {
      step(session);
      AtomicReference<Throwable> used = new AtomicReference<>();
      AtomicReference<Throwable> closed = new AtomicReference<>();
      CALLED.set(() -> {
        used.set(caught(session::state));
        closed.set(caught(session::close));
      });
      assertThat(step(session)).containsExactly(expected.get(1));
      assertThat(used.get())
          .hasMessage("[session] the session is inside a step: that step cannot use it");
      assertThat(closed.get())
          .hasMessage("[session] the session cannot be closed from within its own step");
    }
  }

  @Test
  void aSessionOutlivesTheScopeItWasOpenedIn() {
    List<float[]> expected = expected(2);
    Buffers buffers = new Buffers();
    Variable shift;
    Session session;
    try (Buffers.Scope _ = buffers.open()) {
      shift =
          Variable.of(
              Tensor.zeros(DType.FLOAT32, of(1, H)).add(Tensor.zeros(DType.FLOAT32, of(1, H))));
      Variable zero = Variable.of(Tensor.zeros(DType.FLOAT32, of(1, H)));
      session =
          scan.open(
              (now, carried, time) -> {
                Variable h =
                    now.getFirst().matmul(in).add(carried.getFirst().add(shift).matmul(own)).tanh();
                return new Scan.Result(List.of(h), List.of(h));
              },
              of(1, I),
              DType.FLOAT32,
              List.of(zero));
      assertThat(step(session)).containsExactly(expected.get(0));
    }
    try (Buffers.Scope _ = buffers.open()) {
      for (int i = 0; i < 10; i++) { // writes over what the first scope took
        Tensor seven = Tensor.full(DType.FLOAT32, of(1, H), 7);
        assertThat(seven.add(seven).get(0, 0)).isEqualTo(14);
      }
      assertThat(step(session)).containsExactly(expected.get(1));
    }
    session.close();
  }

  private static Throwable caught(Runnable r) {
    try {
      r.run();
      return new AssertionError("nothing was thrown");
    } catch (IllegalStateException e) {
      return e;
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
