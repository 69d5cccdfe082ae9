package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GeneratedBatchesTest {
  private static Batch batch(long position) {
    Tensor x = Tensor.of(Shape.of(1, 1), position);
    return new Batch(x, x, false);
  }

  @Test
  void aBatchDependsOnItsPositionOnly() {
    BatchSource source = BatchSource.generated(GeneratedBatchesTest::batch, 3);
    assertThat(source.batchesPerEpoch()).isEqualTo(3);
    source.next();
    assertThat(source.next().inputs().item()).isEqualTo(1);
    assertThat(source.position()).isEqualTo(2);
    source.seek(7);
    assertThat(source.next().inputs().item()).isEqualTo(7);
  }

  @Test
  void theKeyIsFoldedWithThePosition() {
    RandomKey key = RandomKey.of(5);
    BatchSource source = BatchSource.generated(k -> batch((long) (k.unit(0) * (1L << 20))), key, 3);
    source.seek(4);
    assertThat(source.next().inputs().item())
        .isEqualTo(batch((long) (key.fold(4).unit(0) * (1L << 20))).inputs().item());
  }

  @Test
  void aFailedBatchIsTriedAgain() {
    int[] calls = {0};
    BatchSource source =
        BatchSource.generated(
            position -> {
              if (calls[0]++ == 0) {
                throw new IllegalStateException("once");
              }
              return batch(position);
            },
            1);
    assertThatThrownBy(source::next).hasMessage("once");
    assertThat(source.next().inputs().item()).isZero();
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> BatchSource.generated(GeneratedBatchesTest::batch, 0))
        .hasMessage("[batches] expected at least 1 batch per epoch, got 0");
    BatchSource source = BatchSource.generated(GeneratedBatchesTest::batch, 1);
    assertThatThrownBy(() -> source.seek(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
