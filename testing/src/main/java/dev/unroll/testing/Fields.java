package dev.unroll.testing;

import dev.unroll.testing.Conformance.NotThereException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an object in a case, of which none may be overlooked: {@link #close} throws where
 * one was not read. So a reader that does not know an option fails rather than passing by chance.
 * An explicit null is as if absent.
 */
public final class Fields implements AutoCloseable {
  private final String where;
  private final JsonNode object;
  private final Set<String> read = new HashSet<>();

  /**
   * Reads an object.
   *
   * @param where how errors name it, as the case's id
   */
  public Fields(String where, JsonNode object) {
    if (!object.isObject()) {
      throw new AssertionError(where + ": expected an object, got " + object);
    }
    this.where = where;
    this.object = object;
  }

  /** Returns whether a field is there; it still has to be read. */
  public boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** Returns a field that must be there. */
  public JsonNode get(String name) {
    if (!has(name)) {
      throw new AssertionError(where + ": no field \"" + name + "\"");
    }
    read.add(name);
    return object.get(name);
  }

  /** Returns the fields of an object that must be there. */
  public Fields fields(String name) {
    return new Fields(where + "." + name, get(name));
  }

  /** Returns whether an option is on, which it is not where it is absent. */
  public boolean flag(String name) {
    return has(name) && get(name).booleanValue();
  }

  /** Returns an integer, or the format's default if it is absent. */
  public int integer(String name, int absent) {
    return has(name) ? get(name).intValue() : absent;
  }

  /** Returns a number, or the format's default if it is absent. */
  public double number(String name, double absent) {
    return has(name) ? get(name).doubleValue() : absent;
  }

  /** Returns a text, or the format's default if it is absent. */
  public String text(String name, String absent) {
    return has(name) ? get(name).stringValue() : absent;
  }

  /**
   * Reads an option of which the library has one value only.
   *
   * @throws NotThereException if it has another
   */
  public void only(String name, Object value) {
    if (has(name) && !get(name).asString().equals(String.valueOf(value))) {
      throw new NotThereException(name + " " + object.get(name) + " (only " + value + ")");
    }
    read.add(name);
  }

  /** Says that fields say nothing that a result depends on: where the case is from, and notes. */
  public Fields about(String... names) {
    read.addAll(Set.of(names));
    return this;
  }

  /**
   * Ends the reading.
   *
   * @throws AssertionError if a field was not read
   */
  @Override
  public void close() {
    Set<String> left = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!field.getValue().isNull() && !read.contains(field.getKey())) {
        left.add(field.getKey() + "=" + field.getValue());
      }
    }
    if (!left.isEmpty()) {
      throw new AssertionError(where + ": the reader does not consume " + left);
    }
  }
}
