package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.unroll.tensor.RandomKey;
import dev.unroll.text.read.Documents;
import dev.unroll.text.read.JsonLines;
import dev.unroll.text.read.Tables;
import dev.unroll.text.read.Utf8;
import dev.unroll.text.tokenize.TokenizerJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that were damaged at random: each reader reads them or says what is wrong, with an ordinary
 * exception, in bounded time and memory. Seeds are fixed, so that a failure comes again.
 */
class DamagedFilesTest {
  private static final int MUTANTS = 400;
  private static final Vocabulary WORDS = Vocabulary.of(Map.of("the", 2L, "cat", 1L));

  @TempDir Path folder;

  private interface Read {
    void of(Path file) throws IOException;
  }

  private static void drain(Stream<?> stream) {
    try (stream) {
      stream.limit(100_000).forEach(x -> {});
    }
  }

  /** Every reader, and a file that it reads. */
  enum Reader {
    LINES("하나\r\n둘\n\nthree é 😀", f -> drain(Utf8.STRICT.lines(f))),
    REPLACED("하나\n\u0000둘", f -> drain(Utf8.REPLACING.lines(f))),
    COMMAS("a,\"b \"\"c\"\"\",d\r\n1,2,3\n", f -> drain(Tables.commas().named().read(f))),
    TABS("a\tb\n1\t\"x\ny\"\n", f -> drain(Tables.tabs().read(f))),
    JSON_LINES(
        "{\"a\": [1, 2.5e3, null], \"b\": {\"c\": \"\\u00e9\"}}\n{}",
        f -> drain(JsonLines.read(f))),
    VOCABULARY("special\tunknown\n12\tthe\n3\t\\s\\t\\{61}\n", Vocabulary::load),
    VECTORS("2 3\nthe 0.1 -2 3e-1\ncat 1 2 3\n", f -> WordVectors.read(f, WORDS, RandomKey.of(1))),
    WORD_PIECE(
        """
        {"normalizer": {"type": "BertNormalizer", "lowercase": true},
         "pre_tokenizer": {"type": "BertPreTokenizer"},
         "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "a": 1}}}
        """,
        f -> TokenizerJson.read(f).tokenize("a text")),
    BPE(
        """
        {"added_tokens": [{"id": 3, "content": "<s>"}], "pre_tokenizer": {"type": "Whitespace"},
         "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}
        """,
        f -> TokenizerJson.read(f).tokenize("ab ba c")),
    ZIP(zip(), f -> drain(Documents.zip(f, "")));

    private final byte[] sample;
    private final Read read;

    Reader(String sample, Read read) {
      this(sample.getBytes(StandardCharsets.UTF_8), read);
    }

    Reader(byte[] sample, Read read) {
      this.sample = sample;
      this.read = read;
    }
  }

  private static byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream z = new ZipOutputStream(bytes)) {
      z.putNextEntry(new ZipEntry("pos/1.txt"));
      z.write("some text, some text, some text".getBytes(StandardCharsets.UTF_8));
      z.putNextEntry(new ZipEntry("neg/2.txt"));
      z.write("another".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Bytes changed, cut out, repeated, put in, and the end left off. */
  private static byte[] mutated(byte[] sample, Random random) {
    byte[] bytes = sample.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      int length = random.nextInt(Math.min(16, bytes.length - at) + 1);
      byte[] tail = Arrays.copyOfRange(bytes, at + length, bytes.length);
      byte[] middle = Arrays.copyOfRange(bytes, at, at + length);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> joined(Arrays.copyOf(bytes, at), tail);
            case 2 -> joined(Arrays.copyOf(bytes, at), middle, middle, middle, tail);
            case 3 -> {
              byte[] noise = new byte[length];
              random.nextBytes(noise);
              yield joined(Arrays.copyOf(bytes, at), noise, tail);
            }
            case 4 ->
                joined(
                    Arrays.copyOf(bytes, at), "99999999999".getBytes(StandardCharsets.UTF_8), tail);
            default -> {
              byte[] changed = bytes.clone();
              changed[at] ^= (byte) (1 << random.nextInt(8));
              yield changed;
            }
          };
    }
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] p : parts) {
      all.writeBytes(p);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void damageIsRefusedInOrder(Reader reader) throws IOException {
    Path file = folder.resolve("f");
    Files.write(file, reader.sample);
    reader.read.of(file); // The sample itself is right.
    Random random = new Random(reader.ordinal());
    for (int i = 0; i < MUTANTS; i++) {
      Files.write(file, mutated(reader.sample, random));
      assertTimeoutPreemptively(Duration.ofSeconds(10), () -> readOrRefuse(reader, file));
    }
  }

  /** Any other exception is a defect. */
  private static void readOrRefuse(Reader reader, Path file) {
    try {
      reader.read.of(file);
    } catch (IOException | UncheckedIOException e) {
      assertThat(e.getMessage()).contains(file.toString());
    }
  }
}
