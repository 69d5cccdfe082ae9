package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.unroll.testing.Property;
import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubwordsTest {
  private static final List<String> TEXTS =
      List.of("low lower lowest, new newer newest; 낮다 낮은 낮아서, 새롭다 새로운 새로워서 ".repeat(50));

  @TempDir Path folder;
  private final ByteLevelBpe bytes = new BpeTraining(400, 2).byteLevel(TEXTS);

  @Test
  void mergesOfAFewSymbolsAreThoseOfMany() {
    Lexicon lexicon = new Lexicon(List.of("a", "b", "aa", "ab", "aab", "aaab", "bb", "aaaa"));
    Merges merges =
        new Merges(
            List.of(
                new Merge("a", "a"),
                new Merge("b", "b"),
                new Merge("aa", "b"),
                new Merge("a", "b"),
                new Merge("aa", "aa"),
                new Merge("a", "aab")),
            lexicon,
            "");
    Property.holds(
        500,
        draw -> {
          int[] word = new int[draw.between("length", 1, 120)];
          Arrays.setAll(word, i -> draw.choose(2));
          draw.show("word", word);
          int[] slow = slowly(merges, lexicon, word);
          int[] symbols = word.clone();
          int[] spans = new int[word.length];
          Arrays.fill(spans, 1);
          int n = merges.apply(symbols, spans, word.length);
          assertThat(Arrays.copyOf(symbols, n)).isEqualTo(slow);
          assertThat(Arrays.stream(spans, 0, n).sum()).isEqualTo(word.length);
        });
  }

  /** The definition: of all pairs that can be merged the first learned, from left to right. */
  private static int[] slowly(Merges merges, Lexicon lexicon, int... word) {
    List<Integer> s = new ArrayList<>(Arrays.stream(word).boxed().toList());
    while (true) {
      int best = -1;
      int bestRank = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < s.size(); i++) {
        int rank = merges.rank(s.get(i), s.get(i + 1));
        if (rank < bestRank) {
          best = i;
          bestRank = rank;
        }
      }
      if (best < 0) {
        return s.stream().mapToInt(x -> x).toArray();
      }
      String text = lexicon.tokens().get(s.get(best)) + lexicon.tokens().get(s.get(best + 1));
      s.set(best, lexicon.id(text));
      s.remove(best + 1);
    }
  }

  @Test
  void wordsThatComeOftenAreOneToken() {
    assertThat(bytes.tokenize(" low lowest")).containsExactly("Ġlow", "Ġlowest");
    assertThat(bytes.tokens()).hasSizeLessThanOrEqualTo(400).doesNotHaveDuplicates();
    int[] codes = bytes.encode(" lowest");
    assertThat(codes).containsExactly(bytes.id("Ġlowest"));
    assertThat(bytes.encode(" lowest")).isEqualTo(codes); // as remembered
    assertThat(new BpeTraining(400, 2).byteLevel(TEXTS).merges()).isEqualTo(bytes.merges());
  }

  @Test
  void offsetsOfBytesAreThoseOfTheirCharacters() {
    ByteLevelBpe plain = new BpeTraining(256, 2).byteLevel(List.of());
    List<Token> tokens = new ArrayList<>();
    plain.tokenize("a한😀", tokens::add);
    assertThat(tokens).extracting(Token::start).containsExactly(0, 1, 1, 1, 2, 2, 2, 2);
    assertThat(tokens).extracting(Token::end).containsExactly(1, 2, 2, 2, 4, 4, 4, 4);
  }

  @Test
  void aLongWordTakesNoLongerThanItsLength() {
    String word = "a".repeat(1_000_000);
    ByteLevelBpe a = new BpeTraining(300, 2).byteLevel(List.of("aaaaaaaa aaaa"));
    int[] codes = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> a.encode(word));
    assertThat(a.decode(codes)).isEqualTo(word);
  }

  @Test
  void charactersAreLearnedWithTheEndsOfWords() {
    Map<String, Long> counts = Map.of("low", 5L, "lower", 2L, "newest", 6L, "widest", 3L);
    Bpe bpe = new BpeTraining(30, 1).characters(new Whitespace(), counts, Bpe.Form.WITH_ENDS);
    assertThat(bpe.merges().subList(0, 3))
        .containsExactly(new Merge("e", "s"), new Merge("es", "t</w>"), new Merge("l", "o"));
    List<String> tokens = bpe.tokenize("newest low");
    assertThat(bpe.join(tokens)).isEqualTo("newest low");
    assertThat(tokens).last().isEqualTo("low</w>");
    assertThat(bpe.tokenize("zow")).containsExactly("o", "w</w>"); // z was never seen
  }

  @Test
  void aTokenizerSurvivesTheFile() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    String text = "Lower, newest 낮은 Héllo unseen 😀";
    WordPiece pieces =
        new WordPiece(
            new BertWords(true), List.of("[UNK]", "hello", "low", "##er", ",", "낮", "##은"));
    Bpe.Form form = new Bpe.Form("<unk>", true, "", "</w>");
    Bpe bpe =
        new BpeTraining(60, 1)
            .characters(
                new Matches(JsonReader.WORDS_AND_SIGNS), Map.of("newest", 3L, "lower", 2L), form);
    for (Subwords s : List.of(bytes, pieces, bpe)) {
      TokenizerJson.write(file, s);
      Subwords again = TokenizerJson.read(file);
      assertThat(again.tokenize(text)).isNotEmpty().isEqualTo(s.tokenize(text));
      assertThat(again.encode(text)).isEqualTo(s.encode(text));
      assertThat(Tokenizers.named("json:" + file).tokenize(text)).isEqualTo(s.tokenize(text));
    }
    assertThat(pieces.tokenize("Héllo, lower zz"))
        .containsExactly("hello", ",", "low", "##er", "[UNK]");
    assertThat(new WordPiece(new BertWords(false), pieces.tokens()).tokenize("낮은 Low"))
        .containsExactly("낮", "##은", "[UNK]");
    assertThat(pieces.join(List.of("low", "##er", "hello"))).isEqualTo("lower hello");
    assertThatThrownBy(() -> TokenizerJson.write(file, new WordPiece(new Jamo(), List.of("[UNK]"))))
        .hasMessageStartingWith("[tokenizer] words of Jamo");
  }

  @Test
  void aNormalizerInTheFileIsApplied() throws IOException {
    Path file = folder.resolve("n.json");
    TokenizerJson.write(file, bytes);
    String nfc =
        "\"normalizer\" : {\"type\": \"Sequence\", \"normalizers\":"
            + " [{\"type\": \"NFC\"}, {\"type\": \"Lowercase\"}]}";
    Files.writeString(file, Files.readString(file).replace("\"normalizer\" : null", nfc));
    Subwords normal = TokenizerJson.read(file);
    String decomposed =
        "LOW " + java.text.Normalizer.normalize("낮은", java.text.Normalizer.Form.NFD);
    assertThat(normal.encode(decomposed)).isEqualTo(bytes.encode("low 낮은"));
    assertThat(normal.decode(normal.encode(decomposed))).isEqualTo("low 낮은");
    List<Token> tokens = new ArrayList<>();
    normal.tokenize(decomposed, tokens::add);
    assertThat(tokens.getLast().end()).isEqualTo(decomposed.length());
  }

  @Test
  void filesThatAreNotKnownAreRefused() throws IOException {
    refused("{", "{: is not JSON");
    refused("[]", "expected an object, got []");
    refused("{}", "model is missing");
    refused("{\"model\":{\"type\":\"Unigram\"}}", "the model \"Unigram\" is not supported");
    refused(
        "{\"pre_tokenizer\":{\"type\":\"Metaspace\"},\"model\":{\"type\":\"BPE\"}}",
        "the pre_tokenizer \"Metaspace\" is not supported");
    refused(
        "{\"normalizer\":{\"type\":\"Nmt\"},\"model\":{\"type\":\"BPE\"}}",
        "the normalizer \"Nmt\" is not supported");
    refused(
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":2}}}",
        "2 tokens are numbered 0 to 2");
    refused(
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":0}}}",
        "\"a\" and \"b\" are both token 0");
    refused(
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a\"]}}",
        "merge 0 is not a pair: \"a\"");
    refused(
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[\"a a\"]}}",
        "[tokenizer] \"aa\" is not in the vocabulary of 1");
    refused(
        "{\"model\":{\"type\":\"BPE\",\"dropout\":0.1,\"vocab\":{}}}",
        "dropout of merges is not supported");
    refused(
        "{\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"a\":0}}}",
        "[tokenizer] \"[UNK]\" is not in the vocabulary of 1");
    assertThatThrownBy(() -> Tokenizers.named("json:" + folder.resolve("none")))
        .hasMessageContaining("none cannot be read");
    assertThatThrownBy(() -> Tokenizers.named("json:\0"))
        .hasMessageStartingWith("[tokenizer] \0 cannot be read: ");
    for (String missing : List.of("regex", "regex:")) {
      assertThatThrownBy(() -> Tokenizers.named(missing))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "[tokenizer] expected a regular expression of the tokens after \"regex:\", got none");
    }
    assertThatThrownBy(() -> Tokenizers.named("json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[tokenizer] expected the path of a tokenizer.json after \"json:\", got none");
    assertThatThrownBy(() -> Tokenizers.named(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("name");
    assertThatThrownBy(() -> Tokenizers.named("regex:("))
        .hasMessage("[tokenizer] \"(\" is not a regular expression: Unclosed group");
    assertThatThrownBy(() -> Tokenizers.named("words:x"))
        .hasMessage("[tokenizer] words takes no argument, given \"x\"");
    assertThatThrownBy(() -> Tokenizers.named("wrods"))
        .hasMessage(
            "no tokenizer named \"wrods\"; found: characters, jamo, json, regex, whitespace,"
                + " whitespace-lines, words");
    assertThatThrownBy(() -> new BpeTraining(0, 1)).hasMessageStartingWith("[bpe] expected a size");
  }

  private void refused(String json, String message) throws IOException {
    Path file = folder.resolve("bad.json");
    Files.writeString(file, json);
    assertThatThrownBy(() -> TokenizerJson.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message.replace("{: ", ""));
  }

  @Test
  void ngramsOverlap() {
    Tokenizer pairs = new Ngrams(new Characters(), 2, "");
    List<Token> tokens = new ArrayList<>();
    pairs.tokenize("abcd", tokens::add);
    assertThat(tokens)
        .containsExactly(new Token("ab", 0, 2), new Token("bc", 1, 3), new Token("cd", 2, 4));
    assertThat(pairs.join(List.of("ab", "bc", "cd"))).isEqualTo("abcd");
    assertThat(new Ngrams(new Whitespace(), 2, "_").tokenize("a b c"))
        .containsExactly("a_b", "b_c");
  }
}
