package dev.unroll.text.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordVectors;
import dev.unroll.text.tokenize.TokenizerJson;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that would cost much, files that are open, and what is said of both. */
class HostileFilesTest {
  private static final Vocabulary WORDS = Vocabulary.of(Map.of("the", 2L, "cat", 1L));

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void drain(Stream<?> stream) {
    try (stream) {
      stream.forEach(x -> {});
    }
  }

  private static void refused(Path file, String message, ThrowingCallable read) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(read)
                .isInstanceOfAny(IOException.class, UncheckedIOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message));
  }

  @Test
  void linesTextsAndRowsHaveLimitsThatCallersSet() throws IOException {
    Path file = file("long", "ab\n" + "x".repeat(100) + "\n\"a\n\"\n");
    Utf8 few = Utf8.STRICT.linesUpTo(99).textsUpTo(50);
    refused(file, ":2: is longer than 99 characters", () -> drain(few.lines(file)));
    refused(file, "starting at line 2", () -> drain(Tables.tabs().with(few).read(file)));
    refused(file, "is longer than 50 characters", () -> Texts.read(file, few));
    refused(file, "is longer than 50 characters", () -> Vocabulary.load(file, few));
    assertThat(Texts.read(file, Utf8.STRICT.textsUpTo(109))).hasSize(109);
    drain(Utf8.STRICT.linesUpTo(100).lines(file));
    Path commas = file("commas", "a,b\n" + ",".repeat(1024) + "\n");
    refused(commas, "starting at line 2", () -> drain(Tables.commas().with(few).read(commas)));
    Path json = file("json", "{}\n{\"a\": \"" + "x".repeat(100) + "\"}");
    refused(json, ":2: is longer than 99", () -> drain(JsonLines.read(json, few)));
    Path tokens = file("t.json", "{\"model\": {\"vocab\": {\"a\": 0, \"b\": 1}}}");
    refused(tokens, "is too large", () -> TokenizerJson.read(tokens, 5));
    Path vectors = file("v", "the 1 2 3\n");
    refused(
        vectors,
        "3 vectors of 3 values exceed the limit of 8",
        () -> WordVectors.read(vectors, WORDS, RandomKey.of(1), Utf8.STRICT.textsUpTo(16)));
    assertThatThrownBy(() -> Utf8.STRICT.linesUpTo(0)).hasMessageStartingWith("[utf8] expected");
  }

  @Test
  void aFileWithoutEndIsRefused() {
    Path zero = Path.of("/dev/zero");
    Assumptions.assumeTrue(Files.exists(zero), "no /dev/zero");
    Utf8 some = Utf8.STRICT.linesUpTo(1 << 20).textsUpTo(1 << 20);
    refused(zero, ":1: is longer than", () -> drain(some.lines(zero)));
    refused(zero, "is longer than", () -> Texts.read(zero, some));
    refused(zero, "The maximum buffer size of", () -> drain(Tables.commas().with(some).read(zero)));
    refused(zero, "is longer than", () -> drain(JsonLines.read(zero, some)));
    refused(zero, "is longer than", () -> Vocabulary.load(zero, some));
    refused(zero, "is not JSON", () -> TokenizerJson.read(zero));
    refused(zero, "", () -> WordVectors.read(zero, WORDS, RandomKey.of(1), some));
  }

  @Test
  void aChangedByteOfAnArchiveIsNoticed() throws IOException {
    Path zip = folder.resolve("stored.zip");
    byte[] text = "the cat".getBytes(StandardCharsets.UTF_8);
    CRC32 sum = new CRC32();
    sum.update(text);
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream z = new ZipOutputStream(out)) {
      ZipEntry entry = new ZipEntry("a.txt");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(text.length);
      entry.setCrc(sum.getValue());
      z.putNextEntry(entry);
      z.write(text);
    }
    byte[] bytes = Files.readAllBytes(zip);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("the cat");
    bytes[at] ^= 1;
    Files.write(zip, bytes);
    assertThatThrownBy(() -> drain(Documents.zip(zip, "")))
        .hasMessageContaining(zip + "!a.txt: is damaged: its checksum does not match its bytes");
    InputStream none = new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Texts.readZip("x.zip", none, ""))
        .isInstanceOf(IOException.class)
        .hasMessage("x.zip: expected a zip archive with at least one entry");
  }

  @Test
  void anArchiveIsNoLargerThanATextMayBe() throws IOException {
    Path zip = folder.resolve("bomb.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream z = new ZipOutputStream(out)) {
      for (String name : new String[] {"a/1.txt", "a/2.txt"}) {
        z.putNextEntry(new ZipEntry(name));
        byte[] zeros = new byte[1 << 20];
        for (int i = 0; i < 20; i++) {
          z.write(zeros);
        }
      }
    }
    assertThat(Files.size(zip)).isLessThan(100_000);
    Utf8 some = Utf8.STRICT.textsUpTo(30 << 20);
    Utf8 few = Utf8.STRICT.textsUpTo(10 << 20);
    refused(
        zip,
        "1.txt: is longer than",
        () -> drain(Documents.zip(zip, "", StandardCharsets.UTF_8, few)));
    drain(Documents.zip(zip, "", StandardCharsets.UTF_8, some));
    refused(
        zip,
        "2.txt: is longer than",
        () -> {
          try (InputStream in = Files.newInputStream(zip)) {
            Texts.readZip(zip.toString(), in, "", StandardCharsets.UTF_8, some);
          }
        });
  }

  @Test
  void announcedVectorsMustCome() throws IOException {
    Path file = file("v", "3 60000\nthe 1 2\n");
    refused(
        file,
        ":2: expected a token and 60000 values",
        () -> WordVectors.read(file, WORDS, RandomKey.of(1)));
    Path none = file("none", "3 60000\n");
    refused(none, "has no vectors", () -> WordVectors.read(none, WORDS, RandomKey.of(1)));
  }

  @Test
  void vectorsThatAreNotUtf8CanBeRead() throws IOException {
    byte[] lines = "the 1 2\nca\u00e9 3 4\ncat 5 6\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("v"), lines);
    refused(file, "byte 10 (0xe9)", () -> WordVectors.read(file, WORDS, RandomKey.of(1)));
    WordVectors v = WordVectors.read(file, WORDS, RandomKey.of(1), Utf8.REPLACING);
    assertThat(v.found()).isEqualTo(2);
    assertThat(v.weights().select(0, WORDS.id("cat")).toFloats()).containsExactly(5, 6);
  }

  @Test
  void theLikelyEncodingIsNamed() throws IOException {
    Charset cp949 = Charset.forName("x-windows-949");
    String korean = "이름,평\n가,\"아주 좋다\"\n".repeat(3000);
    Path k = Files.write(folder.resolve("k"), korean.getBytes(cp949));
    String said = k + ": byte 0 (0xc0) is not UTF-8; it looks like CP949 (x-windows-949, EUC-KR)";
    assertThatThrownBy(() -> Texts.read(k)).hasMessage(said);
    assertThatThrownBy(() -> drain(Tables.commas().read(k))).hasRootCauseMessage(said);
    for (String text : List.of(korean, "plain text,1\n")) {
      for (Charset c : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
        Path marked = Files.write(folder.resolve("m"), ("\uFEFF" + text).getBytes(c));
        refused(marked, "is not UTF-8; it looks like " + c.name(), () -> Texts.read(marked));
      }
    }
    Path plain = Files.write(folder.resolve("p"), "plain,1\n".getBytes(StandardCharsets.UTF_16LE));
    refused(plain, "p: is not UTF-8; it looks like UTF-16LE", () -> Texts.read(plain));
    assertThat(Texts.read(file("zero", "a\0b"))).hasSize(3);
    assertThat(Texts.read(file("zeros", "abc\0abc\0"))).hasSize(8);
    for (String text : List.of("plain", "이름,평", "\uFEFFplain")) {
      for (String c : List.of("UTF-32LE", "UTF-32BE")) {
        Path wide = Files.write(folder.resolve("w"), text.getBytes(Charset.forName(c)));
        refused(wide, "is not UTF-8; it looks like " + c, () -> Texts.read(wide));
      }
    }
    String german = "Stadt;Straße\nKöln;Fußgängerweg – 5 €\n";
    for (Charset c : List.of(Charset.forName("windows-1252"), StandardCharsets.ISO_8859_1)) {
      Path western = Files.write(folder.resolve("e"), german.getBytes(c));
      refused(
          western,
          "byte 10 (0xdf) is not UTF-8; it looks like windows-1252 (ISO-8859-1, Latin-1)",
          () -> Texts.read(western));
    }
    byte[] damaged = "éàü naïve, Fußgängerweg".getBytes(StandardCharsets.UTF_8);
    damaged[0] = (byte) 0xFF;
    Path broken = Files.write(folder.resolve("b"), damaged);
    assertThatThrownBy(() -> Texts.read(broken)).hasMessageEndingWith("byte 0 (0xff) is not UTF-8");
  }

  @Test
  void everyErrorNamesTheFile() throws IOException {
    Path none = folder.resolve("none");
    Path inside = Files.createDirectory(folder.resolve("inside"));
    List<ThrowingCallable> reads =
        List.of(
            () -> drain(Utf8.STRICT.lines(none)),
            () -> drain(Tables.commas().read(none)),
            () -> drain(JsonLines.read(none)),
            () -> Vocabulary.load(none),
            () -> WordVectors.read(none, WORDS, RandomKey.of(1)),
            () -> TokenizerJson.read(none));
    for (ThrowingCallable r : reads) {
      assertThatThrownBy(r).hasMessage(none + ": there is no such file or folder");
    }
    String folderSaid = inside + ": expected a file, got a folder";
    assertThatThrownBy(() -> drain(Utf8.STRICT.lines(inside))).hasMessage(folderSaid);
    assertThatThrownBy(() -> drain(Tables.commas().read(inside))).hasMessage(folderSaid);
    assertThatThrownBy(() -> drain(JsonLines.read(inside))).hasMessage(folderSaid);
    assertThatThrownBy(() -> TokenizerJson.read(inside)).hasMessage(folderSaid);
    assertThatThrownBy(() -> Documents.zip(inside, ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(inside.toString());
  }

  @Test
  void numbersInMessagesHaveTheDigitsOfTheRoot() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      Path latin = Files.write(folder.resolve("l"), new byte[] {'a', (byte) 0xE9, 'b'});
      assertThatThrownBy(() -> Texts.read(latin))
          .hasMessage(latin + ": byte 1 (0xe9) is not UTF-8");
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Whatever a reader meets, its file is closed when its stream is, or when it throws. */
  @Test
  void noFileStaysOpen() throws IOException {
    Path open = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(open), "no /proc/self/fd");
    Path bad = Files.write(folder.resolve("bad"), new byte[] {'"', (byte) 0xE9, '\n'});
    Path quote = file("quote", "\"a,b\nc");
    Path zip = folder.resolve("z.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream z = new ZipOutputStream(out)) {
      z.putNextEntry(new ZipEntry("a"));
      z.write(0xE9);
    }
    List<ThrowingCallable> reads =
        List.of(
            () -> drain(Tables.commas().named().read(bad)),
            () -> drain(Tables.commas().named().read(quote)),
            () -> drain(Utf8.STRICT.lines(bad)),
            () -> drain(JsonLines.read(bad)),
            () -> Texts.read(bad),
            () -> Vocabulary.load(bad),
            () -> WordVectors.read(bad, WORDS, RandomKey.of(1)),
            () -> TokenizerJson.read(bad),
            () -> Documents.zip(bad, ""),
            () -> drain(Documents.zip(zip, "")));
    for (ThrowingCallable r : reads) {
      assertThatThrownBy(r).isInstanceOfAny(IOException.class, UncheckedIOException.class);
    }
    try (Stream<Path> files = Files.list(open)) {
      List<String> left =
          files
              .map(HostileFilesTest::target)
              .filter(t -> t.startsWith(folder + File.separator))
              .toList();
      assertThat(left).isEmpty();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // It was that of the list itself.
    }
  }
}
