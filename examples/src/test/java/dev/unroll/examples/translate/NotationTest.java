package dev.unroll.examples.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Batch;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotationTest {
  private static final RandomKey KEY = RandomKey.of(9);

  static List<Notation> notations() {
    return List.of(new Dates(), new Reversal());
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
    Codes codes = new Codes(notation);
    List<Notation.Pair> pairs = notation.pairs(KEY, 2000, false);
    Batch batch = codes.batch(pairs);
    assertThat(Arrays.stream(batch.inputs().toInts())).allMatch(c -> c >= 0 && c < codes.sources());
    assertThat(Arrays.stream(batch.targets().toInts()))
        .allMatch(c -> c >= -1 && c < codes.targets());
    assertThat(batch.targets().toInts()).doesNotContain(Codes.BEGIN);
    int[] first = batch.targets().select(0, 0).toInts();
    String target = pairs.getFirst().target();
    assertThat(first[target.length()]).isEqualTo(Codes.END);
    List<Integer> tokens = Arrays.stream(first, 0, target.length()).boxed().toList();
    assertThat(codes.text(tokens)).isEqualTo(target);
    assertThat(batch.lengths().toInts()[0]).isEqualTo(pairs.getFirst().source().length());
    assertThat(batch.targets().shape().dim(0)).isEqualTo(2000);
  }

  @Test
  void reversalReverses() {
    Notation.Pair p = new Reversal().draw(KEY);
    assertThat(new StringBuilder(p.source()).reverse()).hasToString(p.target());
    assertThat(p.source()).hasSizeBetween(4, 16);
  }

  @Test
  void aPictureHasACellForEachPair() {
    var weights = KEY.uniform(DType.FLOAT32, Shape.of(3, 6), 0, 1);
    String svg = new AttentionMap("a<c &", "xy", weights).toSvg();
    assertThat(svg).contains("&lt;", "&amp;", "\u2423").endsWith("</svg>" + System.lineSeparator());
    assertThat(svg.split("fill-opacity")).hasSize(1 + 3 * 5);
  }
}
