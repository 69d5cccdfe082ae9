package dev.unroll.text.read;

import dev.unroll.text.io.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Lazily reads files with one JSON object per line (jsonlines.org).
 *
 * {@snippet class="snippets.ReadTest" region="JsonLines"}
 */
public final class JsonLines {
  private JsonLines() {}

  /**
   * Reads a file. Empty lines are skipped; the stream must be closed.
   *
   * @return each object: strings, numbers, booleans, lists and maps by name
   * @throws IOException if it cannot be opened; later errors, duplicate names included, are {@link
   *     UncheckedIOException}s that name the file and the line
   */
  public static Stream<Map<String, Object>> read(Path file) throws IOException {
    return read(file, Utf8.STRICT);
  }

  /**
   * Reads a file. Empty lines are skipped; the stream must be closed.
   *
   * @param bytes how bytes are decoded, and the maximum length of a line
   * @return each object: strings, numbers, booleans, lists and maps by name
   * @throws IOException if it cannot be opened; later errors, duplicate names included, are {@link
   *     UncheckedIOException}s that name the file and the line
   */
  public static Stream<Map<String, Object>> read(Path file, Utf8 bytes) throws IOException {
    AtomicLong line = new AtomicLong();
    return bytes
        .lines(file)
        .sequential()
        .peek(l -> line.incrementAndGet())
        .filter(l -> !l.isBlank())
        .map(l -> parsed(file + ":" + line.get(), l));
  }

  private static Map<String, Object> parsed(String where, String text) {
    try {
      return StrictJson.object(where, text);
    } catch (IOException e) {
      throw Utf8.unchecked(e);
    }
  }
}
