package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.spi.Code;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ParameterTest {
  private static final Program ADD = Program.of(Code.ADD);

  private final Parameter a = new Parameter(Tensor.of(Shape.of(3, 1), 1.0, 2.0, 3.0));
  private final Parameter b = new Parameter(Tensor.of(Shape.of(3, 1), 4.0, 5.0, 6.0));

  @Test
  void eachUpdateIsCounted() {
    assertThat(a.version()).isZero();
    a.update("add", ADD, List.of(), b.value());
    assertThat(a.value().toDoubles()).containsExactly(5, 7, 9);
    a.updateRows(
        "add", ADD, List.of(), Tensor.of(Shape.of(2), 2, 0), Tensor.of(Shape.of(2, 1), 10.0, 20.0));
    assertThat(a.value().toDoubles()).containsExactly(25, 7, 19);
    a.update(b.value());
    assertThat(a.value().toDoubles()).containsExactly(4, 5, 6);
    assertThat(a.version()).isEqualTo(3);
  }

  @Test
  void integersAreNoParameters() {
    Tensor ids = Tensor.of(Shape.of(2), 0, 1);
    assertThatThrownBy(() -> new Parameter(ids))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[parameter] expected float32 or float64, got " + DType.INT32);
  }

  /** In whatever order they are named: a thread that waits for the first does not hold another. */
  @Test
  @Timeout(60)
  void parametersAreLockedInTheOrderOfTheirCreation() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Thread holding =
        Thread.ofPlatform()
            .start(() ->
                Parameter.updateTogether(
                    List.of(a),
                    () -> {
                      inside.countDown();
                      await(leave);
                    }));
    await(inside);
    Thread waiting =
        Thread.ofPlatform().start(() -> Parameter.updateTogether(List.of(b, a), () -> {}));
    while (waiting.getState() != Thread.State.WAITING) {
      assertThat(waiting.isAlive()).isTrue();
    }
    Thread updating = Thread.ofPlatform().start(() -> b.update(a.value()));
    updating.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(updating.isAlive()).isFalse();
    leave.countDown();
    waiting.join();
    holding.join();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
