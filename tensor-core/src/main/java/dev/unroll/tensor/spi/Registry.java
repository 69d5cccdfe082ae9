package dev.unroll.tensor.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The available services of one kind, by name.
 *
 * @param <P> the kind
 */
public final class Registry<P extends Named> {
  private final String kind;
  private final Map<String, P> byName = new TreeMap<>();

  /**
   * Collects services.
   *
   * @param kind the kind, for messages: {@code cell}
   * @param found the services, from a {@link java.util.ServiceLoader}
   * @throws IllegalStateException if two have the same name
   */
  public Registry(String kind, Iterable<? extends P> found) {
    this.kind = kind;
    for (P p : found) {
      P other = byName.put(p.name(), p);
      if (other != null) {
        throw new IllegalStateException(
            "two "
                + kind
                + "s are named \""
                + p.name()
                + "\": "
                + origin(other)
                + " and "
                + origin(p));
      }
    }
  }

  /**
   * Returns the service of a name.
   *
   * @throws IllegalArgumentException if the name is unknown; the message lists the names
   */
  public P named(String name) {
    P found = byName.get(Objects.requireNonNull(name, "name"));
    if (found == null) {
      throw new IllegalArgumentException(
          "no " + kind + " named \"" + name + "\"; found: " + String.join(", ", names()));
    }
    return found;
  }

  /** Returns the names, in alphabetical order. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Returns the services, in alphabetical order of their names. */
  public List<P> all() {
    return List.copyOf(byName.values());
  }

  /** Returns the origin of a service: its module, or its class. */
  public static String origin(Named service) {
    Class<?> c = service.getClass();
    Module m = c.getModule();
    return m.isNamed() ? "module " + m.getName() : "class " + c.getName();
  }
}
