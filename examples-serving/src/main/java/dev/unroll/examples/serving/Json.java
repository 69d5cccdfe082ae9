package dev.unroll.examples.serving;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the bodies of requests and answers. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if the bytes are not JSON of this type
   */
  static <T> T read(byte[] json, Class<T> type) {
    String expected = "[json] expected a " + type.getSimpleName() + ", got ";
    T value;
    try {
      value = MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(expected + "an error: " + e.getMessage(), e);
    }
    if (value == null) {
      throw new IllegalArgumentException(expected + "null");
    }
    return value;
  }
}
