package dev.unroll.models;

import dev.unroll.files.FileErrors;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Numbers, booleans and texts of JSON. */
final class Scalars {
  private Scalars() {}

  /**
   * Returns a value of a type.
   *
   * @throws IllegalArgumentException if it is another one
   */
  static Object read(JsonNode node, Class<?> type, String where) {
    if ((type == int.class || type == Integer.class)
        && node.isIntegralNumber()
        && node.canConvertToInt()) {
      return node.intValue();
    } else if (type == long.class && node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    } else if (type == double.class) {
      return number(node, where);
    } else if (type == float.class) {
      return (float) number(node, where);
    } else if (type == boolean.class && node.isBoolean()) {
      return node.booleanValue();
    } else if (type == String.class && node.isString()) {
      return node.stringValue();
    } else if (type == OptionalInt.class && node.isNull()) {
      return OptionalInt.empty();
    } else if (type == OptionalInt.class && node.isIntegralNumber() && node.canConvertToInt()) {
      return OptionalInt.of(node.intValue());
    }
    throw unexpected(node, "a " + type.getSimpleName(), where);
  }

  private static double number(JsonNode node, String where) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return switch (node.isString() ? node.stringValue() : "") {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw unexpected(node, "a number", where);
    };
  }

  static IllegalArgumentException unexpected(JsonNode node, String expected, String where) {
    String got = node.isValueNode() ? FileErrors.quoted(node.toString()) : node.getNodeType() + "";
    return new IllegalArgumentException(
        "[model] " + where + ": expected " + expected + ", got " + got);
  }
}
