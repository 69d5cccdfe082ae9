package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.text.read.Texts;
import dev.unroll.text.tokenize.Characters;
import dev.unroll.text.tokenize.Whitespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
  private static final Map<String, Long> COUNTS =
      Map.of("the", 9L, "cat", 5L, ". .", 2L, "new", 1L);
  private static final Vocabulary WORDS =
      Vocabulary.of(COUNTS, Special.PADDING, Special.UNKNOWN, Special.BEGIN, Special.END);

  @TempDir Path folder;
  private final Tokenizer characters = new Characters();

  @Test
  void frequentTokensComeFirstAndUnknownIsZero() {
    Vocabulary v = Vocabulary.of(characters, "나는 나");
    assertThat(v.size()).isEqualTo(4);
    assertThat(v.token(1)).isEqualTo("나");
    assertThat(v.count(1)).isEqualTo(2);
    assertThat(v.encode(characters, "나z는")).containsExactly(1, 0, 3);
    assertThat(v.decode(characters, 1, 2, 0, 3)).isEqualTo("나 \uFFFD는");
  }

  @Test
  void foldersAndEmptyFilesAreNoVocabularies() throws IOException {
    assertThatThrownBy(() -> Vocabulary.load(folder))
        .hasMessage(folder + ": expected a file, got a folder");
    Path file = Files.createFile(folder.resolve("empty.txt"));
    assertThatThrownBy(() -> Vocabulary.load(file))
        .hasMessage(file + ": expected a vocabulary, got an empty file");
    Files.writeString(file, "x".repeat(1 << 20));
    assertThatThrownBy(() -> Vocabulary.load(file))
        .hasMessage(file + ":1: expected a count, a tab and a token: " + "x".repeat(60) + "...");
  }

  @Test
  void everyTokenSurvivesTheFile() throws IOException {
    String odd = "a \t\n\r\\{}#\u0000\u200D\u2028\uD83D\uDE00e\u0301\u00A0\uFEFF나";
    Vocabulary v = Vocabulary.of(characters, odd);
    Path file = folder.resolve("vocabulary.txt");
    v.save(file);
    Vocabulary again = Vocabulary.load(file);
    assertThat(again.size()).isEqualTo(v.size());
    for (int i = 0; i < v.size(); i++) {
      assertThat(again.token(i)).isEqualTo(v.token(i));
      assertThat(again.count(i)).isEqualTo(v.count(i));
    }
    assertThat(again.encode(characters, odd)).isEqualTo(v.encode(characters, odd));
  }

  @Test
  void theEndsOfLinesMayBeThoseOfWindows() throws IOException {
    Path file = folder.resolve("vocabulary.txt");
    Vocabulary v = Vocabulary.of(characters, "나는 \r\n\uFEFF\t나", Special.PADDING, Special.UNKNOWN);
    v.save(file);
    String lines = Files.readString(file);
    for (String mark : new String[] {"", "\uFEFF"}) {
      Files.writeString(file, mark + lines.replace("\n", "\r\n"));
      Vocabulary again = Vocabulary.load(file);
      assertThat(again.specials()).isEqualTo(v.specials());
      assertThat(again.encode(characters, "나는 \r\n\uFEFF\t"))
          .isEqualTo(v.encode(characters, "나는 \r\n\uFEFF\t"));
      assertThat(again.size()).isEqualTo(v.size());
    }
  }

  @Test
  void foreignFilesAreRefusedByLine() throws IOException {
    Path file = folder.resolve("v");
    for (String bad :
        new String[] {
          "x", "1", "1\\sx", "1\t\\q", "1\t\\{", "1\t\\{zz}", "\tx", "-1\tx", "+1\tx", "\u0661\tx"
        }) {
      Files.writeString(file, "2\ta\n" + bad + "\n");
      assertThatThrownBy(() -> Vocabulary.load(file))
          .hasMessage(
              file + ":2: expected a count, a tab and a token: " + bad.replace("\t", "\\u0009"));
    }
    Files.writeString(file, "2\ta\n2\ta\n");
    assertThatThrownBy(() -> Vocabulary.load(file)).hasMessage(file + ":2: duplicate token");
  }

  @Test
  void aFileThatWasCutIsRefused() throws IOException {
    Path file = folder.resolve("v");
    WORDS.save(file);
    String whole = Files.readString(file);
    assertThat(whole).startsWith("tokens\t4\nspecial\tpadding\n");
    for (int n = "tokens\t".length(); n < whole.length(); n++) {
      Files.writeString(file, whole.substring(0, n));
      assertThatThrownBy(() -> Vocabulary.load(file))
          .as(whole.substring(0, n))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file.toString());
    }
    Files.writeString(file, whole.substring(0, whole.indexOf("2\t")));
    assertThatThrownBy(() -> Vocabulary.load(file))
        .hasMessage(file + ": expected 4 tokens, as stated in line 1, got 2");
    Files.writeString(file, whole.stripTrailing());
    assertThatThrownBy(() -> Vocabulary.load(file))
        .hasMessage(file + ":9: the last line is not terminated");
    Files.writeString(file, whole.substring(whole.indexOf('\n') + 1));
    assertThat(Vocabulary.load(file).size()).isEqualTo(WORDS.size());
  }

  @Test
  void aVocabularyOfNoTokensIsOne() throws IOException {
    Path file = folder.resolve("v");
    Vocabulary.of(Map.of()).save(file);
    assertThat(Vocabulary.load(file).size()).isEqualTo(1);
  }

  @Test
  void countsAreNotNegative() {
    assertThatThrownBy(() -> Vocabulary.of(Map.of("a", 1L, "b\n", -1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[vocabulary] expected counts of at least 0, got -1 of \"b\\u000a\"");
  }

  @Test
  void textsComeFromFilesFoldersAndArchives() throws IOException {
    Files.createDirectories(folder.resolve("d/.hidden"));
    Files.writeString(folder.resolve("d/b.txt"), "둘");
    Files.writeString(folder.resolve("d/a.txt"), "하나");
    Files.writeString(folder.resolve("d/.hidden/x"), "no");
    assertThat(Texts.read(folder.resolve("d"))).isEqualTo("하나둘");
    assertThat(Texts.read(folder.resolve("d/a.txt"))).isEqualTo("하나");
    Path zip = folder.resolve("z.jar");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream z = new ZipOutputStream(out)) {
      for (var e : Map.of("B.java", "class B", "A.java", "class A ", "x.md", "no").entrySet()) {
        z.putNextEntry(new ZipEntry(e.getKey()));
        z.write(e.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    try (InputStream in = Files.newInputStream(zip)) {
      assertThat(Texts.readZip("z.jar", in, ".java")).isEqualTo("class A class B");
    }
  }

  @Test
  void bytesThatAreNotUtf8AreNamed() throws IOException {
    Path file = folder.resolve("latin1");
    Files.write(file, new byte[] {'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xE9, 'b'});
    assertThatThrownBy(() -> Texts.read(file)).hasMessage(file + ": byte 3 (0xe9) is not UTF-8");
    Files.write(file, new byte[] {'a', (byte) 0xC3});
    assertThatThrownBy(() -> Texts.read(file)).hasMessage(file + ": byte 1 (0xc3) is not UTF-8");
    assertThatThrownBy(() -> Texts.read(folder.resolve("none")))
        .hasMessage(folder.resolve("none") + ": there is no such file or folder");
  }

  @Test
  void specialsComeFirstAndAreNoTextsTokens() throws IOException {
    assertThat(WORDS.id(Special.PADDING)).isZero();
    assertThat(WORDS.id(Special.END)).isEqualTo(3);
    assertThat(WORDS.token(4)).isEqualTo("the");
    assertThat(WORDS.id("<s>")).isEqualTo(WORDS.id(Special.UNKNOWN)).isEqualTo(1);
    Tokenizer spaces = new Whitespace();
    assertThat(WORDS.encode(spaces, "the <pad> cat")).containsExactly(4, 1, 5);
    assertThat(WORDS.decode(spaces, 2, 4, 1, 3, 0)).isEqualTo("the \uFFFD");
    assertThat(WORDS.atLeast(5).size()).isEqualTo(6);
    assertThat(WORDS.limit(5).token(4)).isEqualTo("the");
    assertThatThrownBy(() -> WORDS.limit(3))
        .hasMessage(
            "[vocabulary] expected a limit of at least 4, the number of special tokens, got 3");
    Path saved = folder.resolve("vocabulary.txt");
    WORDS.save(saved);
    Vocabulary again = Vocabulary.load(saved);
    assertThat(again.specials()).isEqualTo(WORDS.specials());
    assertThat(again.encode(spaces, "cat new zz")).isEqualTo(WORDS.encode(spaces, "cat new zz"));
    Files.writeString(saved, "special\tmask\n");
    assertThatThrownBy(() -> Vocabulary.load(saved))
        .hasMessage(saved + ":1: unknown special token \"mask\"");
    Vocabulary closed = Vocabulary.of(COUNTS, Special.PADDING);
    assertThatThrownBy(() -> closed.id("dog"))
        .hasMessage("[vocabulary] \"dog\" is not in the vocabulary, which has no unknown token");
    assertThatThrownBy(() -> closed.id(Special.END))
        .hasMessage("[vocabulary] has no END; its special tokens are [<pad>]");
  }

  @Test
  void weightsKnowTheirVocabulary() throws IOException {
    Map<String, Long> counts = Map.of("a", 2L, "b", 2L, "c\n", 1L);
    Vocabulary v = Vocabulary.of(counts, Special.PADDING, Special.UNKNOWN);
    Path file = folder.resolve("v");
    v.save(file);
    Vocabulary.load(file).check(v.metadata());
    Vocabulary.of(Map.of("a", 9L, "b", 8L, "c\n", 7L), Special.PADDING, Special.UNKNOWN)
        .check(v.metadata());
    for (Vocabulary other :
        List.of(
            Vocabulary.of(Map.of("b", 3L, "a", 2L, "c\n", 1L), Special.PADDING, Special.UNKNOWN),
            Vocabulary.of(counts, Special.UNKNOWN, Special.PADDING),
            Vocabulary.of(counts),
            v.limit(4))) {
      assertThatThrownBy(() -> other.check(v.metadata()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "[vocabulary] expected the vocabulary that the weights were trained with");
    }
    assertThatThrownBy(() -> v.check(Map.of("cell", "lstm")))
        .hasMessage(
            "[vocabulary] expected \"vocabularySha256\" in the metadata of the weights, got [cell]");
  }

  @Test
  void whatIsMissingIsTold() {
    Missing missing = WORDS.missing(new Whitespace(), "the dog and the dog cat");
    assertThat(missing.tokens()).isEqualTo(6);
    assertThat(missing.unknown()).isEqualTo(3);
    assertThat(missing.mostFrequent(1)).containsExactly("dog");
    assertThat(missing)
        .hasToString("3 of 6 tokens (50.00%) are unknown, 2 different ones: [dog, and]");
  }

  @Test
  void theUnknownTokenOfACorpusIsNotASecondOne() {
    Tokenizer words = Whitespace.withLineEnds();
    String corpus = " the <unk> is N \n <unk> <unk> is \n";
    Vocabulary v = Vocabulary.of(words, corpus).without("<unk>", "absent");
    assertThat(v.size()).isEqualTo(1 + 4); // unknown, \n, is, N, the
    assertThat(v.contains("<unk>")).isFalse();
    int[] ids = v.encode(words, corpus);
    assertThat(ids).containsExactly(4, 0, 2, 3, 1, 0, 0, 2, 1);
    assertThat(v.encode(words, "never seen")).containsExactly(0, 0);
    assertThat(v.decode(words, ids)).isEqualTo("the \uFFFD is N\n\uFFFD \uFFFD is\n");
    assertThat(Vocabulary.parse(v.text()).encode(words, corpus)).isEqualTo(ids);
    assertThatThrownBy(() -> v.without((String) null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void eachEndOfALineIsAToken() {
    Tokenizer words = Whitespace.withLineEnds();
    assertThat(words.tokenize("a b\r\n\n c\n\td"))
        .containsExactly("a", "b", "\n", "\n", "c", "\n", "d");
    assertThat(words.tokenize("")).isEmpty();
    assertThat(words.tokenize("\n")).containsExactly("\n");
    assertThat(words.join(List.of("a", "b", "\n", "\n", "c"))).isEqualTo("a b\n\nc");
    words.tokenize(
        "a\nb", t -> assertThat("a\nb".substring(t.start(), t.end())).isEqualTo(t.text()));
    assertThat(words).hasToString("Whitespace with line ends");
    assertThat(new Whitespace().join(List.of("a", "\n", "b"))).isEqualTo("a \n b");
  }
}
