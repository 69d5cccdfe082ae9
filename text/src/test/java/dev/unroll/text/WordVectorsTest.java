package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordVectorsTest {
  private static final Map<String, Long> COUNTS =
      Map.of("the", 9L, "cat", 5L, ". .", 2L, "new", 1L);

  @TempDir Path folder;
  private final Vocabulary words =
      Vocabulary.of(COUNTS, Special.PADDING, Special.UNKNOWN, Special.BEGIN, Special.END);

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("v.txt"), text);
  }

  @Test
  void vectorsGoToTheirTokens() throws IOException {
    String lines = "the 1 2 3\nother 7 7 7\n. . 4 5 6\ncat 0.5 -1 1e1\nthe 9 9 9\n";
    for (String text : List.of(lines, "5 3\n" + lines)) {
      WordVectors v = WordVectors.read(file(text), words, RandomKey.of(1));
      assertThat(v.found()).isEqualTo(3);
      assertThat(v.weights().shape().dims()).containsExactly(8, 3);
      assertThat(row(v.weights(), "the")).containsExactly(1, 2, 3);
      assertThat(row(v.weights(), "cat")).containsExactly(0.5f, -1, 10);
      assertThat(row(v.weights(), ". .")).containsExactly(4, 5, 6);
      assertThat(row(v.weights(), "new")).doesNotContain(0).hasSize(3);
    }
  }

  private float[] row(Tensor weights, String token) {
    return weights.select(0, words.id(token)).toFloats();
  }

  @Test
  void otherFilesAreRefusedByLine() throws IOException {
    refused("", ": has no vectors");
    refused("the 1 2\ncat 1\n", ":2: expected a token and 2 numbers");
    refused("the 1 x\n", ":1: \"x\" is no number");
    refused("the 1 NaN\n", ":1: \"NaN\" is no number");
    refused("3 0\nthe\n", ":1: \"0\" is no size of vectors");
    refused("3 99999999999\nthe\n", ":1: \"99999999999\" is no size of vectors");
  }

  private void refused(String text, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> WordVectors.read(file, words, RandomKey.of(1)))
        .isInstanceOf(IOException.class)
        .hasMessage(file + message);
  }
}
