package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final RandomKey KEY = RandomKey.of(61);

  /** A few steps of gradient descent; returns the weights. */
  private static List<Tensor> train(int which) {
    RandomKey key = KEY.fold(which);
    Parameter w = new Parameter(key.normal(DType.FLOAT32, Shape.of(6, 6), 0, 0.4));
    Parameter b = new Parameter(Tensor.zeros(DType.FLOAT32, Shape.of(6)));
    List<Parameter> all = List.of(w, b);
    for (int i = 0; i < 200; i++) {
      Variable x = Variable.of(key.fold(i).normal(DType.FLOAT32, Shape.of(8, 6), 0, 1));
      Variable h = x;
      for (int t = 0; t < 10; t++) {
        h = h.matmul(w).add(b).tanh();
      }
      Gradients.of(h.mul(h).sum(), all)
          .forEach((p, g) -> p.update(p.value().add(g.scaled(-0.01).dense())));
    }
    return all.stream().map(Variable::value).toList();
  }

  @Test
  void twoModelsTrainedAtOnceGetTheSameBitsAsOneAfterTheOther() throws Exception {
    List<List<Tensor>> expected = List.of(train(0), train(1));
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Future<List<Tensor>>> running = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int which = i;
        running.add(two.submit(() -> train(which)));
      }
      for (int i = 0; i < 2; i++) {
        List<Tensor> found = running.get(i).get();
        for (int k = 0; k < found.size(); k++) {
          assertThat(found.get(k).sameBits(expected.get(i).get(k))).isTrue();
        }
      }
    }
  }

  @Test
  void notRecordingHereDoesNotStopRecordingThere() throws Exception {
    Parameter p = new Parameter(Tensor.scalar(DType.FLOAT32, 2));
    try (ExecutorService one = Executors.newSingleThreadExecutor()) {
      Future<Boolean> there =
          Variable.withoutGradient(() -> {
            assertThat(p.mul(p).requiresGradient()).isFalse();
            return one.submit(() -> p.mul(p).requiresGradient());
          });
      assertThat(there.get()).isTrue();
    }
    assertThat(p.mul(p).requiresGradient()).isTrue();
  }
}
