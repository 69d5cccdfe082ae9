package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Choices;
import dev.unroll.testing.Property;
import dev.unroll.text.tokenize.Characters;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds for every normalizer and every text. */
class NormalizerTest {
  private static final Map<String, Normalizer> ALL = new LinkedHashMap<>();

  static {
    ALL.put("nfc", Normalizer.nfc());
    ALL.put("nfd", Normalizer.nfd());
    ALL.put("nfkc", Normalizer.nfkc());
    ALL.put("nfkd", Normalizer.nfkd());
    ALL.put("lowerCase", Normalizer.lowerCase());
    ALL.put("withoutAccents", Normalizer.withoutAccents());
    ALL.put("withoutMarks", Normalizer.withoutMarks());
    ALL.put("withoutControls", Normalizer.withoutControls());
    ALL.put("singleSpaces", Normalizer.singleSpaces());
    ALL.put("zeroDigits", Normalizer.zeroDigits());
    ALL.put("shortened", Normalizer.shortened(2));
    ALL.put("replacing", Normalizer.replacing(Pattern.compile("[aeㅏ가]+"), "<>"));
  }

  /** A text as one token. */
  private record Whole() implements Tokenizer {
    @Override
    public void tokenize(String text, java.util.function.Consumer<Token> tokens) {
      tokens.accept(new Token(text, 0, text.length()));
    }

    @Override
    public String join(List<String> tokens) {
      return String.join("", tokens);
    }
  }

  /** Characters that normalize together with neighbours, and any others. */
  private static String random(Choices draw) {
    int[] near = {
      0x1100, 0x1161, 0x11A8, 0x3131, 0x314F, 0x314B, 0x3160, 0xAC00, 0xAC01, 0xFFA1, 0xFFC2, 0x301,
      0x323, 0x345, 0x334, 0xA8, 0x9BE, 0x9C7, 0x16D67, 0x16D63, 0x16D69, 0x3099, 0xFF9E, 0x304B,
      0x212B, 0xFB01, 0x2126, 0x0DCA, 0x0DD9, 0x102E, 0x1025, 0x0F71, 0x0F73, 0x200D, 0x344, 'a',
      'A'
    };
    StringBuilder text = new StringBuilder();
    int n = draw.choose(16);
    for (int i = 0; i < n; i++) {
      int c =
          switch (draw.choose(6)) {
            case 0 -> draw.choose(0x110000);
            case 1 -> draw.choose(0x3400);
            default -> near[draw.choose(near.length)];
          };
      text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 'x' : c);
    }
    return draw.show("text", text.toString());
  }

  @Test
  void whatATokenizerSeesIsTheNormalizedText() {
    List<Normalizer> singles = List.copyOf(ALL.values());
    Property.holds(
        20_000,
        draw -> {
          String text = random(draw);
          Normalizer single = singles.get(draw.choose(singles.size()));
          Normalizer n =
              draw.show(
                  "normalizer",
                  draw.choose(3) == 2
                      ? single.then(singles.get(draw.choose(singles.size())))
                      : single);
          String normal = n.normalize(text);
          assertThat(String.join("", n.before(new Whole()).tokenize(text))).isEqualTo(normal);
          List<Token> tokens = new ArrayList<>();
          n.before(new Characters()).tokenize(text, tokens::add);
          int last = 0;
          for (Token t : tokens) {
            assertThat(t.start()).isBetween(last, text.length());
            assertThat(t.end()).isBetween(t.start(), text.length());
            last = t.start();
          }
        });
  }

  /** Each part that is rewritten by itself gives what it gives in the whole text. */
  @Test
  void unicodeFormsAreThoseOfTheJdk() {
    Property.holds(
        50_000,
        draw -> {
          String text = random(draw);
          for (Form form : Form.values()) {
            StringBuilder pieces = new StringBuilder();
            new Normalizers.UnicodeForm(form)
                .rewrite(text, (piece, start, end) -> pieces.append(piece));
            assertThat(pieces.toString())
                .as("%s", form)
                .isEqualTo(java.text.Normalizer.normalize(text, form));
          }
        });
  }

  @Test
  void lettersThatTouchAreOneSyllable() {
    for (Normalizer n : List.of(Normalizer.nfkc(), Normalizer.nfkc().then(Normalizer.nfc()))) {
      assertThat(n.normalize("xㄱㅏy")).isEqualTo("x가y");
      List<Token> tokens = new ArrayList<>();
      n.before(new Characters()).tokenize("xㄱㅏy", tokens::add);
      assertThat(tokens)
          .containsExactly(new Token("x", 0, 1), new Token("가", 1, 3), new Token("y", 3, 4));
    }
    assertThat(Normalizer.nfc().then(Normalizer.shortened(2)).normalize("ㅋㅋㅋㅠㅠ")).isEqualTo("ㅋㅋㅠㅠ");
  }

  @Test
  void accentsAndMarksDiffer() {
    String hindi = "हिन्दी";
    Normalizer nfd = Normalizer.nfd();
    assertThat(nfd.then(Normalizer.withoutMarks()).normalize(hindi)).isEqualTo("हनद");
    assertThat(nfd.then(Normalizer.withoutAccents()).normalize(hindi)).isEqualTo("हिनदी");
    assertThat(nfd.then(Normalizer.withoutMarks()).normalize("é⃝")).isEqualTo("e");
  }

  @Test
  void stepsAreThoseThatWerePutTogether() {
    Normalizer a = Normalizer.nfc();
    Normalizer b = Normalizer.lowerCase();
    Normalizer c = Normalizer.zeroDigits();
    assertThat(a.then(b.then(c)).steps()).containsExactly(a, b, c);
    assertThat(a.then(b).then(c)).isEqualTo(a.then(b.then(c)));
    assertThat(c.steps()).containsExactly(c);
  }
}
