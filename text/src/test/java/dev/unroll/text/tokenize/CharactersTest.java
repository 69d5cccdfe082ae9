package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.testing.Conformance;
import dev.unroll.testing.Property;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
class CharactersTest {
  private final Tokenizer characters = Tokenizers.named("characters");

  @Test
  void aTokenIsWhatAReaderTakesForACharacter() {
    assertThat(characters.tokenize("ab e\u0301각\uD83D\uDC69\u200D\uD83D\uDE80x\r\n"))
        .containsExactly(
            "a", "b", " ", "e\u0301", "각", "\uD83D\uDC69\u200D\uD83D\uDE80", "x", "\r\n");
    assertThat(characters.tokenize("")).isEmpty();
  }

  @Test
  void joiningGivesBackTheTextAndOffsetsPointIntoIt() {
    int[] alphabet = {
      'a', ' ', '\r', '\n', 0x301, 0xAC00, 0x1100, 0x1161, 0x1F600, 0x200D, 0x1F1E6
    };
    Property.holds(
        2000,
        draw -> {
          StringBuilder b = new StringBuilder();
          for (int n = draw.choose(12); n > 0; n--) {
            b.appendCodePoint(alphabet[draw.choose(alphabet.length)]);
          }
          String text = draw.show("text", b.toString());
          List<Token> tokens = new ArrayList<>();
          characters.tokenize(text, tokens::add);
          int at = 0;
          for (Token t : tokens) {
            assertThat(t.start()).isEqualTo(at);
            assertThat(text.substring(t.start(), t.end())).isEqualTo(t.text());
            at = t.end();
          }
          assertThat(characters.join(characters.tokenize(text))).isEqualTo(text);
        });
  }

  @Test
  void graphemesBreakWhereUnicodeSays() throws IOException {
    String set = "unicode/14.0.0-GraphemeBreakTest.txt";
    int rows = 0;
    for (String line : Files.readAllLines(Conformance.file(set))) {
      String row = line.replaceAll("#.*", "").strip();
      if (row.isEmpty()) {
        continue;
      }
      List<String> expected = new ArrayList<>();
      boolean known = true;
      for (String cluster : row.split("÷")) {
        StringBuilder b = new StringBuilder();
        for (String c : cluster.strip().split("[ ×]+")) {
          if (!c.isEmpty()) {
            int code = Integer.parseInt(c, 16);
            // Characters that are newer than the JDK; U+0378 is meant to have no meaning.
            known &= code == 0x378 || Character.getType(code) != Character.UNASSIGNED;
            b.appendCodePoint(code);
          }
        }
        if (!b.isEmpty()) {
          expected.add(b.toString());
        }
      }
      if (known) {
        assertThat(characters.tokenize(String.join("", expected))).as(row).isEqualTo(expected);
        Conformance.passed("unicode", row);
        rows++;
      }
    }
    assertThat(rows).isGreaterThan(500);
  }

  @Test
  void unknownNamesListWhatThereIs() {
    assertThatThrownBy(() -> Tokenizers.named("chars"))
        .hasMessage(
            "no tokenizer named \"chars\"; found: characters, jamo, json, regex,"
                + " whitespace, whitespace-lines, words");
  }
}
