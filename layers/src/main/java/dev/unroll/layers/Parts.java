package dev.unroll.layers;

import dev.unroll.autograd.Parameter;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Collects the parameters of a tree of layers by path: see {@link Layer#describe}.
 *
 * {@snippet class="snippets.LayersTest" region="Parts"}
 */
public final class Parts {
  private final Map<String, Parameter> collected = new LinkedHashMap<>();
  private final Set<Parameter> seen = new HashSet<>();
  private String prefix = "";

  Parts() {}

  /**
   * Adds a parameter under a name. A parameter that is shared with another layer remains under its
   * first path.
   *
   * @throws IllegalStateException if another part has this name
   */
  public Parts parameter(String name, Parameter parameter) {
    String path = prefix + name;
    if (seen.add(parameter) && collected.put(path, parameter) != null) {
      throw new IllegalStateException("[layer] two parameters are named \"" + path + "\"");
    }
    return this;
  }

  /**
   * Adds the parts of a layer under a name; an empty name adds them on the same level as this
   * layer's own.
   */
  public Parts layer(String name, Layer layer) {
    String outer = prefix;
    prefix = name.isEmpty() ? outer : outer + name + ".";
    layer.describe(this);
    prefix = outer;
    return this;
  }

  Map<String, Parameter> collected() {
    return Collections.unmodifiableMap(collected);
  }

  @Override
  public String toString() {
    return "Parts" + collected.keySet();
  }
}
