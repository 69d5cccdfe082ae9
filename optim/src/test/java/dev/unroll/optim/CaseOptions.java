package dev.unroll.optim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The options of a case: each is read, or says why it is refused, or the case fails. */
final class CaseOptions {
  private final JsonNode options;
  private final Set<String> read = new HashSet<>();
  private final List<String> refusals = new ArrayList<>();

  CaseOptions(JsonNode options) {
    this.options = options;
  }

  boolean has(String name) {
    return options.has(name);
  }

  /** Returns a number, or its default. */
  double number(String name, double otherwise) {
    read.add(name);
    return options.has(name) ? options.get(name).asDouble() : otherwise;
  }

  boolean flag(String name) {
    read.add(name);
    return options.has(name) && options.get(name).asBoolean();
  }

  /** Returns a value of any form, which must be there. */
  JsonNode get(String name) {
    read.add(name);
    return options.get(name);
  }

  /** Reads what is only said to people. */
  void note(String name) {
    read.add(name);
  }

  /** Refuses the case if an option has another value than the one that changes nothing. */
  void notThereYet(String name, double neutral) {
    if (number(name, neutral) != neutral) {
      refusals.add("not there yet: " + name);
    }
  }

  /** Refuses the case. */
  void refuse(String reason) {
    refusals.add(reason);
  }

  /**
   * Returns why the case is refused, or an empty text.
   *
   * @throws IllegalStateException if an option was not read
   */
  String refusal() {
    List<String> unread = options.propertyNames().stream().filter(n -> !read.contains(n)).toList();
    if (refusals.isEmpty() && !unread.isEmpty()) {
      throw new IllegalStateException("[case] options that nobody reads: " + unread);
    }
    return String.join(", ", refusals);
  }
}
