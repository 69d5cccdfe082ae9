package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Choices;
import dev.unroll.testing.Property;
import dev.unroll.text.Hangul;
import dev.unroll.text.Normalizer;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import dev.unroll.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is cut and joined again is what it was, for every text. */
class RoundTripTest {
  private static final int[][] RANGES = {
    {0x20, 0x7E},
    {0xAC00, 0xD7A3},
    {0x00, 0x24F},
    {0x300, 0x36F},
    {0x1100, 0x11FF},
    {0x3130, 0x318F},
    {0x5D0, 0x6FF},
    {0xE00, 0xE7F},
    {0x2000, 0x206F},
    {0x3040, 0x30FF},
    {0x4E00, 0x9FFF},
    {0x1F1E6, 0x1F1FF},
    {0x1F300, 0x1F9FF},
    {0x0, 0xFFFF},
    {0x10000, 0x10FFFF}
  };

  /** Texts of one kind of characters, of several, and of any. */
  static String random(Choices draw) {
    StringBuilder text = new StringBuilder();
    int n = draw.choose(1 << draw.choose(9));
    int[] range = RANGES[draw.choose(RANGES.length)];
    while (text.length() < n) {
      range = draw.choose(4) == 3 ? RANGES[draw.choose(RANGES.length)] : range;
      int c = range[0] + draw.choose(range[1] - range[0] + 1);
      if (c < 0xD800 || c > 0xDFFF) { // A lone surrogate is no text.
        text.appendCodePoint(c);
      }
    }
    return draw.show("text", text.toString());
  }

  private static Tokenizer tokenizer(String name) {
    if (!name.equals("bytes")) {
      return Tokenizers.named(name);
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      texts.add("the cat sat on the mat, and so it goes; 고양이가 매트에 앉았다 " + i);
    }
    return new BpeTraining(500, 2).byteLevel(texts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"characters", "words", "jamo", "bytes"})
  void joiningGivesBackTheText(String name) {
    Tokenizer tokenizer = tokenizer(name);
    Property.holds(
        3000,
        draw -> {
          String text = random(draw);
          if (name.equals("jamo")) {
            text = Hangul.syllables(text); // Jamo that stand alone come back as syllables.
          }
          String given = text;
          List<String> tokens = new ArrayList<>();
          int[] last = {0};
          tokenizer.tokenize(
              given,
              t -> {
                tokens.add(t.text());
                assertThat(t.start()).isBetween(0, given.length());
                assertThat(t.end()).isBetween(t.start(), given.length());
                assertThat(t.start()).as("order of offsets").isGreaterThanOrEqualTo(last[0]);
                last[0] = t.start();
              });
          assertThat(tokenizer.join(tokens)).isEqualTo(given);
          if (tokenizer instanceof Subwords subwords) {
            int[] codes = subwords.encode(given);
            assertThat(subwords.decode(codes)).isEqualTo(given);
            assertThat(tokens).isEqualTo(List.of(names(subwords, codes)));
          } else {
            Vocabulary all = Vocabulary.of(Vocabulary.count(tokenizer, List.of(given)));
            String again = all.decode(tokenizer, all.encode(tokenizer, given));
            assertThat(again).isEqualTo(given);
          }
        });
  }

  private static String[] names(Subwords subwords, int... codes) {
    String[] names = new String[codes.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = subwords.tokens().get(codes[i]);
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void offsetsOfARewrittenTextAreThoseOfTheText(int most) {
    Normalizer all =
        Normalizer.nfkd()
            .then(Normalizer.withoutAccents())
            .then(Normalizer.lowerCase())
            .then(Normalizer.withoutControls())
            .then(Normalizer.zeroDigits())
            .then(Normalizer.shortened(most))
            .then(Normalizer.singleSpaces());
    Property.holds(
        2000,
        draw -> {
          String text = random(draw);
          all.before(new Whitespace())
              .tokenize(
                  text,
                  t -> {
                    assertThat(t.start()).isBetween(0, t.end());
                    assertThat(t.end()).isLessThanOrEqualTo(text.length());
                  });
        });
    String text = "  ＡＢＣ  ㅋㅋㅋㅋㅋ Ünï 2024년";
    Map<String, Integer> starts = new TreeMap<>();
    Normalizer.nfc()
        .then(all)
        .before(new Whitespace())
        .tokenize(text, t -> starts.put(t.text(), t.start()));
    assertThat(starts.values()).containsExactlyInAnyOrder(2, 7, 13, 17);
    assertThat(text.substring(7, 12)).isEqualTo("ㅋㅋㅋㅋㅋ");
  }
}
