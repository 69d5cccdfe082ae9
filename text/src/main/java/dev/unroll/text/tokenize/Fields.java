package dev.unroll.text.tokenize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object, each to be read once, by name and type. {@link #end} rejects fields
 * that were not read, so that nothing in a file is silently ignored.
 */
final class Fields {
  private static final int SHOWN = 80;

  private final String where;
  private final Map<String, JsonNode> left = new LinkedHashMap<>();

  /**
   * Reads the fields of an object.
   *
   * @param where its path, for messages; empty for the whole document
   * @throws IllegalArgumentException if the node is not an object
   */
  Fields(String where, JsonNode object) {
    this.where = where;
    if (!object.isObject()) {
      throw wrong(where, "an object", object);
    }
    object.forEachEntry(left::put);
  }

  private static IllegalArgumentException wrong(String where, String expected, JsonNode given) {
    String text = given.toString();
    return new IllegalArgumentException(
        (where.isEmpty() ? "" : where + ": ")
            + "expected "
            + expected
            + ", got "
            + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "..."));
  }

  /** Returns the path of a field. */
  String path(String name) {
    return where.isEmpty() ? name : where + "." + name;
  }

  /** Takes a field; null is treated as absent. */
  private Optional<JsonNode> take(String name) {
    return Optional.ofNullable(left.remove(name)).filter(n -> !n.isNull());
  }

  /**
   * Returns a string.
   *
   * @param otherwise the default if it is absent
   */
  String text(String name, String otherwise) {
    return take(name).map(n -> text(path(name), n)).orElse(otherwise);
  }

  private static String text(String where, JsonNode node) {
    if (!node.isString()) {
      throw wrong(where, "a string", node);
    }
    return node.asString();
  }

  /** Returns a required string. */
  String text(String name) {
    return take(name).map(n -> text(path(name), n)).orElseThrow(() -> missing(name));
  }

  private IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(path(name) + " is missing");
  }

  /**
   * Returns a boolean.
   *
   * @param otherwise the default if it is absent
   */
  boolean flag(String name, boolean otherwise) {
    Optional<JsonNode> value = take(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw wrong(path(name), "true or false", value.get());
    }
    return value.map(JsonNode::asBoolean).orElse(otherwise);
  }

  /** Returns a non-negative integer; -1 if it is absent. */
  int count(String name) {
    return take(name).map(n -> count(path(name), n)).orElse(-1);
  }

  private static int count(String where, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
      throw wrong(where, "a non-negative integer", node);
    }
    return node.intValue();
  }

  /** Returns a number; 0 if it is absent. */
  double number(String name) {
    Optional<JsonNode> value = take(name);
    if (value.isPresent() && !value.get().isNumber()) {
      throw wrong(path(name), "a number", value.get());
    }
    return value.map(JsonNode::doubleValue).orElse(0.0);
  }

  /** Returns the fields of an object; empty if it is absent. */
  Optional<Fields> object(String name) {
    return take(name).map(n -> new Fields(path(name), n));
  }

  /** Returns the objects of a list; empty if it is absent. */
  List<Fields> objects(String name) {
    List<Fields> all = new ArrayList<>();
    for (JsonNode n : list(name)) {
      all.add(new Fields(path(name) + "[" + all.size() + "]", n));
    }
    return all;
  }

  /** Returns the elements of a list; empty if it is absent. */
  List<JsonNode> list(String name) {
    Optional<JsonNode> value = take(name);
    if (value.isPresent() && !value.get().isArray()) {
      throw wrong(path(name), "a list", value.get());
    }
    List<JsonNode> all = new ArrayList<>();
    value.ifPresent(n -> n.forEach(all::add));
    return all;
  }

  /** Returns all fields by name, which must be non-negative integers. */
  Map<String, Integer> counts() {
    Map<String, Integer> all = new LinkedHashMap<>();
    left.forEach((name, n) -> all.put(name, count(path(name), n)));
    left.clear();
    return all;
  }

  /** Returns the names of the fields that were not read. */
  List<String> names() {
    return List.copyOf(left.keySet());
  }

  /**
   * Rejects a field unless it is absent.
   *
   * @param instead advice for the user
   */
  void refuse(String name, String instead) {
    if (take(name).isPresent()) {
      throw new IllegalArgumentException(path(name) + " is not supported: " + instead);
    }
  }

  /**
   * Ends reading.
   *
   * @throws IllegalArgumentException if a field was not read; the message names it
   */
  void end() {
    if (!left.isEmpty()) {
      String name = left.keySet().iterator().next();
      throw new IllegalArgumentException(path(name) + " is unknown");
    }
  }
}
