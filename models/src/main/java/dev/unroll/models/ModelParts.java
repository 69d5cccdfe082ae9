package dev.unroll.models;

import dev.unroll.data.Labels;
import dev.unroll.data.Scaling;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.tokenize.TextEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a file that are not layers, as JSON and tensors. */
final class ModelParts {
  /** The beginning of the names of their tensors, which no parameter has. */
  static final String TENSORS = "parts/";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String KIND = "kind";
  private static final String VALUE = "value";
  private static final String CENTER = "/center";
  private static final String WIDTH = "/width";

  private ModelParts() {}

  /** Checks that a part can be written. */
  static void check(String name, Object part) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(part, "part");
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "[model] expected the name of a part, not empty and without \"/\", got \"" + name + "\"");
    }
    switch (part) {
      case String s -> {}
      case Labels l -> {}
      case Vocabulary v -> {}
      case Scaling s -> {}
      case TextEncoder e -> {}
      default ->
          throw new IllegalArgumentException(
              "[model] expected a String, Labels, a Vocabulary, a TextEncoder or a Scaling as \""
                  + name
                  + "\", got a "
                  + part.getClass().getName());
    }
  }

  /** Writes parts: tensors into the map, all else as JSON. */
  static ObjectNode write(Map<String, Object> parts, Map<String, Tensor> tensors) {
    ObjectNode all = JSON.objectNode();
    parts.forEach((name, part) -> all.set(name, write(name, part, tensors)));
    return all;
  }

  private static ObjectNode write(String name, Object part, Map<String, Tensor> tensors) {
    ObjectNode node = JSON.objectNode();
    switch (part) {
      case Labels l -> {
        ArrayNode names = node.put(KIND, "labels").putArray(VALUE);
        l.names().forEach(names::add);
      }
      case TextEncoder e -> node.put(KIND, "encoder").put(VALUE, e.text());
      case Vocabulary v -> node.put(KIND, "vocabulary").put(VALUE, v.text());
      case Scaling s -> {
        node.put(KIND, "scaling");
        tensors.put(TENSORS + name + CENTER, s.center());
        tensors.put(TENSORS + name + WIDTH, s.width());
      }
      default -> node.put(KIND, "text").put(VALUE, (String) part);
    }
    return node;
  }

  /**
   * Reads parts.
   *
   * @param tensors those that belong to parts; each is removed when it is read
   * @throws IllegalArgumentException if a part is malformed
   */
  static Map<String, Object> read(JsonNode all, Map<String, Tensor> tensors) {
    if (!all.isObject()) {
      throw Scalars.unexpected(all, "an object", TENSORS);
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> e : all.properties()) {
      parts.put(e.getKey(), read(e.getKey(), e.getValue(), tensors));
    }
    return parts;
  }

  private static Object read(String name, JsonNode node, Map<String, Tensor> tensors) {
    String where = "part \"" + name + "\"";
    JsonNode kind = node.path(KIND);
    return switch (kind.isString() ? kind.stringValue() : "") {
      case "text" -> text(node.path(VALUE), where);
      case "labels" -> new Labels(texts(node.path(VALUE), where));
      case "vocabulary" -> Vocabulary.parse(text(node.path(VALUE), where));
      case "encoder" -> TextEncoder.parse(text(node.path(VALUE), where));
      case "scaling" ->
          new Scaling(
              tensor(TENSORS + name + CENTER, tensors, where),
              tensor(TENSORS + name + WIDTH, tensors, where));
      default ->
          throw Scalars.unexpected(kind, "text, labels, vocabulary, encoder or scaling", where);
    };
  }

  private static String text(JsonNode node, String where) {
    return (String) Scalars.read(node, String.class, where);
  }

  private static List<String> texts(JsonNode node, String where) {
    if (!node.isArray()) {
      throw Scalars.unexpected(node, "a list of texts", where);
    }
    List<String> all = new ArrayList<>();
    node.forEach(each -> all.add(text(each, where)));
    return all;
  }

  private static Tensor tensor(String name, Map<String, Tensor> tensors, String where) {
    Tensor t = tensors.remove(name);
    if (t == null) {
      throw new IllegalArgumentException(
          "[model] " + where + ": there is no tensor \"" + name + "\"");
    }
    return t;
  }
}
