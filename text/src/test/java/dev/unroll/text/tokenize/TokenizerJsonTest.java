package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.unroll.testing.Property;
import dev.unroll.text.Normalizer;
import dev.unroll.text.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Files of Hugging Face's form; the numbers are those of its own library (tokenizers 0.21). */
class TokenizerJsonTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @TempDir Path folder;

  private static ObjectNode bpe(List<String> vocab, String... merges) {
    ObjectNode model = NODES.objectNode().put("type", "BPE").putNull("dropout");
    model.putNull("unk_token").putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode ids = model.putObject("vocab");
    vocab.forEach(t -> ids.put(t, ids.size()));
    for (String m : merges) {
      String[] parts = m.split("\\+");
      model.withArray("merges").addArray().add(parts[0]).add(parts[1]);
    }
    return model;
  }

  private static ObjectNode wordPiece(String... vocab) {
    ObjectNode model = NODES.objectNode().put("type", "WordPiece").put("unk_token", "[UNK]");
    model.put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
    ObjectNode ids = model.putObject("vocab");
    for (String t : vocab) {
      ids.put(t, ids.size());
    }
    return model;
  }

  private static ObjectNode file(ObjectNode model) {
    ObjectNode root = NODES.objectNode().put("version", "1.0").putNull("truncation");
    root.putNull("padding").putArray("added_tokens");
    root.putNull("normalizer").putNull("pre_tokenizer").putNull("post_processor");
    root.putNull("decoder").set("model", model);
    return root;
  }

  private static void type(ObjectNode root, String part, String type) {
    root.putObject(part).put("type", type);
  }

  private Subwords read(JsonNode root) throws IOException {
    return TokenizerJson.read(Files.writeString(folder.resolve("t.json"), root.toString()));
  }

  @Test
  void withoutAPreTokenizerATextIsOneWord() throws IOException {
    ObjectNode model = bpe(List.of("a", "b", " ", "b ", "b a"), "b+ ", "b +a");
    assertThat(read(file(model)).encode("b a")).containsExactly(4);
    ObjectNode absent = file(model);
    absent.remove("pre_tokenizer");
    assertThat(read(absent).encode("b a")).containsExactly(4);
  }

  @Test
  void unknownCharactersFallBackToBytes() throws IOException {
    ObjectNode model = bpe(List.of("<unk>", "a", "<0xED>", "<0x95>", "<0x9C>"));
    model.put("unk_token", "<unk>").put("byte_fallback", true);
    ObjectNode root = file(model);
    type(root, "decoder", "ByteFallback");
    Subwords s = read(root);
    assertThat(s.encode("a한é")).containsExactly(1, 2, 3, 4, 0);
    assertThat(s.decode(1, 2, 3, 4)).isEqualTo("a한");
    assertThat(s.decode(1, 2, 3, 1)).isEqualTo("a\uFFFD\uFFFDa");
    List<Token> tokens = new ArrayList<>();
    s.tokenize("a한é", tokens::add);
    assertThat(tokens).extracting(Token::start).containsExactly(0, 1, 1, 1, 2);
  }

  @Test
  void wordsOfTheVocabularyMayIgnoreMerges() throws IOException {
    ObjectNode root = file(bpe(List.of("a", "b", "c", "ab", "abc", "bc"), "b+c"));
    type(root, "pre_tokenizer", "WhitespaceSplit");
    String text = "abc ab bc abcc";
    assertThat(read(root).encode(text)).containsExactly(0, 5, 0, 1, 5, 0, 5, 2);
    root.withObject("model").put("ignore_merges", true);
    assertThat(read(root).encode(text)).containsExactly(4, 3, 5, 0, 5, 2);
    ByteLevelBpe bytes = new BpeTraining(256, 1).byteLevel(List.of());
    List<String> more = new ArrayList<>(bytes.tokens());
    more.add("Ġab");
    ObjectNode level = file(bpe(more).put("ignore_merges", true));
    level.putObject("pre_tokenizer").put("type", "ByteLevel").put("add_prefix_space", false);
    assertThat(read(level).encode("ab ab")).hasSize(3).endsWith(256);
  }

  @Test
  void aCharacterWithoutATokenIsLeftOut() throws IOException {
    assertThat(read(file(bpe(List.of("a", "b", "ab"), "a+b"))).encode("axb")).containsExactly(2);
  }

  @Test
  void ofAMergeThatComesTwiceTheLaterRankCounts() throws IOException {
    ObjectNode model = bpe(List.of("a", "b", "c", "ab", "bc"), "a+b", "b+c", "a+b");
    assertThat(read(file(model)).encode("abc")).containsExactly(0, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a<ENT>b | 1 5 2",
        "ab abx xab ab | 6 4 1 2 3 4 3 1 2 4 6",
        "a <L> b | 1 7 4 2",
        "\"a <R>  b\" | 1 4 8 2",
        "a<Ent>xb | 1 9 2"
      })
  void addedTokensAreNeverCut(String text, String ids) throws IOException {
    ObjectNode root = file(bpe(List.of("<unk>", "a", "b", "x", " ")).put("unk_token", "<unk>"));
    type(root, "normalizer", "Lowercase");
    add(root, 5, "<Ent>");
    add(root, 6, "ab").put("single_word", true);
    add(root, 7, "<L>").put("lstrip", true).put("normalized", false);
    add(root, 8, "<R>").put("rstrip", true).put("normalized", false);
    add(root, 9, "<Ent>x").put("normalized", false);
    Subwords s = read(root);
    int[] expected = Pattern.compile(" ").splitAsStream(ids).mapToInt(Integer::parseInt).toArray();
    assertThat(s.encode(text)).isEqualTo(expected);
    assertThat(s.tokenize(text).stream().mapToInt(s::id)).containsExactly(box(expected));
    Path again = folder.resolve("again.json");
    TokenizerJson.write(again, s);
    assertThat(TokenizerJson.read(again).encode(text)).isEqualTo(expected);
  }

  private static Integer[] box(int... ids) {
    return java.util.Arrays.stream(ids).boxed().toArray(Integer[]::new);
  }

  private static ObjectNode add(ObjectNode root, int id, String content) {
    ObjectNode token = root.withArray("added_tokens").addObject().put("id", id);
    token.put("content", content).put("single_word", false).put("lstrip", false);
    return token.put("rstrip", false).put("normalized", true).put("special", false);
  }

  @Test
  void specialTokensAreTextInATextAndNumbersOtherwise() throws IOException {
    ObjectNode root = file(bpe(List.of("<", "s", ">")));
    add(root, 3, "<s>").put("special", true).put("normalized", false);
    Subwords s = read(root);
    assertThat(s.encode("<s>")).containsExactly(0, 1, 2);
    assertThat(s.id("<s>")).isEqualTo(3);
  }

  @Test
  void accentsAreMarksOfAnyKind() throws IOException {
    ObjectNode root =
        file(bpe(List.of("<unk>", "ह", "न", "द", "ि", "ी", "्")).put("unk_token", "<unk>"));
    ObjectNode steps = root.putObject("normalizer").put("type", "Sequence");
    steps.withArray("normalizers").addObject().put("type", "NFD");
    steps.withArray("normalizers").addObject().put("type", "StripAccents");
    assertThat(read(root).encode("हिन्दी")).containsExactly(1, 2, 3);
    ObjectNode bert = file(wordPiece("[UNK]", "a", "b", "##b", "हनद", "हिनदी"));
    type(bert, "normalizer", "BertNormalizer");
    type(bert, "pre_tokenizer", "BertPreTokenizer");
    assertThat(read(bert).encode("हिन्दी")).containsExactly(5);
    assertThat(read(bert).encode("a\u2028b\u2029ab")).containsExactly(1, 2, 1, 3);
    assertThat(read(bert).encode("a\u000Bb")).containsExactly(1, 3);
  }

  @Test
  void normalizersAreWritten() throws IOException {
    ByteLevelBpe bytes = new BpeTraining(300, 1).byteLevel(List.of("low lower lowest 낮다"));
    Path file = folder.resolve("n.json");
    List<Normalizer> all =
        List.of(
            Normalizer.nfc(),
            Normalizer.nfkd().then(Normalizer.withoutMarks()).then(Normalizer.lowerCase()));
    for (Normalizer n : all) {
      Subwords s = bytes.after(n);
      TokenizerJson.write(file, s);
      Subwords again = TokenizerJson.read(file);
      for (String text : List.of("Low ÉTÉ 낮다", "\u1102\u1161 ﬁ lowEst")) {
        assertThat(again.encode(text)).isEqualTo(s.encode(text));
        assertThat(again.encode(text)).isEqualTo(bytes.encode(n.normalize(text)));
      }
    }
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> TokenizerJson.write(file, bytes.after(Normalizer.shortened(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "\\[tokenizer] the normalizer .* cannot be represented in tokenizer.json");
    assertThat(file).hasBinaryContent(before);
    WordPiece cased =
        new WordPiece(new BertWords(true), List.of("[UNK]", "low", "##er", "ㅎ"), "[UNK]", "##", 9);
    TokenizerJson.write(file, cased.after(Normalizer.nfkc()));
    assertThat(TokenizerJson.read(file).encode("ＬＯＷer low")).containsExactly(1, 2, 1);
  }

  /** A file that says something in every part. */
  private static ObjectNode full(boolean wordPiece) {
    ObjectNode root =
        file(
            wordPiece
                ? wordPiece("[UNK]", "a", "##b")
                : bpe(List.of("[UNK]", "a", "b", "ab"), "a+b").put("unk_token", "[UNK]"));
    add(root, wordPiece ? 3 : 4, "<x>");
    ObjectNode n = root.putObject("normalizer").put("type", "Sequence");
    n.withArray("normalizers").addObject().put("type", "NFC");
    n.withArray("normalizers").addObject().put("type", "BertNormalizer").put("lowercase", true);
    type(root, "pre_tokenizer", "Whitespace");
    if (wordPiece) {
      root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    }
    return root;
  }

  @Test
  void whatNobodyReadsIsRefusedByName() throws IOException {
    for (boolean kind : new boolean[] {false, true}) {
      read(full(kind));
      List<String> paths = new ArrayList<>();
      objects("", full(kind), paths);
      assertThat(paths).hasSizeGreaterThan(5);
      for (String path : paths) {
        ObjectNode root = full(kind);
        ((ObjectNode) root.at(path)).put("extra_option", true);
        assertThatThrownBy(() -> read(root))
            .as(path)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("extra_option is unknown");
      }
    }
  }

  private static void objects(String path, JsonNode node, List<String> to) {
    if (node.isObject() && !path.endsWith("vocab")) {
      to.add(path);
      node.forEachEntry((name, child) -> objects(path + "/" + name, child, to));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      objects(path + "/" + i, node.get(i), to);
    }
  }

  @Test
  void whatIsOfAnotherTypeIsRefusedByName() throws IOException {
    refused("/model", "merges", NODES.stringNode("a b"), "model.merges: expected a list");
    refused(
        "/model/vocab",
        "a",
        NODES.numberNode(0.5),
        "model.vocab.a: expected a non-negative integer");
    refused(
        "/model/vocab",
        "a",
        NODES.numberNode(-1),
        "model.vocab.a: expected a non-negative integer");
    refused("/model", "dropout", NODES.stringNode("x"), "model.dropout: expected a number");
    refused(
        "/model", "fuse_unk", NODES.stringNode("yes"), "model.fuse_unk: expected true or false");
    refused("/model", "unk_token", NODES.numberNode(7), "model.unk_token: expected a string");
    refused("", "normalizer", NODES.stringNode("NFC"), "normalizer: expected an object");
    refused("", "decoder", NODES.objectNode().put("type", "CTC"), "the decoder \"CTC\"");
    refused("", "version", NODES.stringNode("2.0"), "expected version 1.0, got \"2.0\"");
    refused("/added_tokens/0", "lstrip", NODES.numberNode(1), "added_tokens[0].lstrip: expected");
    refused("/added_tokens/0", "id", NODES.nullNode(), "the added token \"<x>\" lacks an id");
    refused(
        "/normalizer/normalizers/1",
        "clean_text",
        NODES.numberNode(1),
        "normalizer.normalizers[1].clean_text: expected true or false, got 1");
    Path file = folder.resolve("d.json");
    Files.writeString(file, full(false).toString().replace("\"a\":1", "\"a\":1,\"a\":1"));
    assertThatThrownBy(() -> TokenizerJson.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Duplicate");
    Files.writeString(file, full(false) + "{}");
    assertThatThrownBy(() -> TokenizerJson.read(file)).isInstanceOf(IOException.class);
  }

  private void refused(String at, String name, JsonNode value, String message) {
    ObjectNode root = full(false);
    ((ObjectNode) root.at(at)).set(name, value);
    assertThatThrownBy(() -> read(root))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(message);
  }

  @Test
  void thePartThatIsNotSupportedIsNamed() throws IOException {
    ObjectNode root = file(bpe(List.of("a")));
    type(root, "decoder", "ByteLevel");
    type(root, "pre_tokenizer", "Metaspace");
    assertThatThrownBy(() -> read(root))
        .hasMessageContaining("the pre_tokenizer \"Metaspace\" is not supported");
    ObjectNode parts = root.putObject("pre_tokenizer").put("type", "Sequence");
    parts.withArray("pretokenizers").addObject().put("type", "Split").put("behavior", "Isolated");
    parts.withArray("pretokenizers").addObject().put("type", "ByteLevel").put("use_regex", false);
    assertThatThrownBy(() -> read(root))
        .hasMessageContaining(
            "the pre_tokenizer \"Sequence\" of [Split, ByteLevel] is not supported");
    ObjectNode pieces = file(wordPiece("[UNK]"));
    type(pieces, "decoder", "Metaspace");
    type(pieces, "pre_tokenizer", "Metaspace");
    assertThatThrownBy(() -> read(pieces))
        .hasMessageContaining("the pre_tokenizer \"Metaspace\" is not supported");
  }

  @Test
  void whatTheParserSaysNamesNoSetting() throws IOException {
    Path file = folder.resolve("bad.json");
    List<String> all =
        List.of("{\"a\": [1", "{/* x */}", "[".repeat(200), "{} {}", "NaN", "{'a': 1}");
    for (String bad : all) {
      Files.writeString(file, "\n " + bad);
      assertThatThrownBy(() -> TokenizerJson.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + ": is ")
          .hasMessageMatching("(?s).*(, at line 2, column \\d+|exceeds the maximum allowed .*)")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("`", "Feature", "Source"));
    }
    Files.writeString(file, "{\"a\": 1}");
    assertThatThrownBy(() -> TokenizerJson.read(file, 2))
        .hasMessage(
            file
                + ": is too large: expected at most 2 names, strings, numbers and brackets together");
  }

  @Test
  void whatHasNoFormIsNamedByItsKind() {
    WordPiece words = new WordPiece(new Words(), List.of("[UNK]"));
    assertThatThrownBy(() -> TokenizerJson.write(folder.resolve("w"), words))
        .hasMessage("[tokenizer] words of Words cannot be represented in tokenizer.json");
    Subwords cut = new WordPiece(new Whitespace(), List.of("[UNK]")).after(Normalizer.shortened(2));
    assertThatThrownBy(() -> TokenizerJson.write(folder.resolve("w"), cut))
        .hasMessage(
            "[tokenizer] the normalizer shortened(2) cannot be represented in tokenizer.json");
    Normalizer own = (text, out) -> out.put(text, 0, text.length());
    Subwords function = new WordPiece(new Whitespace(), List.of("[UNK]")).after(own);
    assertThatThrownBy(() -> TokenizerJson.write(folder.resolve("w"), function))
        .hasMessage(
            "[tokenizer] the normalizer (a function) cannot be represented in tokenizer.json");
    Subwords digits =
        new WordPiece(new Whitespace(), List.of("[UNK]")).after(Normalizer.zeroDigits());
    assertThatThrownBy(() -> TokenizerJson.write(folder.resolve("w"), digits))
        .hasMessage(
            "[tokenizer] the normalizer ZERO_DIGITS cannot be represented in tokenizer.json");
  }

  @Test
  void smallFilesDoNotCostMuch() throws IOException {
    ObjectNode many = file(wordPiece("[UNK]", "a", "##a"));
    ObjectNode sequence = many.putObject("normalizer").put("type", "Sequence");
    for (int i = 0; i < 3000; i++) {
      sequence.withArray("normalizers").addObject().put("type", i % 2 == 0 ? "NFC" : "NFD");
    }
    assertThat(read(many).encode("aa")).containsExactly(1, 2);
    Normalizer long1 = Normalizer.nfc();
    for (int i = 0; i < 3000; i++) {
      long1 = long1.then(Normalizer.lowerCase());
    }
    assertThat(long1.normalize("ABC")).isEqualTo("abc");
    StringBuilder nested = new StringBuilder("{\"type\":\"NFC\"}");
    for (int i = 0; i < 3000; i++) {
      nested.insert(0, "{\"type\":\"Sequence\",\"normalizers\":[").append("]}");
    }
    Path deep = folder.resolve("deep.json");
    Files.writeString(
        deep,
        file(wordPiece("[UNK]"))
            .toString()
            .replace("\"normalizer\":null", "\"normalizer\":" + nested));
    assertThatThrownBy(() -> TokenizerJson.read(deep))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(deep.toString());
    ObjectNode model = wordPiece("[UNK]", "a", "##a");
    model.put("max_input_chars_per_word", Integer.MAX_VALUE);
    Subwords s = read(file(model));
    String word = "a".repeat(300_000);
    int[] ids = assertTimeoutPreemptively(Duration.ofSeconds(2), () -> s.encode(word));
    assertThat(ids).hasSize(300_000);
  }

  @Test
  void manyNormalizersAndTokensAreReadSoonOrRefused() throws IOException {
    ObjectNode many = file(wordPiece("[UNK]", "a", "##a"));
    ObjectNode sequence = many.putObject("normalizer").put("type", "Sequence");
    for (int i = 0; i < 20_000; i++) {
      sequence.withArray("normalizers").addObject().put("type", "Lowercase");
    }
    Subwords s = assertTimeoutPreemptively(Duration.ofSeconds(2), () -> read(many));
    assertThat(s.encode("AA")).containsExactly(1, 2);
    for (int i = 0; i < 2000; i++) {
      add(many, 3 + i, "<" + i + ">");
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () ->
            assertThatThrownBy(() -> read(many))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                    "go through 20000 normalizers, expected a product of at most"));
  }

  @Test
  void whatNoTextOrNumberCanHoldIsRefused() throws IOException {
    String good = full(false).toString();
    Map<String, String> bad =
        Map.of(
            good.replace("\"dropout\":null", "\"dropout\":1e999"), "has a number outside",
            good.replace("\"a\":1", "\"\\udc00\":1"), "is not JSON: Unexpected low surrogate",
            good.replace("<x>", "\\udc00"), "has a text with an unpaired surrogate: \"\\udc00\"",
            good.replace("Whitespace", "\\u001b[2J"), "the pre_tokenizer \"\\u001b[2J\"");
    for (var b : bad.entrySet()) {
      Path file = Files.writeString(folder.resolve("bad.json"), b.getKey());
      assertThat(b.getKey()).isNotEqualTo(good);
      assertThatThrownBy(() -> TokenizerJson.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + ": " + b.getValue());
    }
    Path file = folder.resolve("latin.json");
    Files.write(file, good.replace("<x>", "\u00e9").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TokenizerJson.read(file)).hasMessage(file + ": is not UTF-8");
    Files.writeString(file, "\uFEFF" + good);
    assertThat(TokenizerJson.read(file).encode("ab")).isEqualTo(read(full(false)).encode("ab"));
  }

  /** Whatever precedes the model, tokens and their numbers are the same. */
  @Test
  void encodingIsTokenizing() throws IOException {
    for (boolean kind : new boolean[] {false, true}) {
      Subwords s = read(full(kind)).after(Normalizer.nfkc());
      Property.holds(
          1000,
          draw -> {
            String text = "ab<x>" + RoundTripTest.random(draw) + " <x>ㄱㅏab";
            int[] ids = s.tokenize(text).stream().mapToInt(s::id).toArray();
            assertThat(s.encode(text)).isEqualTo(ids);
          });
    }
  }
}
