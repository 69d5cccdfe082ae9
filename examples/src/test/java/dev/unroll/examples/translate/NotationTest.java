package dev.unroll.examples.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.examples.fit.TokenIds;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotationTest {
  private static final RandomKey KEY = RandomKey.of(9);

  static List<Notation> notations() {
    return List.of(new Dates(), new Numbers(), new Reversal());
  }

  @ParameterizedTest
  @MethodSource("notations")
  void whatIsHeldOutIsNeverTrained(Notation notation) {
    Set<String> trained = new HashSet<>();
    notation.pairs(KEY, 3000, false).forEach(p -> trained.add(p.target()));
    List<Notation.Pair> held = notation.pairs(KEY.fold("held out"), 500, true);
    assertThat(held).extracting(Notation.Pair::target).doesNotContainAnyElementsOf(trained);
  }

  @ParameterizedTest
  @MethodSource("notations")
  void everyCharacterHasACode(Notation notation) {
    Tokenizer characters = Tokenizers.named("characters");
    TokenIds sources = TokenIds.of(characters, notation.sources());
    TokenIds targets = TokenIds.of(characters, notation.targets());
    for (Notation.Pair p : notation.pairs(KEY, 2000, false)) {
      assertThat(sources.decode(boxed(sources.encode(p.source())))).isEqualTo(p.source());
      assertThat(targets.decode(boxed(targets.encode(p.target())))).isEqualTo(p.target());
      assertThat(p.target()).hasSizeLessThanOrEqualTo(notation.longest());
    }
  }

  private static List<Integer> boxed(int... ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  @Test
  void reversalReverses() {
    Notation.Pair p = new Reversal().draw(KEY);
    assertThat(new StringBuilder(p.source()).reverse()).hasToString(p.target());
    assertThat(p.source()).hasSizeBetween(4, 16);
  }

  @Test
  void aPictureHasACellForEachPair(@TempDir Path folder) throws IOException {
    var weights = KEY.uniform(DType.FLOAT32, Shape.of(3, 6), 0, 1);
    Path file = folder.resolve("map.svg");
    new AttentionMap("a<c &", "xy", weights).write(file);
    String svg = Files.readString(file);
    assertThat(svg).contains("&lt;", "&amp;", "\u2423", "</svg>");
    assertThat(svg.split("<rect")).hasSize(1 + 1 + 3 * 5); // the background, and a cell each
  }
}
