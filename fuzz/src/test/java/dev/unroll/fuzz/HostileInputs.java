package dev.unroll.fuzz;

import dev.unroll.interop.Safetensors;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordVectors;
import dev.unroll.text.read.Documents;
import dev.unroll.text.read.JsonLines;
import dev.unroll.text.read.Row;
import dev.unroll.text.read.Tables;
import dev.unroll.text.read.Texts;
import dev.unroll.text.read.Utf8;
import dev.unroll.text.tokenize.Subwords;
import dev.unroll.text.tokenize.TokenizerJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads files that were changed to do harm, in a heap of its own: {@code HostileInputs COUNT SEED}.
 * Input i depends on the seed and i alone. Anything but success and an ordinary exception that
 * names the file ends the process with the input's number.
 */
final class HostileInputs {
  private static final Vocabulary WORDS = Vocabulary.of(Map.of("the", 2L, "cat", 1L));
  private static final Charset CP949 = Charset.forName("x-windows-949");
  private static final String TEXT = "A text <x> ab<s>é 하나\u2028ㅋㅠ 😀";

  /** Small files that cost much are looked for: the rest of a large one is left out. */
  private static final int LARGEST = 1 << 20;

  private interface Read {
    void of(Path file) throws IOException;
  }

  /** Every reader, and what makes files for it. */
  private enum Reader {
    LINES(r -> Samples.lines(Samples.LINES, r), f -> drain(Utf8.STRICT.lines(f))),
    REPLACED(r -> Samples.lines(Samples.LINES, r), f -> drain(Utf8.REPLACING.lines(f))),
    TABLE(r -> Samples.lines(Samples.TABLE, r), f -> rows(Tables.semicolons().named().read(f))),
    UNQUOTED(
        r -> Samples.lines(Samples.TABLE.replace(';', '\t'), r),
        f -> rows(Tables.tabs().unquoted().replacing().read(f))),
    JSON_LINES(Samples::jsonLines, f -> drain(JsonLines.read(f))),
    ARCHIVE(Samples::zip, f -> drain(Documents.zip(f, ""))),
    NAMES(Samples::zip, f -> drain(Documents.zip(f, "", CP949, Utf8.REPLACING))),
    STREAM(
        Samples::zip,
        f -> Texts.readZip(f.toString(), new ByteArrayInputStream(Files.readAllBytes(f)), ".txt")),
    TEXT_FILE(r -> Samples.lines(Samples.LINES, r), Texts::read),
    VOCABULARY(r -> Samples.lines(Samples.VOCABULARY, r), Vocabulary::load),
    VECTORS(
        r -> Samples.lines(Samples.VECTORS, r), f -> WordVectors.read(f, WORDS, RandomKey.of(1))),
    VECTORS_REPLACED(
        r -> Samples.lines(Samples.VECTORS, r),
        f -> WordVectors.read(f, WORDS, RandomKey.of(1), Utf8.REPLACING)),
    WORD_PIECE(Samples::wordPiece, HostileInputs::tokenizer),
    BPE(r -> Samples.json(Samples.BPE, r), HostileInputs::tokenizer),
    TENSORS(Samples::tensors, Safetensors::read),
    CHECKPOINT(HostileCheckpoints::change, HostileCheckpoints::resume);

    private final Function<Random, byte[]> files;
    private final Read read;

    Reader(Function<Random, byte[]> files, Read read) {
      this.files = files;
      this.read = read;
    }
  }

  private HostileInputs() {}

  private static void drain(Stream<?> stream) {
    try (stream) {
      stream.forEach(x -> {});
    }
  }

  private static void rows(Stream<Row> stream) {
    try (stream) {
      stream.forEach(r -> r.field(0));
    }
  }

  /** What is read must work, and say the same when it is written and read again. */
  private static void tokenizer(Path file) throws IOException {
    Subwords s = TokenizerJson.read(file);
    int[] ids = s.encode(TEXT);
    if (!Arrays.equals(ids, s.tokenize(TEXT).stream().mapToInt(s::id).toArray())) {
      throw new AssertionError("encoding is not tokenizing");
    }
    s.decode(ids);
    TokenizerJson.write(file, s);
    if (!Arrays.equals(ids, TokenizerJson.read(file).encode(TEXT))) {
      throw new AssertionError("written and read again it encodes otherwise");
    }
  }

  /** Reads inputs until one fails. */
  public static void main(String... args) throws IOException {
    int count = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[1]);
    List<Reader> readers = List.of(Reader.values());
    Path folder = folder();
    Path file = folder.resolve("input");
    int refused = 0;
    long slowest = 0;
    String which = "";
    for (int i = args.length > 2 ? Integer.parseInt(args[2]) : 0; i < count; i++) {
      Reader reader = readers.get(i % readers.size());
      byte[] input = reader.files.apply(new Random(seed * 1_000_003 + i));
      Files.write(file, Arrays.copyOf(input, Math.min(LARGEST, input.length)));
      long begin = System.nanoTime();
      try {
        refused += isRefused(reader, file) ? 1 : 0;
      } catch (Throwable t) {
        System.out.println("input " + i + " of seed " + seed + ", " + reader + ": " + file);
        t.printStackTrace(System.out);
        System.exit(1);
      }
      long took = (System.nanoTime() - begin) / 1_000_000;
      if (took > slowest) {
        slowest = took;
        which = reader + ", input " + i;
      }
    }
    Files.deleteIfExists(file);
    Files.deleteIfExists(folder);
    System.out.println(
        count + " inputs, " + refused + " refused, the slowest in " + slowest + " ms: " + which);
  }

  /** Returns a new folder, in memory where the system has that: what is written is synced. */
  private static Path folder() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory)
        ? Files.createTempDirectory(memory, "hostile")
        : Files.createTempDirectory("hostile");
  }

  private static boolean isRefused(Reader reader, Path file) {
    try {
      reader.read.of(file);
      return false;
    } catch (IOException | UncheckedIOException e) {
      if (e.getMessage() == null || !e.getMessage().contains(file.toString())) {
        throw new AssertionError("the message does not name the file: " + e, e);
      }
      return true;
    }
  }
}
