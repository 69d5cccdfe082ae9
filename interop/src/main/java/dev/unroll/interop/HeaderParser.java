package dev.unroll.interop;

import dev.unroll.files.FileErrors;
import dev.unroll.files.JsonErrors;
import dev.unroll.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Parses a header token by token, so that it never holds more entries than the limit. */
final class HeaderParser {
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  /** The maximum rank of a NumPy array. */
  private static final int MAX_RANK = 64;

  private final Path path;
  private final JsonParser json;
  private final Limits limits;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<Header.Entry> entries = new ArrayList<>();

  private HeaderParser(Path path, JsonParser json, Limits limits) {
    this.path = path;
    this.json = json;
    this.limits = limits;
  }

  /**
   * Parses and checks a header.
   *
   * @param data the number of bytes after the header
   */
  static Header parse(Path path, byte[] bytes, long data, Limits limits) throws FormatException {
    // Decoded here, since Jackson's own decoder accepts malformed UTF-8.
    CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    Reader text = new InputStreamReader(new ByteArrayInputStream(bytes), strict);
    try (JsonParser json = JSON.createParser(text)) {
      return new HeaderParser(path, json, limits).header(data);
    } catch (JacksonException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new FormatException(path, "has a header that is not UTF-8");
      }
      throw new FormatException(path, "has a header that is not JSON: " + message(e));
    }
  }

  private static String message(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String message = String.valueOf(e.getOriginalMessage());
    return at == null
        ? JsonErrors.message(message, 0, 0)
        : JsonErrors.message(message, at.getLineNr(), at.getColumnNr());
  }

  private Header header(long data) throws FormatException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new FormatException(path, "has a header that is not a JSON object");
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals(Header.METADATA)) {
        metadata();
      } else {
        entries.add(entry(name));
        checkNames();
      }
    }
    if (json.nextToken() != null) {
      throw new FormatException(path, "has a header with text after its JSON object");
    }
    checkOffsets(data);
    return new Header(entries, metadata);
  }

  private void checkNames() throws FormatException {
    if (entries.size() + metadata.size() > limits.names()) {
      throw new FormatException(
          path, "has more than " + limits.names() + " names in its header, the limit Limits.names");
    }
  }

  private void metadata() throws FormatException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new FormatException(path, "has metadata that is not a JSON object");
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw new FormatException(
            path, "has metadata " + FileErrors.quoted(name) + " that is not text");
      }
      metadata.put(name, text(json.getString()));
      checkNames();
    }
  }

  /** Rejects text that UTF-8 cannot encode; Jackson itself rejects such names. */
  private String text(String text) throws FormatException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new FormatException(
          path, "has a text with an unpaired surrogate: " + FileErrors.quoted(text));
    }
    return text;
  }

  private Header.Entry entry(String name) throws FormatException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new FormatException(
          path, "has " + FileErrors.quoted(name) + " that is not a JSON object");
    }
    String type = "";
    long[] shape = null;
    long[] offsets = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      switch (key) {
        case "dtype" -> type = value == JsonToken.VALUE_STRING ? json.getString() : "";
        case "shape" -> shape = numbers(name, MAX_RANK);
        case "data_offsets" -> offsets = numbers(name, 2);
        default -> json.skipChildren();
      }
    }
    if (shape == null || offsets == null) {
      throw new FormatException(
          path, "has " + FileErrors.quoted(name) + " without shape or data_offsets");
    }
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw new FormatException(
          path, "has " + FileErrors.quoted(name) + " with offsets that are not a range");
    }
    return entry(name, stored(name, type), shape, offsets[0], offsets[1]);
  }

  private Stored stored(String name, String type) throws FormatException {
    for (Stored s : Stored.values()) {
      if (s.name().equals(type)) {
        return s;
      }
    }
    throw new FormatException(
        path,
        "has "
            + FileErrors.quoted(name)
            + " of type "
            + FileErrors.quoted(type)
            + ", expected one of "
            + Arrays.toString(Stored.values()));
  }

  private long[] numbers(String name, int most) throws FormatException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new FormatException(
          path, "has " + FileErrors.quoted(name) + " without shape or data_offsets");
    }
    long[] numbers = new long[most];
    int n = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean natural =
          json.currentToken() == JsonToken.VALUE_NUMBER_INT
              && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && json.getLongValue() >= 0;
      if (!natural) {
        throw new FormatException(
            path,
            "has "
                + FileErrors.quoted(name)
                + " with "
                + json.getString()
                + ", expected a non-negative integer");
      }
      if (n == most) {
        throw new FormatException(
            path,
            "has " + FileErrors.quoted(name) + " with an array of more than " + most + " numbers");
      }
      numbers[n++] = json.getLongValue();
    }
    return Arrays.copyOf(numbers, n);
  }

  private Header.Entry entry(String name, Stored stored, long[] dims, long begin, long end)
      throws FormatException {
    long size = 1;
    long bits;
    try {
      for (long d : dims) {
        size = Math.multiplyExact(size, d);
      }
      bits = Math.multiplyExact(size, stored.bits());
    } catch (ArithmeticException e) {
      throw new FormatException(
          path, "has " + FileErrors.quoted(name) + " of a size that overflows 64 bits");
    }
    if (bits % 8 != 0 || bits / 8 != end - begin) {
      throw new FormatException(
          path,
          "has "
              + FileErrors.quoted(name)
              + " of "
              + Arrays.toString(dims)
              + " "
              + stored
              + ", that is "
              + bits
              + " bits, and offsets for "
              + (end - begin)
              + " bytes");
    }
    int[] small = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] > Integer.MAX_VALUE || size > Integer.MAX_VALUE - 8) {
        throw new FormatException(
            path, "has " + FileErrors.quoted(name) + " of more than 2^31 elements");
      }
      small[i] = (int) dims[i];
    }
    try {
      return new Header.Entry(name, stored, Shape.of(small), begin, end);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FormatException(
          path, "has " + FileErrors.quoted(name) + " of a shape of more than 2^31 elements");
    }
  }

  private void checkOffsets(long data) throws FormatException {
    entries.sort(
        Comparator.comparingLong(Header.Entry::begin).thenComparingLong(Header.Entry::end));
    long at = 0;
    for (Header.Entry e : entries) {
      if (e.begin() != at) {
        throw new FormatException(
            path,
            "has "
                + FileErrors.quoted(e.name())
                + " at byte "
                + e.begin()
                + " of its data, expected "
                + at);
      }
      at = e.end();
    }
    if (at != data) {
      throw new FormatException(
          path, "has " + data + " bytes of data, expected " + at + " according to its header");
    }
  }
}
