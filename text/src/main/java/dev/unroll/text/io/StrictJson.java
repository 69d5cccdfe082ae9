package dev.unroll.text.io;

import dev.unroll.files.FileErrors;
import dev.unroll.files.JsonErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads whole JSON documents in UTF-8, and rejects duplicate names, content after the end,
 * documents that are too large, and values that a {@code String} or {@code double} cannot
 * represent.
 */
public final class StrictJson {
  /** The default limit for the number of values of a document; depends on the heap size. */
  public static final long MOST_VALUES = Math.max(1 << 16, Runtime.getRuntime().maxMemory() / 256);

  private static final int LONGEST_TEXT = 1 << 24;
  private static final int DEEPEST = 100;
  private static final String MANY = "Token count";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

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
   * @param values the maximum number of names, strings, numbers and brackets
   * @param reading converts the document, or throws an {@link IllegalArgumentException}
   * @throws IOException if the file cannot be read, is not JSON, or is rejected; its message names
   *     the file
   */
  public static <T> T read(Path file, long values, Function<JsonNode, T> reading)
      throws IOException {
    JsonMapper mapper = values == MOST_VALUES ? USUAL : mapper(values);
    try (PushbackReader in = reader(Inputs.open(file))) {
      int first = in.read();
      if (first >= 0 && first != BYTE_ORDER_MARK) {
        in.unread(first);
      }
      return checked(mapper.readTree(in), reading);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8", e);
    } catch (JacksonException e) {
      throw refusal(file.toString(), values, e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + FileErrors.escape(String.valueOf(e.getMessage())), e);
    }
  }

  /**
   * Parses a text.
   *
   * @param reading converts the document, or throws an {@link IllegalArgumentException}
   * @throws IllegalArgumentException if it is not JSON, or is rejected
   */
  public static <T> T parse(String text, Function<JsonNode, T> reading) {
    try {
      return checked(USUAL.readTree(text), reading);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(refusal("[json]", MOST_VALUES, e).getMessage(), e);
    }
  }

  private static <T> T checked(JsonNode root, Function<JsonNode, T> reading) {
    check(root);
    return reading.apply(root);
  }

  /** Decodes bytes strictly; Jackson's own decoder accepts malformed UTF-8. */
  private static PushbackReader reader(InputStream bytes) {
    return new PushbackReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
  }

  /**
   * Parses a JSON object.
   *
   * @param where the origin of the text, for messages
   * @throws IOException if the text is not a JSON object
   */
  public static Map<String, Object> object(String where, String text) throws IOException {
    try {
      Map<String, Object> object = USUAL.readValue(text, OBJECT);
      if (object != null) {
        check(object);
        return object;
      }
    } catch (JacksonException e) {
      throw new IOException(where + ": is not a JSON object: " + why(e, false), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
    throw new IOException(where + ": is not a JSON object");
  }

  /**
   * Rejects unpaired surrogates, which UTF-8 cannot encode, and numbers outside the range of
   * float64. Jackson itself rejects such surrogates in names.
   */
  private static void check(Object value) {
    switch (value) {
      case String s -> checkText(s);
      case Double d -> checkNumber(d);
      case Map<?, ?> m -> m.values().forEach(StrictJson::check);
      case List<?> l -> l.forEach(StrictJson::check);
      case JsonNode n when n.isString() -> checkText(n.asString());
      case JsonNode n when n.isDouble() -> checkNumber(n.doubleValue());
      case JsonNode n -> n.forEach(StrictJson::check);
      case null, default -> {} // Other numbers, true, false and null.
    }
  }

  private static void checkText(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw new IllegalArgumentException(
            "has a text with an unpaired surrogate: " + FileErrors.quoted(text));
      }
    }
  }

  private static void checkNumber(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("has a number outside the range of float64");
    }
  }

  private static IOException refusal(String where, long values, JacksonException e) {
    String said =
        switch (e) {
          case JacksonIOException io when io.getCause() instanceof CharacterCodingException ->
              "is not UTF-8";
          case JacksonIOException io -> "cannot be read: " + why(io, true);
          case StreamConstraintsException large when why(large, false).startsWith(MANY) ->
              "is too large: expected at most "
                  + values
                  + " names, strings, numbers and brackets together";
          case StreamConstraintsException large -> "is too large: " + why(large, true);
          default -> "is not JSON: " + why(e, true);
        };
    return new IOException(where + ": " + said, e);
  }

  /** Returns the error and its position, without the line if the message has it already. */
  private static String why(JacksonException e, boolean line) {
    TokenStreamLocation at = e.getLocation();
    String message = String.valueOf(e.getOriginalMessage());
    return at == null
        ? JsonErrors.message(message, 0, 0)
        : JsonErrors.message(message, line ? at.getLineNr() : 0, at.getColumnNr());
  }
}
