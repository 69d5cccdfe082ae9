package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Conformance;
import dev.unroll.text.Normalizer;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.unicode.WhiteSpace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The cases of BERT and of Hugging Face's tokenizers. */
@Tag("conformance")
class TokenizerCasesTest {
  @TestFactory
  Stream<DynamicTest> casesPass() throws Exception {
    byte[] all = Files.readAllBytes(Conformance.file("tokenizer-cases.json"));
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode c : JsonMapper.shared().readTree(all).path("cases")) {
      if (!c.path("kind").asString().startsWith("hangul_")) {
        tests.add(DynamicTest.dynamicTest(c.path("id").asString(), () -> check(c)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  private static void check(JsonNode c) {
    String id = c.path("id").asString();
    if (isRefused(c)) {
      Conformance.refused(
          "tokenizer-cases", id, "not there yet: dropout of merges, or a step alone");
      return;
    }
    Object actual = actual(c);
    assertThat((Object) JsonMapper.shared().valueToTree(actual)).isEqualTo(c.path("expected"));
    Conformance.passed("tokenizer-cases", id);
  }

  /** What is not offered: dropout of merges, and a step that {@link BertWords} takes by itself. */
  private static boolean isRefused(JsonNode c) {
    String made = c.path("config").path("constructor").asString("");
    return c.path("config").path("dropout").asDouble(0) > 0
        || made.contains("handle_chinese_chars=True");
  }

  private static Object actual(JsonNode c) {
    JsonNode config = c.path("config");
    String text = c.path("input").asString("");
    boolean lower = config.path("do_lower_case").asBoolean(false);
    return switch (c.path("kind").asString()) {
      case "bert_basic" -> new BertWords(lower).tokenize(text);
      case "bert_wordpiece" ->
          new WordPiece(new Whitespace(), strings(config.path("vocab"))).tokenize(text);
      case "bert_full" ->
          new WordPiece(new BertWords(lower), strings(config.path("vocab"))).tokenize(text);
      case "bert_ids" ->
          new WordPiece(new BertWords(lower), strings(config.path("vocab"))).encode(text);
      case "bert_is_whitespace" -> WhiteSpace.is(text.codePointAt(0));
      case "bert_is_control" -> BertText.isControl(text.codePointAt(0));
      case "bert_is_punctuation" -> BertSplit.isPunctuation(text.codePointAt(0));
      case "bpe_encode_word" -> ids(bpe(config), text);
      case "bpe_train" -> trained(c);
      case "pretokenize_whitespace" -> offsets(new Matches(JsonReader.WORDS_AND_SIGNS), text);
      case "pretokenize_whitespace_split" -> offsets(new Whitespace(), text);
      case "pretokenize_punctuation" ->
          offsets(new Matches(Pattern.compile("\\p{P}|\\P{P}+")), text);
      case "pretokenize_bert" -> offsets(new BertWords(false), text);
      case "pretokenize_bytelevel" -> byteLevel(text);
      case "normalize" -> normalizer(config).normalize(text);
      default -> throw new IllegalArgumentException(c.path("kind").asString());
    };
  }

  private static List<String> strings(JsonNode array) {
    List<String> all = new ArrayList<>();
    array.forEach(s -> all.add(s.asString()));
    return all;
  }

  private static Bpe bpe(JsonNode config) {
    TreeMap<Integer, String> tokens = new TreeMap<>();
    config.path("vocab").forEachEntry((t, i) -> tokens.put(i.asInt(), t));
    String unknown = config.path("unk").asString("");
    if (!unknown.isEmpty() && !tokens.containsValue(unknown)) {
      tokens.put(tokens.size(), unknown);
    }
    List<Merge> merges = new ArrayList<>();
    config
        .path("merges")
        .forEach(m -> merges.add(new Merge(m.path(0).asString(), m.path(1).asString())));
    Bpe.Form form =
        new Bpe.Form(
            unknown,
            config.path("fuse_unk").asBoolean(false),
            config.path("continuing_subword_prefix").asString(""),
            "");
    return new Bpe(new WholeText(), List.copyOf(tokens.values()), merges, form);
  }

  private static Map<String, Object> entry(Token t, String text) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("token", t.text());
    entry.put("byte_offsets", List.of(bytes(text, t.start()), bytes(text, t.end())));
    return entry;
  }

  private static int bytes(String text, int at) {
    return text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<Object> ids(Bpe bpe, String text) {
    List<Object> all = new ArrayList<>();
    bpe.tokenize(
        text,
        t -> {
          Map<String, Object> entry = entry(t, text);
          entry.put("id", bpe.id(t.text()));
          all.add(entry);
        });
    return all;
  }

  private static List<Object> offsets(Tokenizer tokenizer, String text) {
    List<Object> all = new ArrayList<>();
    tokenizer.tokenize(text, t -> all.add(entry(t, text)));
    return all;
  }

  private static List<Object> byteLevel(String text) {
    List<Object> all = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = ByteLevel.wordEnd(text, at);
      StringBuilder seen = new StringBuilder();
      for (byte b : text.substring(at, end).getBytes(StandardCharsets.UTF_8)) {
        seen.append(ByteLevel.character(b));
      }
      all.add(entry(new Token(seen.toString(), at, end), text));
      at = end;
    }
    return all;
  }

  private static Map<String, Object> trained(JsonNode c) {
    Map<String, Long> counts = new LinkedHashMap<>();
    c.path("input").forEachEntry((word, n) -> counts.put(word, n.asLong()));
    Bpe.Form plain = new Bpe.Form("", false, "", "");
    Bpe bpe =
        new BpeTraining(30_000, c.path("config").path("min_frequency").asLong())
            .characters(new Whitespace(), counts, plain);
    Map<String, Integer> vocab = new LinkedHashMap<>();
    bpe.tokens().forEach(t -> vocab.put(t, vocab.size()));
    List<Object> merges = new ArrayList<>();
    for (Merge m : bpe.merges()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("left", m.left());
      entry.put("right", m.right());
      entry.put("rank", merges.size());
      entry.put("new_id", bpe.id(m.left() + m.right()));
      merges.add(entry);
    }
    return Map.of("vocab", vocab, "merges", merges);
  }

  private static Normalizer normalizer(JsonNode config) {
    Normalizer all = (text, out) -> out.put(text, 0, text.length());
    for (JsonNode step : config.path("steps")) {
      all =
          all.then(
              switch (step.asString()) {
                case "NFKD" -> Normalizer.nfkd();
                case "StripAccents" -> Normalizer.withoutAccents();
                case "Lowercase" -> Normalizer.lowerCase();
                default -> throw new IllegalArgumentException(step.asString());
              });
    }
    String made = config.path("constructor").asString("");
    if (made.startsWith("Strip(")) {
      return Normalizer.replacing(Pattern.compile("\\s+$"), "");
    } else if (made.startsWith("Prepend(")) {
      return Normalizer.replacing(Pattern.compile("^"), "▁");
    }
    return made.contains("Lowercase") || made.contains("lowercase=True")
        ? Normalizer.lowerCase()
        : all;
  }
}
