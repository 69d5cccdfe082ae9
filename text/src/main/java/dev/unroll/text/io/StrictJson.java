package dev.unroll.text.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON documents that are read whole: no name twice, nothing after the end, and not too large. */
public final class StrictJson {
  /** The most values of a document unless a caller says otherwise, by the size of the heap. */
  public static final long MOST_VALUES = Math.max(1 << 16, Runtime.getRuntime().maxMemory() / 128);

  private static final int LONGEST_TEXT = 1 << 24;
  private static final int DEEPEST = 100;

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final JsonMapper USUAL = mapper(MOST_VALUES);

  private StrictJson() {}

  private static JsonMapper mapper(long values) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxTokenCount(values)
            .maxNestingDepth(DEEPEST)
            .maxStringLength(LONGEST_TEXT)
            .build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(limits)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /**
   * Reads a file.
   *
   * @param values the most names, texts, numbers and brackets
   * @param reading makes something of the document, or throws an {@link IllegalArgumentException}
   * @throws IOException if the file cannot be read, is no JSON or is refused; its message names the
   *     file
   */
  public static <T> T read(Path file, long values, Function<JsonNode, T> reading)
      throws IOException {
    JsonMapper mapper = values == MOST_VALUES ? USUAL : mapper(values);
    try (InputStream in = Inputs.open(file)) {
      return reading.apply(mapper.readTree(in));
    } catch (JacksonException e) {
      throw said(file.toString(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads an object from a text.
   *
   * @param where it is from, for messages
   * @throws IOException if it is no JSON object
   */
  public static Map<String, Object> object(String where, String text) throws IOException {
    try {
      Map<String, Object> object = USUAL.readValue(text, OBJECT);
      if (object != null) {
        return object;
      }
    } catch (JacksonException e) {
      throw new IOException(where + ": is no JSON object: " + e.getOriginalMessage(), e);
    }
    throw new IOException(where + ": is no JSON object");
  }

  private static IOException said(String where, JacksonException e) {
    return switch (e) {
      case JacksonIOException io -> new IOException(where + ": " + io.getOriginalMessage(), io);
      case StreamConstraintsException large ->
          new IOException(where + ": is too large: " + large.getOriginalMessage(), large);
      default -> new IOException(where + ": is no JSON: " + e.getOriginalMessage(), e);
    };
  }
}
