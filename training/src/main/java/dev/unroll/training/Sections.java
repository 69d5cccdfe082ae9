package dev.unroll.training;

import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of several owners in one file: {@code section/name}.
 *
 * @param tensors the tensors by section and name
 */
record Sections(Map<String, Tensor> tensors) {
  /** Copies tensors, in their order. */
  static Sections of(Map<String, Tensor> tensors) {
    return new Sections(new LinkedHashMap<>(tensors));
  }

  /** Adds tensors of one owner. */
  void put(String section, Map<String, Tensor> from) {
    from.forEach((name, t) -> tensors.put(section + "/" + name, t));
  }

  /** Adds a list, named by its indices. */
  void put(String section, List<Tensor> list) {
    for (int i = 0; i < list.size(); i++) {
      tensors.put(section + "/" + i, list.get(i));
    }
  }

  /**
   * Checks that there are no other sections.
   *
   * @throws IllegalArgumentException if there are; the message names one
   */
  void checkOnly(Set<String> sections) {
    for (String name : tensors.keySet()) {
      if (!sections.contains(name.substring(0, Math.max(0, name.indexOf('/'))))) {
        throw new IllegalArgumentException("expected " + sections + ", got \"" + name + "\"");
      }
    }
  }

  /** Returns the tensors of one owner by name. */
  Map<String, Tensor> of(String section) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    tensors.forEach((name, t) -> {
      if (name.startsWith(section + "/")) {
        part.put(name.substring(section.length() + 1), t);
      }
    });
    return part;
  }

  /**
   * Returns a list.
   *
   * @throws IllegalArgumentException if one is missing
   */
  List<Tensor> list(String section) {
    Map<String, Tensor> part = of(section);
    List<Tensor> list = new ArrayList<>();
    for (int i = 0; i < part.size(); i++) {
      Tensor t = part.get(String.valueOf(i));
      if (t == null) {
        throw new IllegalArgumentException(
            "\"" + section + "/" + i + "\" is missing; there are " + part.keySet());
      }
      list.add(t);
    }
    return List.copyOf(list);
  }
}
