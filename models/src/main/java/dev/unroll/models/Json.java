package dev.unroll.models;

import dev.unroll.files.JsonErrors;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses the JSON of metadata strictly. */
final class Json {
  /** Layers in layers: the readers are recursive. */
  private static final int DEEPEST = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Returns the value of a name as JSON.
   *
   * @throws IllegalArgumentException if it is missing or malformed
   */
  static JsonNode parse(Map<String, String> metadata, String name) {
    String text = metadata.get(name);
    if (text == null) {
      throw new IllegalArgumentException("[model] the metadata has no \"" + name + "\"");
    }
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "[model] \""
              + name
              + "\" is not JSON: "
              + JsonErrors.message(String.valueOf(e.getOriginalMessage()), 0, 0),
          e);
    }
  }
}
