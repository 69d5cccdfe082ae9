package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.unroll.testing.Conformance;
import dev.unroll.text.Normalizer;
import dev.unroll.text.Tokenizer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unicode's own tests of boundaries and of normalization. */
@Tag("conformance")
class UnicodeTest {
  /**
   * Unicode 17 lets viramas of these scripts join what follows, and does not count U+2701 among the
   * emoji; the JDK's Unicode 16 does not know.
   */
  private static final Set<Integer> CHANGED = Set.of(0x1039, 0x1B44, 0x17D2, 0x2701);

  private record Row(String name, String text, List<String> parts, boolean newer) {
    static Row of(String line) {
      List<String> parts = new ArrayList<>();
      StringBuilder part = new StringBuilder();
      boolean newer = false;
      for (String s : line.split("\\s+")) {
        if (s.equals("÷") && !part.isEmpty()) {
          parts.add(part.toString());
          part.setLength(0);
        } else if (!s.equals("÷") && !s.equals("×")) {
          int c = Integer.parseInt(s, 16);
          newer |= Character.getType(c) == Character.UNASSIGNED || CHANGED.contains(c);
          part.appendCodePoint(c);
        }
      }
      return new Row(line, String.join("", parts), parts, newer);
    }
  }

  private static List<String> lines(String file) throws Exception {
    return Files.readAllLines(Conformance.file("unicode/" + file)).stream()
        .map(l -> l.replaceAll("#.*", "").strip())
        .filter(l -> !l.isEmpty())
        .toList();
  }

  private static List<String> parts(Tokenizer tokenizer, String text) {
    List<String> parts = new ArrayList<>();
    tokenizer.tokenize(
        text,
        t -> {
          assertThat(text.substring(t.start(), t.end())).isEqualTo(t.text());
          parts.add(t.text());
        });
    return parts;
  }

  @ParameterizedTest
  @CsvSource({
    "14.0.0-GraphemeBreakTest.txt, 602, 0",
    "17.0.0-GraphemeBreakTest.txt, 757, 9",
    "14.0.0-WordBreakTest.txt, 1823, 0",
    "17.0.0-WordBreakTest.txt, 1942, 2"
  })
  void boundariesAreWhereUnicodeHasThem(String file, int least, int mostNewer) throws Exception {
    Tokenizer tokenizer = file.contains("Word") ? new Words() : new Characters();
    List<String> wrong = new ArrayList<>();
    int passed = 0;
    int newer = 0;
    for (String line : lines(file)) {
      Row row = Row.of(line);
      if (parts(tokenizer, row.text).equals(row.parts)) {
        passed++;
        Conformance.passed("unicode", file + " " + row.name);
      } else if (row.newer && file.startsWith("17")) {
        newer++;
        Conformance.refused("unicode", file + " " + row.name, "newer than the JDK's Unicode 16");
      } else {
        wrong.add(row.name + " gives " + codes(parts(tokenizer, row.text)));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(passed).isGreaterThanOrEqualTo(least);
    assertThat(newer).isLessThanOrEqualTo(mostNewer);
  }

  private static List<String> codes(List<String> parts) {
    return parts.stream()
        .map(p -> p.codePoints().mapToObj(c -> String.format("%04X", c)).toList().toString())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NormalizationTest-16.0.0.txt", "NormalizationTest-16.0.0-hangul.txt"})
  void normalizationIsThatOfUnicode(String file) throws Exception {
    List<Normalizer> forms =
        List.of(Normalizer.nfc(), Normalizer.nfd(), Normalizer.nfkc(), Normalizer.nfkd());
    int[][] same = {{1, 1, 1, 3, 3}, {2, 2, 2, 4, 4}, {3, 3, 3, 3, 3}, {4, 4, 4, 4, 4}};
    int rows = 0;
    for (String line : lines(file)) {
      String[] c = Arrays.stream(line.split(";")).map(UnicodeTest::text).toArray(String[]::new);
      for (int f = 0; f < 4; f++) {
        for (int i = 0; i < 5; i++) {
          assertThat(forms.get(f).normalize(c[i])).as(line).isEqualTo(c[same[f][i]]);
          StringBuilder pieces = new StringBuilder();
          forms.get(f).rewrite(c[i], (piece, start, end) -> pieces.append(piece));
          assertThat(pieces.toString()).as("in pieces: " + line).isEqualTo(c[same[f][i]]);
        }
      }
      rows++;
      Conformance.passed("unicode", file + " " + line);
    }
    assertThat(rows).isGreaterThan(11_000);
  }

  private static String text(String codes) {
    StringBuilder text = new StringBuilder();
    for (String s : codes.strip().split("\\s+")) {
      text.appendCodePoint(Integer.parseInt(s, 16));
    }
    return text.toString();
  }

  @Test
  void longRunsTakeNoLongerThanTheirLength() {
    for (String c : new String[] {"🇰", "\u0301", "👩\u200D", "ㅋ", " ", "ᄀ"}) {
      String run = "a" + c.repeat(200_000);
      for (Tokenizer tokenizer : List.of(new Words(), new Characters(), new BertWords(true))) {
        List<String> parts = new ArrayList<>();
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> tokenizer.tokenize(run, t -> parts.add(t.text())));
        assertThat(parts).isNotEmpty();
      }
      assertTimeoutPreemptively(
          Duration.ofSeconds(5), () -> Normalizer.shortened(2).normalize(run));
    }
    assertThat(new Words().tokenize("🇰".repeat(5))).containsExactly("🇰🇰", "🇰🇰", "🇰");
  }

  @Test
  void wordsAreWhatAReaderTakesForThem() {
    assertThat(parts(new Words(), "Don't stop at 3.14, 김치찌개! a_b 🇰🇷🇯🇵"))
        .containsExactly(
            "Don't", " ", "stop", " ", "at", " ", "3.14", ",", " ", "김치찌개", "!", " ", "a_b", " ",
            "🇰🇷", "🇯🇵");
  }
}
