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
    refused("the 1 2\ncat 1\n", ":2: expected a token and 2 values");
    for (String x :
        List.of(
            "x",
            "NaN",
            "Infinity",
            "0x1p3",
            "1d",
            "1f",
            "1F",
            "1e999",
            "1e",
            "--1",
            "",
            "\u0661")) {
      refused("the 1 " + x + " 2\n", ":1: \"" + x + "\" is not a decimal number");
    }
    refused("the 1 \u0000 2\n", ":1: \"\\u0000\" is not a decimal number");
    refused("3 0\nthe\n", ":1: \"0\" is not a vector size");
    refused("3 99999999999\nthe\n", ":1: \"99999999999\" is not a vector size");
  }

  @Test
  void theNumberOfVectorsIsTheOneOfTheFirstLine() throws IOException {
    refused("3 2\nthe 1 2\ncat 3 4\n", ":1: expected 3 vectors, as announced, got 2");
    refused("1 2\nthe 1 2\ncat 3 4\n", ":1: expected 1 vectors, as announced, got 2");
    refused(
        "99999999999999999999 1\nthe 1\n",
        ":1: expected 99999999999999999999 vectors, as announced, got 1");
    WordVectors v = WordVectors.read(file("the 1\ncat +2.5E-1\n"), words, RandomKey.of(1));
    assertThat(row(v.weights(), "the")).containsExactly(1);
    assertThat(row(v.weights(), "cat")).containsExactly(0.25f);
  }

  @Test
  void ofATokenThatComesTwiceTheFirstVectorCounts() throws IOException {
    WordVectors v = WordVectors.read(file("3 1\nthe 1\nthe 2\nthe x\n"), words, RandomKey.of(1));
    assertThat(v.found()).isEqualTo(1);
    assertThat(row(v.weights(), "the")).containsExactly(1);
  }

  private void refused(String text, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> WordVectors.read(file, words, RandomKey.of(1)))
        .isInstanceOf(IOException.class)
        .hasMessage(file + message);
  }
}
