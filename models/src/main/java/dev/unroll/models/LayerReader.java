package dev.unroll.models;

import dev.unroll.autograd.Parameter;
import dev.unroll.layers.Layer;
import dev.unroll.tensor.Tensor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Makes a model of its structure and its weights. It makes only layers that providers offer, of
 * sizes that the weights have, so that a file can neither run other code nor demand more memory
 * than it has content.
 */
final class LayerReader {
  private final LayerTypes types;
  private final Map<String, Tensor> weights;
  private final Map<String, Parameter> made = new LinkedHashMap<>();

  private LayerReader(LayerTypes types, Map<String, Tensor> weights) {
    this.types = types;
    this.weights = weights;
  }

  /**
   * Returns a model.
   *
   * @param weights by name: all that the model has, and no others
   * @throws IllegalArgumentException if they do not match
   */
  static Layer read(LayerTypes types, JsonNode structure, Map<String, Tensor> weights) {
    LayerReader reader = new LayerReader(types, weights);
    Layer model = reader.layer(structure, Layer.class, "the model");
    Set<String> unread = new HashSet<>(weights.keySet());
    unread.removeAll(reader.made.keySet());
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException("[model] no layer reads the weights " + unread);
    }
    if (!model.parameters().equals(reader.made)) {
      throw new IllegalArgumentException(
          "[model] expected a model that describes the weights "
              + reader.made.keySet()
              + ", got one that describes "
              + model.parameters().keySet());
    }
    return model;
  }

  private Layer layer(JsonNode node, Class<?> expected, String where) {
    LayerType<?> type = types.named(text(node, LayerWriter.LAYER, where), where);
    if (!expected.isAssignableFrom(type.layer())) {
      throw new IllegalArgumentException(
          "[model] " + where + ": expected a " + expected.getSimpleName() + ", got a " + type);
    }
    Record form = record(node, type.form(), 1, where);
    try {
      return type.make(form);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("[model] " + where + ": " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode node, String name, String where) {
    JsonNode value = node.get(name);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException(
          "[model] " + where + ": expected \"" + name + "\", a text");
    }
    return value.stringValue();
  }

  /** Returns a record of an object that has its components and {@code others} other values. */
  private Record record(JsonNode node, Class<? extends Record> type, int others, String where) {
    List<RecordComponent> components = Components.of(type);
    if (!node.isObject() || node.size() != components.size() + others) {
      throw new IllegalArgumentException(
          "[model] "
              + where
              + ": expected the components "
              + components.stream().map(RecordComponent::getName).toList()
              + " of "
              + type.getSimpleName()
              + ", got "
              + (node.isObject() ? node.propertyNames() : node.getNodeType()));
    }
    List<Object> values = new ArrayList<>();
    for (RecordComponent c : components) {
      String at = where + "." + c.getName();
      JsonNode value = node.get(c.getName());
      if (value == null) {
        throw new IllegalArgumentException("[model] " + at + " is missing");
      }
      values.add(value(value, c.getGenericType(), at));
    }
    try {
      return Components.create(type, values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("[model] " + where + ": " + e.getMessage(), e);
    }
  }

  private Object value(JsonNode node, Type declared, String where) {
    Class<?> type = Components.raw(declared);
    if (type == Parameter.class) {
      return parameter(node, where);
    } else if (Layer.class.isAssignableFrom(type)) {
      return layer(node, type, where);
    } else if (type == List.class) {
      return list(node, Components.element(declared), where);
    } else if (type.isRecord()) {
      return record(node, type.asSubclass(Record.class), 0, where);
    } else if (type.isEnum()) {
      return constant(node, type, where);
    }
    return Scalars.read(node, type, where);
  }

  private Parameter parameter(JsonNode node, String where) {
    String path = text(node, LayerWriter.PARAMETER, where);
    Parameter have = made.get(path);
    if (have != null) {
      return have; // It is shared.
    }
    Tensor value = weights.get(path);
    if (value == null) {
      throw new IllegalArgumentException(
          "[model] " + where + ": there are no weights \"" + path + "\"");
    }
    Parameter p = new Parameter(value);
    made.put(path, p);
    return p;
  }

  private List<Object> list(JsonNode node, Type element, String where) {
    if (!node.isArray()) {
      throw Scalars.unexpected(node, "a list", where);
    }
    List<Object> all = new ArrayList<>();
    for (JsonNode each : node) {
      all.add(value(each, element, where + "[" + all.size() + "]"));
    }
    return List.copyOf(all);
  }

  private static Object constant(JsonNode node, Class<?> type, String where) {
    for (Object constant : type.getEnumConstants()) {
      if (node.isString() && ((Enum<?>) constant).name().equals(node.stringValue())) {
        return constant;
      }
    }
    throw Scalars.unexpected(node, "a " + type.getSimpleName(), where);
  }
}
