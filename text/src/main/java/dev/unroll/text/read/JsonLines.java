package dev.unroll.text.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Files of a JSON object on each line (jsonlines.org): a line is read when it is asked for. */
public final class JsonLines {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private JsonLines() {}

  /**
   * Reads a file. Empty lines are left out; the stream is to be closed.
   *
   * @return each object: strings, numbers, booleans, lists and maps by name
   * @throws IOException if it cannot be opened; what is wrong later is an {@link
   *     UncheckedIOException} that names the file and the line
   */
  public static Stream<Map<String, Object>> read(Path file) throws IOException {
    AtomicLong line = new AtomicLong();
    return Utf8.STRICT
        .lines(file)
        .sequential()
        .peek(l -> line.incrementAndGet())
        .filter(l -> !l.isBlank())
        .map(l -> parsed(file, line.get(), l));
  }

  private static Map<String, Object> parsed(Path file, long line, String text) {
    try {
      Map<String, Object> object = JsonMapper.shared().readValue(text, OBJECT);
      if (object != null) {
        return object;
      }
      throw new UncheckedIOException(new IOException(file + ":" + line + ": is no JSON object"));
    } catch (JacksonException e) {
      throw new UncheckedIOException(
          new IOException(file + ":" + line + ": is no JSON object: " + e.getOriginalMessage(), e));
    }
  }
}
