package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenPiecesTest {
  private static TokenPieces numbers(int n, int batch, int window, int windows, long seed) {
    return new TokenPieces(
        IntStream.range(0, n).toArray(), batch, window, windows, RandomKey.of(seed));
  }

  @Test
  void rowsContinueWithinAPieceAndBeginAfterIt() {
    TokenPieces p = numbers(100, 2, 3, 4, 1); // 8 pieces of 12
    assertThat(p.batchesPerEpoch()).isEqualTo(16);
    int[] before = {};
    for (int i = 0; i < 40; i++) {
      Batch b = p.next();
      int[] x = b.inputs().toInts();
      int[] y = b.targets().toInts();
      assertThat(b.inputs().shape()).isEqualTo(Shape.of(2, 3));
      assertThat(b.continues()).isEqualTo(i % 4 > 0);
      for (int k = 0; k < x.length; k++) {
        assertThat(y[k]).isEqualTo(x[k] + 1);
      }
      if (b.continues()) {
        assertThat(new int[] {x[0], x[3]}).containsExactly(before[2], before[5]);
      } else {
        assertThat(x[0] % 12).isZero();
        assertThat(x[3] % 12).isZero();
      }
      before = y;
    }
    assertThat(p.position()).isEqualTo(40);
  }

  @Test
  void anEpochReadsEachPieceOnceAndTheNextInAnotherOrder() {
    TokenPieces p = numbers(1001, 4, 5, 2, 7); // 100 pieces of 10
    Set<String> orders = new HashSet<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      Set<Integer> read = new HashSet<>();
      StringBuilder order = new StringBuilder();
      for (long i = 0; i < p.batchesPerEpoch(); i++) {
        for (int id : p.next().inputs().toInts()) {
          assertThat(read.add(id)).isTrue();
          order.append(id).append(' ');
        }
      }
      assertThat(read).hasSize(1000);
      orders.add(order.toString());
    }
    assertThat(orders).hasSize(3);
  }

  @Test
  void aPositionIsAllTheStateThereIs() {
    TokenPieces a = numbers(500, 3, 4, 5, 2);
    TokenPieces b = numbers(500, 3, 4, 5, 2);
    for (int i = 0; i < 97; i++) {
      a.next();
    }
    b.seek(97);
    for (int i = 0; i < 60; i++) {
      Batch x = a.next();
      Batch y = b.next();
      assertThat(y.inputs().sameBits(x.inputs())).isTrue();
      assertThat(y.continues()).isEqualTo(x.continues());
    }
    a.seek(0);
    assertThat(a.next().inputs().sameBits(numbers(500, 3, 4, 5, 2).next().inputs())).isTrue();
  }

  @Test
  void theIdentityNamesWhatDecidesTheBatches() {
    TokenPieces p = numbers(500, 3, 4, 5, 2);
    assertThat(p.identity())
        .isEqualTo(numbers(500, 3, 4, 5, 2).identity())
        .startsWith("500 tokens (hash ")
        .contains(") in 24 pieces of 5 x 4, 3 at a time, first [");
    assertThat(p).hasToString("TokenPieces[" + p.identity() + "]");
    for (TokenPieces other :
        new TokenPieces[] {
          numbers(501, 3, 4, 5, 2),
          numbers(500, 2, 4, 5, 2),
          numbers(500, 3, 5, 4, 2),
          numbers(500, 3, 4, 4, 2),
          numbers(500, 3, 4, 5, 3)
        }) {
      assertThat(other.identity()).isNotEqualTo(p.identity());
    }
  }

  @Test
  void theShortestTextIsOnePieceInEachRow() {
    assertThat(numbers(13, 2, 3, 2, 1).batchesPerEpoch()).isEqualTo(2);
    assertThatThrownBy(() -> numbers(12, 2, 3, 2, 1))
        .hasMessage(
            "[tokenPieces] 2 pieces of 2 x 3 tokens require a text of at least 13 tokens; it has"
                + " 12");
    assertThatThrownBy(() -> numbers(0, 1, 1, 1, 1)).hasMessageContaining("it has 0");
    assertThatThrownBy(() -> numbers(12, 2, 100_000, 100_000, 1))
        .hasMessageContaining("at least 20000000001 tokens");
    assertThatThrownBy(() -> numbers(12, 2, 0, 2, 1))
        .hasMessage("[tokenPieces] batch, window and windows must be at least 1, not 2, 0 and 2");
    assertThatThrownBy(() -> numbers(13, 2, 3, 2, 1).seek(-1))
        .hasMessageStartingWith("[tokenPieces] expected a position from 0 to ");
    assertThatThrownBy(() -> new TokenPieces(null, 1, 1, 1, RandomKey.of(1))).hasMessage("tokens");
    assertThatThrownBy(() -> new TokenPieces(new int[9], 1, 1, 1, null)).hasMessage("key");
  }
}
