package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.testing.Conformance;
import dev.unroll.testing.Fields;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Korean letters, also against the cases of es-hangul. */
@Tag("conformance")
class HangulTest {

  @Test
  void everySyllableIsItsLettersAndItsJamo() {
    for (char c = 0xAC00; c <= 0xD7A3; c++) {
      String s = String.valueOf(c);
      char made =
          Hangul.syllable(
              String.valueOf(Hangul.initial(c)), String.valueOf(Hangul.vowel(c)), Hangul.last(c));
      assertThat(made).isEqualTo(c);
      assertThat(Hangul.syllables(Hangul.jamo(s))).isEqualTo(s);
      assertThat(Hangul.jamo(s)).isEqualTo(Normalizer.nfd().normalize(s));
      assertThat(Hangul.assemble(Hangul.letters(s))).isEqualTo(s);
    }
  }

  @Test
  void whatIsTypedBecomesSyllables() {
    for (String s : List.of("안녕하세요", "값이 싸다", "닭을 없애", "ㅋㅋㅋ 와", "뷁", "의사", "a가1나!")) {
      assertThat(Hangul.assemble(Hangul.letters(s))).isEqualTo(s);
    }
    assertThat(Hangul.initials("안녕 abc")).isEqualTo("ㅇㄴ abc");
  }

  @Test
  void whatMakesNoSyllableIsRefused() {
    assertThatThrownBy(() -> Hangul.syllable("ㅏ", "ㄱ", ""))
        .hasMessage("[hangul] no syllable consists of \"ㅏ\", \"ㄱ\", \"\"");
    assertThatThrownBy(() -> Hangul.initial('a')).hasMessage("[hangul] \"a\" is not a syllable");
    assertThatThrownBy(() -> Josa.attach("책", "이"))
        .hasMessage("[josa] expected two forms separated by a slash, got \"이\"");
  }

  @Test
  void particlesFollowTheSound() {
    assertThat(Josa.attach("서울", "으로/로")).isEqualTo("서울로");
    assertThat(Josa.attach("부산", "로/으로")).isEqualTo("부산으로");
    assertThat(Josa.attach("7", "을/를")).isEqualTo("7을");
    assertThat(Josa.attach("2", "을/를")).isEqualTo("2를");
    assertThat(Josa.attach("", "이/가")).isEmpty();
    assertThat(Josa.attach("", "으로/로")).isEmpty();
    assertThat(Josa.endsInConsonant("")).isFalse();
  }

  /** macOS writes the names of files so. */
  @Test
  void jamoThatMakeSyllablesCountAsThese() {
    for (String word : List.of("책", "샴푸", "서울", "부산", "닭", "값", "a가", "7")) {
      String nfd = Normalizer.nfd().normalize(word);
      for (String forms : List.of("이/가", "은/는", "을/를", "과/와", "으로/로", "아/야", "이랑/랑")) {
        assertThat(Normalizer.nfc().normalize(Josa.attach(nfd, forms)))
            .isEqualTo(Josa.attach(word, forms));
      }
      assertThat(Josa.endsInConsonant(nfd)).isEqualTo(Josa.endsInConsonant(word));
      assertThat(Hangul.letters(nfd)).isEqualTo(Hangul.letters(word));
      assertThat(Hangul.initials(nfd)).isEqualTo(Hangul.initials(word));
      assertThat(Hangul.assemble(nfd)).isEqualTo(Hangul.assemble(word));
      assertThat(Hangul.withoutLastLetter(nfd)).isEqualTo(Hangul.withoutLastLetter(word));
      assertThat(Tokenizers.named("jamo").tokenize(nfd))
          .isEqualTo(Tokenizers.named("jamo").tokenize(word));
    }
    assertThat(Hangul.syllables("가\u11A8")).isEqualTo("각");
    List<Token> tokens = new ArrayList<>();
    Tokenizers.named("jamo").tokenize("x\u1112\u1161\u11AB가\u0301", tokens::add);
    assertThat(tokens)
        .containsExactly(
            new Token("x", 0, 1),
            new Token("\u1112", 1, 4),
            new Token("\u1161", 1, 4),
            new Token("\u11AB", 1, 4),
            new Token("\u1100", 4, 6),
            new Token("\u1161", 4, 6),
            new Token("\u0301", 4, 6));
  }

  @TestFactory
  Stream<DynamicTest> casesOfEsHangulPass() throws Exception {
    byte[] all = Files.readAllBytes(Conformance.file("tokenizer-cases.json"));
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode c : JsonMapper.shared().readTree(all).path("cases")) {
      if (c.path("kind").asString().startsWith("hangul_")) {
        String id = c.path("id").asString();
        tests.add(Conformance.test("tokenizer-cases", id, () -> check(c)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(90);
    return tests.stream();
  }

  private static void check(JsonNode c) {
    try (Fields fields = new Fields(c.path("id").asString(), c).about("id", "source");
        Fields _ = fields.fields("config")) {
      // No expected value is null: there is no answer.
      JsonNode expected =
          fields.has("expected") ? fields.get("expected") : JsonMapper.shared().nullNode();
      check(fields.text("kind", ""), fields.get("input"), expected);
    }
  }

  /** How many arguments of a function are read here; more would be overlooked. */
  private static int arguments(String kind) {
    return switch (kind) {
      case "hangul_hasBatchim", "hangul_josa", "hangul_combineVowels", "hangul_getChoseong" -> 2;
      case "hangul_combineCharacter" -> 3;
      default -> 1;
    };
  }

  private static void check(String kind, JsonNode in, JsonNode expected) {
    assertThat(in.size()).as("arguments of " + kind).isLessThanOrEqualTo(arguments(kind));
    String text = in.path(0).asString("");
    Object actual =
        switch (kind) {
          case "hangul_disassemble" -> Hangul.letters(text);
          case "hangul_disassembleToGroups" ->
              text.chars().mapToObj(x -> groups(Hangul.letters(Character.toString(x)))).toList();
          case "hangul_disassembleCompleteCharacter" -> whole(text);
          case "hangul_assemble" -> Hangul.assemble(joined(in.path(0)));
          case "hangul_getChoseong" -> initials(text, in.path(1));
          case "hangul_getJungseong" -> each(text, x -> String.valueOf(Hangul.vowel(x)));
          case "hangul_getJongseong" -> each(text, Hangul::last);
          case "hangul_hasBatchim" -> hasFinal(text, in.path(1));
          case "hangul_josa" -> Josa.attach(text, in.path(1).asString());
          case "hangul_combineVowels" -> Hangul.joined(joined(in));
          case "hangul_canBeChoseong" -> Hangul.isInitial(text);
          case "hangul_canBeJungseong" -> Hangul.isVowel(text);
          case "hangul_canBeJongseong" -> Hangul.isFinal(text);
          case "hangul_combineCharacter" -> combined(in);
          case "hangul_removeLastCharacter" -> Hangul.withoutLastLetter(text);
          default -> throw new IllegalArgumentException(kind);
        };
    assertThat((Object) JsonMapper.shared().valueToTree(actual)).isEqualTo(expected);
  }

  private static List<String> groups(String letters) {
    return letters.chars().mapToObj(Character::toString).toList();
  }

  private interface Part {
    String of(char syllable);
  }

  private static String each(String text, Part part) {
    StringBuilder all = new StringBuilder();
    text.chars().forEach(x -> all.append(Hangul.isSyllable(x) ? part.of((char) x) : (char) x));
    return all.toString();
  }

  private static String initials(String text, JsonNode options) {
    if (options.isObject()) {
      try (Fields fields = new Fields("options", options)) {
        fields.only("keepNonHangul", true);
      }
    }
    return Hangul.initials(text);
  }

  private static boolean hasFinal(String text, JsonNode options) {
    String only = "";
    if (options.isObject()) {
      try (Fields fields = new Fields("options", options)) {
        only = fields.text("only", "");
      }
    }
    if (!Josa.endsInConsonant(text)) {
      return false;
    }
    int n = Hangul.letters(Hangul.last(text.charAt(text.length() - 1))).length();
    return switch (only) {
      case "" -> true;
      case "single" -> n == 1;
      case "double" -> n == 2;
      default -> throw new IllegalArgumentException(only);
    };
  }

  private static Object whole(String text) {
    if (!Hangul.isSyllable(text.charAt(0))) {
      return JsonMapper.shared().nullNode();
    }
    return Map.of(
        "choseong", String.valueOf(Hangul.initial(text.charAt(0))),
        "jungseong", Hangul.letters(String.valueOf(Hangul.vowel(text.charAt(0)))),
        "jongseong", Hangul.letters(Hangul.last(text.charAt(0))));
  }

  private static Object combined(JsonNode in) {
    String[] p = {in.path(0).asString(), in.path(1).asString(), in.path(2).asString("")};
    try {
      return String.valueOf(Hangul.syllable(p[0], p[1], p[2]));
    } catch (IllegalArgumentException e) {
      return Map.of("error", "Invalid hangul Characters: " + String.join(", ", p));
    }
  }

  private static String joined(JsonNode parts) {
    StringBuilder all = new StringBuilder();
    parts.forEach(p -> all.append(p.asString()));
    return all.toString();
  }
}
