package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Conformance;
import dev.unroll.testing.Fields;
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
import java.util.regex.Matcher;
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
        String id = c.path("id").asString();
        tests.add(Conformance.test("tokenizer-cases", id, () -> check(c)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  /** Every option of a case is read, or the case fails. */
  private static void check(JsonNode c) {
    try (Fields fields = new Fields(c.path("id").asString(), c).about("id", "source");
        Fields config = fields.fields("config")) {
      Object actual = actual(fields.text("kind", ""), config, fields.get("input"));
      assertThat((Object) JsonMapper.shared().valueToTree(actual))
          .isEqualTo(fields.get("expected"));
    }
  }

  private static Object actual(String kind, Fields config, JsonNode input) {
    if (kind.equals("bpe_train")) {
      return trained(config, input);
    }
    String text = input.stringValue();
    return switch (kind) {
      case "bert_basic" -> new BertWords(config.flag("do_lower_case")).tokenize(text);
      case "bert_wordpiece" ->
          new WordPiece(
                  new Whitespace(),
                  strings(config.get("vocab")),
                  config.text("unk", ""),
                  WordPiece.PREFIX,
                  config.integer("max_chars_per_word", 200))
              .tokenize(text);
      case "bert_full" -> bert(config).tokenize(text);
      case "bert_ids" -> bert(config).encode(text);
      case "bert_is_whitespace" -> WhiteSpace.is(text.codePointAt(0));
      case "bert_is_control" -> BertText.isControl(text.codePointAt(0));
      case "bert_is_punctuation" -> BertSplit.isPunctuation(text.codePointAt(0));
      case "bpe_encode_word" -> ids(bpe(config), text);
      case "pretokenize_whitespace" -> {
        config.only("regex", "\\w+|[^\\w\\s]+");
        yield offsets(new Matches(JsonReader.WORDS_AND_SIGNS), text);
      }
      case "pretokenize_whitespace_split" -> offsets(new Whitespace(), text);
      case "pretokenize_punctuation" ->
          offsets(new Matches(Pattern.compile("\\p{P}|\\P{P}+")), text);
      case "pretokenize_bert" -> offsets(new BertWords(false), text);
      case "pretokenize_bytelevel" -> {
        config.only("add_prefix_space", false);
        config.only("use_regex", true);
        yield byteLevel(text);
      }
      case "normalize" -> normalizer(config).normalize(text);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static WordPiece bert(Fields config) {
    return new WordPiece(new BertWords(config.flag("do_lower_case")), strings(config.get("vocab")));
  }

  private static List<String> strings(JsonNode array) {
    List<String> all = new ArrayList<>();
    array.forEach(s -> all.add(s.asString()));
    return all;
  }

  private static Bpe bpe(Fields config) {
    config.only("dropout", 0.0);
    TreeMap<Integer, String> tokens = new TreeMap<>();
    config.get("vocab").forEachEntry((t, i) -> tokens.put(i.asInt(), t));
    String unknown = config.text("unk", "");
    if (!unknown.isEmpty() && !tokens.containsValue(unknown)) {
      tokens.put(tokens.size(), unknown);
    }
    List<Merge> merges = new ArrayList<>();
    config
        .get("merges")
        .forEach(m -> merges.add(new Merge(m.path(0).asString(), m.path(1).asString())));
    Bpe.Form form =
        new Bpe.Form(
            unknown,
            config.flag("fuse_unk"),
            config.text("continuing_subword_prefix", ""),
            config.text("end_of_word_suffix", ""),
            config.flag("byte_fallback"),
            config.flag("ignore_merges"));
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

  private static Map<String, Object> trained(Fields config, JsonNode words) {
    Map<String, Long> counts = new LinkedHashMap<>();
    words.forEachEntry((word, n) -> counts.put(word, n.asLong()));
    Bpe.Form plain = new Bpe.Form("", false, "", "");
    Bpe bpe =
        new BpeTraining(30_000, config.integer("min_frequency", 0))
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

  private static Normalizer normalizer(Fields config) {
    if (config.has("steps")) {
      return strings(config.get("steps")).stream()
          .map(TokenizerCasesTest::named)
          .reduce(Normalizer::then)
          .orElseThrow();
    }
    Matcher made = CONSTRUCTOR.matcher(config.text("constructor", ""));
    assertThat(made.matches()).as(made.toString()).isTrue();
    Map<String, String> given = new LinkedHashMap<>();
    for (String argument : made.group(2).isEmpty() ? new String[0] : made.group(2).split(", ")) {
      String[] parts = argument.split("=", 2);
      given.put(parts[0], parts[1]);
    }
    Normalizer n =
        switch (made.group(1)) {
          case "BertNormalizer" -> {
            boolean lower = flag(given, "lowercase");
            yield new BertText(
                flag(given, "clean_text"),
                flag(given, "handle_chinese_chars"),
                given.containsKey("strip_accents") ? flag(given, "strip_accents") : lower,
                lower);
          }
          case "Strip" -> {
            Normalizer left = replacing("^\\s+", flag(given, "left"));
            yield left.then(replacing("\\s+$", flag(given, "right")));
          }
          case "Prepend" -> {
            String text = String.valueOf(given.remove("prepend"));
            String bare = text.substring(1, text.length() - 1);
            yield Normalizer.replacing(Pattern.compile("^(?=.)", Pattern.DOTALL), bare);
          }
          default -> named(made.group(1));
        };
    assertThat(given).as("what was not read").isEmpty();
    return n;
  }

  private static final Pattern CONSTRUCTOR = Pattern.compile("(\\w+)\\((.*)\\)");

  /** True is the default of each. */
  private static boolean flag(Map<String, String> given, String name) {
    String value = given.remove(name);
    assertThat(value).isIn(null, "True", "False");
    return !"False".equals(value);
  }

  private static Normalizer replacing(String spaces, boolean really) {
    Pattern pattern = Pattern.compile(really ? spaces : "(?!)", Pattern.UNICODE_CHARACTER_CLASS);
    return Normalizer.replacing(pattern, "");
  }

  private static Normalizer named(String name) {
    return switch (name) {
      case "NFC" -> Normalizer.nfc();
      case "NFD" -> Normalizer.nfd();
      case "NFKC" -> Normalizer.nfkc();
      case "NFKD" -> Normalizer.nfkd();
      case "StripAccents" -> Normalizer.withoutMarks();
      case "Lowercase" -> Normalizer.lowerCase();
      default -> throw new Conformance.NotThereException("the normalizer " + name);
    };
  }
}
