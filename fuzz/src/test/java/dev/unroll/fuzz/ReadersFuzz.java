package dev.unroll.fuzz;

import dev.unroll.interop.Safetensors;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordVectors;
import dev.unroll.text.read.Documents;
import dev.unroll.text.read.JsonLines;
import dev.unroll.text.read.Tables;
import dev.unroll.text.read.Texts;
import dev.unroll.text.read.Utf8;
import dev.unroll.text.tokenize.TokenizerJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A target of Jazzer: a file that a reader or loader neither reads nor refuses with an {@link
 * IOException} is a fault. The first byte says which of them reads the others; src/main/resources
 * has a seed for each.
 */
public final class ReadersFuzz {
  private static final Vocabulary WORDS = Vocabulary.of(Map.of("the", 2L, "cat", 1L));

  private interface Read {
    void of(Path file) throws IOException;
  }

  private static final Read[] READERS = {
    f -> drain(Utf8.STRICT.lines(f)),
    f -> drain(Utf8.REPLACING.lines(f)),
    f -> drain(Tables.commas().named().read(f)),
    f -> drain(Tables.tabs().read(f)),
    f -> drain(JsonLines.read(f)),
    f -> drain(Documents.zip(f, "")),
    Texts::read,
    Vocabulary::load,
    f -> WordVectors.read(f, WORDS, RandomKey.of(1)),
    f -> TokenizerJson.read(f).tokenize("a text 하나"),
    Safetensors::read,
  };

  private ReadersFuzz() {}

  private static void drain(Stream<?> stream) {
    try (stream) {
      stream.limit(100_000).forEach(x -> {});
    }
  }

  /** Entry point of Jazzer, which finds it by its name. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    Path file = Files.createTempFile("fuzz", ".bin");
    try {
      Files.write(file, Arrays.copyOfRange(data, 1, data.length));
      READERS[(data[0] & 0xFF) % READERS.length].of(file);
    } catch (IOException | UncheckedIOException e) {
      if (e.getMessage() == null || !e.getMessage().contains(file.toString())) {
        throw new AssertionError("the message does not name the file: " + e, e);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
