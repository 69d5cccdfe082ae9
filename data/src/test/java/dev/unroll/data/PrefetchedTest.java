package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.RandomKey;
import java.lang.ref.WeakReference;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrefetchedTest {
  private static final int EXAMPLES = 20;

  /** Examples that are computed on access: the input of example i is i. */
  private static List<Example> lazily(IntConsumer before) {
    return new AbstractList<>() {
      @Override
      public Example get(int i) {
        before.accept(i);
        return Example.of(new int[] {i}, i);
      }

      @Override
      public int size() {
        return EXAMPLES;
      }
    };
  }

  private static BatchSource source() {
    return new ExampleBatches(lazily(_ -> {}), Order.shuffled(EXAMPLES, 3, RandomKey.of(1)));
  }

  private static int[] ids(Batch batch) {
    return batch.inputs().toInts();
  }

  @Test
  void batchesAndPositionsAreThoseOfTheSource() {
    BatchSource plain = source();
    try (Prefetched fetched = source().prefetch(3)) {
      assertThat(fetched.identity()).isEqualTo(plain.identity());
      assertThat(fetched.batchesPerEpoch()).isEqualTo(7);
      for (int i = 0; i < 50; i++) {
        assertThat(fetched.position()).isEqualTo(i);
        assertThat(ids(fetched.next())).isEqualTo(ids(plain.next()));
      }
    }
  }

  @Test
  void seekingResumesExactly() {
    BatchSource plain = source();
    RandomKey key = RandomKey.of(2);
    try (Prefetched fetched = source().prefetch(2)) {
      for (int i = 0; i < 300; i++) {
        if (i % 3 == 0) {
          long to = (long) (100 * key.unit(i));
          plain.seek(to);
          fetched.seek(to);
        }
        assertThat(ids(fetched.next())).isEqualTo(ids(plain.next()));
        assertThat(fetched.position()).isEqualTo(plain.position());
      }
    }
  }

  @Test
  void aPositionOutOfRangeIsRefusedAndChangesNothing() {
    BatchSource plain = source();
    try (Prefetched fetched = source().prefetch(2)) {
      assertThat(ids(fetched.next())).isEqualTo(ids(plain.next()));
      assertThatThrownBy(() -> fetched.seek(-1))
          .hasMessageStartingWith("[batches] expected a position");
      assertThat(fetched.position()).isEqualTo(1);
      assertThat(ids(fetched.next())).isEqualTo(ids(plain.next()));
    }
  }

  @Test
  void batchesAreComputedAheadOnAVirtualThreadAndNoMoreThanAskedFor() throws InterruptedException {
    CountDownLatch ahead = new CountDownLatch(3);
    AtomicInteger computed = new AtomicInteger();
    BatchSource source =
        ExampleBatches.sequential(
            lazily(_ -> {
              assertThat(Thread.currentThread().isVirtual()).isTrue();
              computed.incrementAndGet();
              ahead.countDown();
            }),
            1);
    Prefetched fetched = source.prefetch(2);
    assertThat(computed.get()).isZero();
    fetched.next();
    assertThat(ahead.await(30, TimeUnit.SECONDS)).isTrue();
    Thread.sleep(50);
    assertThat(computed.get()).isEqualTo(3);
    fetched.close();
    assertThat(source.position()).isEqualTo(1);
  }

  @Test
  void anErrorIsThrownAtItsBatchWhichIsThenTriedAgain() {
    AtomicInteger failures = new AtomicInteger(2);
    BatchSource source =
        ExampleBatches.sequential(
            lazily(i -> {
              if (i == 4 && failures.getAndDecrement() > 0) {
                throw new IllegalArgumentException("damaged");
              }
            }),
            1);
    try (Prefetched fetched = source.prefetch(4)) {
      for (int i = 0; i < 4; i++) {
        assertThat(ids(fetched.next())).containsExactly(i);
      }
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(fetched::next)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("damaged");
        assertThat(fetched.position()).isEqualTo(4);
      }
      assertThat(ids(fetched.next())).containsExactly(4);
      assertThat(ids(fetched.next())).containsExactly(5);
    }
  }

  @Test
  void errorsAndNullBatchesAreReportedToo() {
    BatchSource source =
        ExampleBatches.sequential(
            lazily(_ -> {
              throw new StackOverflowError("deep");
            }),
            1);
    try (Prefetched fetched = source.prefetch(1)) {
      assertThatThrownBy(fetched::next).isInstanceOf(StackOverflowError.class).hasMessage("deep");
      fetched.seek(3);
      assertThatThrownBy(fetched::next).isInstanceOf(StackOverflowError.class);
      assertThat(fetched.position()).isEqualTo(3);
    }
  }

  @Test
  void aSourceThatWasNotClosedIsGarbageAfterAnException() throws InterruptedException {
    WeakReference<Prefetched> abandoned = abandoned();
    for (int i = 0; i < 200 && abandoned.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(abandoned.get()).isNull();
  }

  private static WeakReference<Prefetched> abandoned() {
    BatchSource source =
        ExampleBatches.sequential(
            lazily(i -> {
              if (i == 3) {
                throw new IllegalStateException("damaged");
              }
            }),
            1);
    Prefetched fetched = source.prefetch(5);
    fetched.next();
    return new WeakReference<>(fetched);
  }

  @Test
  void aClosedSourceIsRefusedAndTheWrappedOneGoesOn() {
    BatchSource plain = source();
    BatchSource wrapped = source();
    Prefetched fetched = wrapped.prefetch(3);
    for (int i = 0; i < 5; i++) {
      assertThat(ids(fetched.next())).isEqualTo(ids(plain.next()));
    }
    fetched.close();
    fetched.close();
    assertThat(ids(wrapped.next())).isEqualTo(ids(plain.next()));
    assertThat(fetched.position()).isEqualTo(5);
    String closed = "[prefetch] expected an open source, got a closed one";
    assertThatThrownBy(fetched::next).isInstanceOf(IllegalStateException.class).hasMessage(closed);
    assertThatThrownBy(() -> fetched.seek(1)).hasMessage(closed);
    assertThatThrownBy(() -> wrapped.prefetch(0))
        .hasMessage("[prefetch] expected at least 1 batch, got 0");
    assertThat(wrapped.prefetch(2)).hasToString("Prefetched[2 of " + wrapped + "]");
  }

  @Test
  void anInterruptedThreadGetsItsBatchAndStaysInterrupted() {
    try (Prefetched fetched = source().prefetch(1)) {
      Thread.currentThread().interrupt();
      assertThat(ids(fetched.next())).isEqualTo(ids(source().next()));
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
