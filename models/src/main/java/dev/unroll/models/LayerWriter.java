package dev.unroll.models;

import dev.unroll.autograd.Parameter;
import dev.unroll.layers.Layer;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the structure of a model as JSON: the name of each layer, and its components. */
final class LayerWriter {
  static final String LAYER = "layer";
  static final String PARAMETER = "parameter";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final LayerTypes types;
  private final Map<Parameter, String> paths = new HashMap<>();

  private LayerWriter(LayerTypes types, Layer model) {
    this.types = types;
    model.parameters().forEach((path, p) -> paths.put(p, path));
  }

  /**
   * Returns the structure of a model.
   *
   * @throws IllegalArgumentException if a part cannot be written; the message has its place
   */
  static ObjectNode write(LayerTypes types, Layer model) {
    return new LayerWriter(types, model).layer(model, "the model");
  }

  private ObjectNode layer(Layer layer, String where) {
    String name = types.name(layer, where);
    ObjectNode node = JSON.objectNode().put(LAYER, name);
    return components(types.named(name, where).take(layer), node, where);
  }

  private ObjectNode components(Record of, ObjectNode to, String where) {
    for (RecordComponent c : Components.of(of.getClass())) {
      to.set(c.getName(), value(Components.value(of, c), where + "." + c.getName()));
    }
    return to;
  }

  private JsonNode value(@Nullable Object value, String where) {
    return switch (value) {
      case Parameter p -> JSON.objectNode().put(PARAMETER, path(p, where));
      case Layer l -> layer(l, where);
      case Integer i -> JSON.numberNode(i);
      case Long l -> JSON.numberNode(l);
      case Float f -> number(f);
      case Double d -> number(d);
      case Boolean b -> JSON.booleanNode(b);
      case String s -> JSON.stringNode(s);
      case Enum<?> e -> JSON.stringNode(e.name());
      case OptionalInt o -> o.isPresent() ? JSON.numberNode(o.getAsInt()) : JSON.nullNode();
      case List<?> all -> list(all, where);
      case Record r -> components(r, JSON.objectNode(), where);
      case null -> throw new IllegalArgumentException("[model] " + where + " is null");
      default ->
          throw new IllegalArgumentException(
              "[model] "
                  + where
                  + ": a "
                  + value.getClass().getName()
                  + " cannot be written; expected a parameter, a layer, a number, a boolean, a"
                  + " string, an enum constant, an OptionalInt, a record or a list of such");
    };
  }

  /** JSON has no infinities and no NaN. */
  private static JsonNode number(double d) {
    return Double.isFinite(d) ? JSON.numberNode(d) : JSON.stringNode(Double.toString(d));
  }

  private ArrayNode list(List<?> all, String where) {
    ArrayNode node = JSON.arrayNode();
    for (int i = 0; i < all.size(); i++) {
      node.add(value(all.get(i), where + "[" + i + "]"));
    }
    return node;
  }

  private String path(Parameter p, String where) {
    String path = paths.get(p);
    if (path == null) {
      throw new IllegalArgumentException(
          "[model] " + where + ": the model does not describe this parameter, so it has no name");
    }
    return path;
  }
}
