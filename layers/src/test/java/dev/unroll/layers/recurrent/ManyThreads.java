package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Snapshot;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Virtual threads that predict with one model, none of which ends before all have predicted.
 * Argument: their number. Prints the number of correct results.
 */
final class ManyThreads {
  private static final int BATCH = 4;
  private static final int STEPS = 6;

  private ManyThreads() {}

  public static void main(String[] args) throws InterruptedException {
    int threads = Integer.parseInt(args[0]);
    Init init = Init.seed(1);
    ManyToOne model =
        new ManyToOne(
            Embedding.of(50, 32, init.at("words")),
            Unroll.of(LstmCell.of(32, 64, init.at("cell"))),
            Pooling.mean(),
            Linear.of(64, 300, init.at("classes")));
    Snapshot now = model.snapshot();
    Tensor expected = predict(model, now);
    AtomicInteger right = new AtomicInteger();
    CountDownLatch predicted = new CountDownLatch(threads);
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < threads; i++) {
        pool.submit(() -> {
          try {
            if (predict(model, now).sameBits(expected)) {
              right.incrementAndGet();
            }
          } finally {
            predicted.countDown();
          }
          predicted.await();
          return null;
        });
      }
    }
    System.out.println(right + " of " + threads + " are right");
  }

  private static Tensor predict(ManyToOne model, Snapshot now) {
    int[] words = new int[BATCH * STEPS];
    java.util.Arrays.setAll(words, i -> i);
    int[] lengths = {STEPS, STEPS, STEPS - 1, 1};
    Variable texts = Variable.of(Tensor.of(Shape.of(BATCH, STEPS), words));
    return now.call(() -> model.apply(texts, lengths, Mode.evaluation()).softmax().value());
  }
}
