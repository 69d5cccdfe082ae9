package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenStreamTest {
  private static TokenStream numbers(int n, int batch, int window) {
    return new TokenStream(IntStream.range(0, n).toArray(), batch, window);
  }

  private static void assertSame(Batch a, Batch b) {
    assertThat(a.inputs().sameBits(b.inputs())).isTrue();
    assertThat(a.targets().sameBits(b.targets())).isTrue();
    assertThat(a.continues()).isEqualTo(b.continues());
  }

  @Test
  void rowsContinueFromBatchToBatch() {
    TokenStream s = numbers(16, 2, 3); // two rows of 7, one token left over
    assertThat(s.batchesPerEpoch()).isEqualTo(3);
    assertThat(s.predictions()).isEqualTo(14);
    Batch first = s.next();
    assertThat(first.inputs().toInts()).containsExactly(0, 1, 2, 7, 8, 9);
    assertThat(first.targets().toInts()).containsExactly(1, 2, 3, 8, 9, 10);
    assertThat(first.continues()).isFalse();
    Batch second = s.next();
    assertThat(second.inputs().toInts()).containsExactly(3, 4, 5, 10, 11, 12);
    assertThat(second.continues()).isTrue();
    Batch last = s.next();
    assertThat(last.inputs().shape()).isEqualTo(Shape.of(2, 1));
    assertThat(last.targets().toInts()).containsExactly(7, 14);
    Batch again = s.next();
    assertSame(again, first);
    assertThat(s.position()).isEqualTo(4);
  }

  @Test
  void seekGoesOnAsIfAllBeforeHadBeenRead() {
    TokenStream a = numbers(100, 3, 4);
    TokenStream b = numbers(100, 3, 4);
    for (int i = 0; i < 11; i++) {
      a.next();
    }
    b.seek(11);
    assertSame(b.next(), a.next());
  }

  @Test
  void theShortestTextIsOneWindowInEachRow() {
    assertThat(numbers(7, 2, 3).batchesPerEpoch()).isEqualTo(1);
    assertThatThrownBy(() -> numbers(6, 2, 3))
        .hasMessage(
            "[tokenStream] 2 rows of 3 tokens require a text of at least 7 tokens; it has 6");
    assertThatThrownBy(() -> numbers(6, 0, 3))
        .hasMessage("[tokenStream] batch and window must be at least 1, not 0 and 3");
    assertThatThrownBy(() -> numbers(7, 2, 3).seek(-1))
        .hasMessage("[tokenStream] expected a position from 0 to 9007199254740992, got -1");
  }
}
