package dev.unroll.tensor.spi;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All implementations of one kind that providers offer, by name.
 *
 * @param <T> the kind
 */
public final class Registry<T> {
  private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}\\p{Lu}:]+");
  private static final String NAMES = " in lower case, without colons and spaces,";

  private final String kind;
  private final Map<String, Entry<T>> byName = new TreeMap<>();

  private record Entry<T>(T value, Provider<T> provider) {}

  private Registry(String kind, Collection<? extends Provider<T>> providers) {
    this.kind = kind;
    for (Provider<T> p : providers) {
      Map<String, T> offered = p.byName();
      check(offered != null, p, "a map of names", "null");
      offered.forEach((name, value) -> {
        check(name != null, p, "names", "null");
        check(NAME.matcher(name).matches(), p, "names" + NAMES, "\"" + name + "\"");
        check(value != null, p, "an implementation named \"" + name + "\"", "null");
        put(name, new Entry<>(value, p));
      });
    }
  }

  private void check(boolean valid, Provider<T> p, String expected, String got) {
    if (!valid) {
      throw new IllegalStateException(
          "["
              + kind
              + "] expected "
              + expected
              + " from "
              + p.getClass().getName()
              + ", got "
              + got);
    }
  }

  private void put(String name, Entry<T> entry) {
    Entry<T> other = byName.put(name, entry);
    if (other != null) {
      throw new IllegalStateException(
          "two "
              + kind
              + "s are named \""
              + name
              + "\": "
              + origin(other.provider)
              + " and "
              + origin(entry.provider));
    }
  }

  /**
   * Returns the implementations of the providers given.
   *
   * @param kind the kind, for messages: {@code cell}
   * @throws IllegalStateException if two have the same name, or a provider returns null, a null
   *     implementation, or a name that is null, empty or not in lower case, or contains a colon or
   *     a space; the message has the class of the provider
   */
  public static <T> Registry<T> of(String kind, Collection<? extends Provider<T>> providers) {
    return new Registry<>(kind, providers);
  }

  /**
   * Returns the implementations of all providers that are found in the class loader of the service,
   * the context class loader of the thread, and the class loaders of all callers: so a plug-in
   * finds its own. Of a provider class that several loaders define, the last one is taken.
   *
   * @param kind the kind, for messages: {@code cell}
   * @param service the interface of the providers
   * @param loading {@code loader -> ServiceLoader.load(service, loader)}, called by a module that
   *     declares its {@code uses}
   * @throws IllegalStateException as {@link #of} does
   * @throws java.util.ServiceConfigurationError if a provider cannot be loaded
   */
  public static <T, P extends Provider<T>> Registry<T> load(
      String kind, Class<P> service, Function<ClassLoader, ServiceLoader<P>> loading) {
    Map<String, P> providers = new LinkedHashMap<>();
    for (ClassLoader loader : loaders(service)) {
      for (P p : loading.apply(loader)) {
        providers.put(p.getClass().getName(), p);
      }
    }
    return new Registry<>(kind, providers.values());
  }

  /** Returns the class loaders to search in that know the service, its own first. */
  private static Set<ClassLoader> loaders(Class<?> service) {
    Set<ClassLoader> all = new LinkedHashSet<>();
    all.add(service.getClassLoader());
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (knows(context, service)) {
      all.add(context);
    }
    StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .forEach(frame -> {
          ClassLoader caller = frame.getDeclaringClass().getClassLoader();
          if (knows(caller, service)) {
            all.add(caller);
          }
        });
    return all;
  }

  /** A loader may know another class of this name, or none. */
  private static boolean knows(@Nullable ClassLoader loader, Class<?> service) {
    try {
      return loader != null && loader.loadClass(service.getName()) == service;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Returns the implementation of a name.
   *
   * @throws IllegalArgumentException if the name is unknown; the message lists the names
   */
  public T named(String name) {
    return entry(name).value;
  }

  /**
   * Returns what the factory of a name creates.
   *
   * @param create calls the factory
   * @throws IllegalArgumentException if the name is unknown; the message lists the names
   * @throws IllegalStateException if the factory returns null; the message has the class of its
   *     provider
   */
  public <R> R create(String name, Function<T, R> create) {
    Entry<T> entry = entry(name);
    R created = create.apply(entry.value);
    check(created != null, entry.provider, "an object named \"" + name + "\"", "null");
    return created;
  }

  private Entry<T> entry(String name) {
    Entry<T> found = byName.get(Objects.requireNonNull(name, "name"));
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

  /** Returns the implementations, in alphabetical order of their names. */
  public List<T> all() {
    return byName.values().stream().map(Entry::value).toList();
  }

  /** Returns the origin of a provider: its module, or its class. */
  public static String origin(Provider<?> provider) {
    Class<?> c = provider.getClass();
    Module m = c.getModule();
    return m.isNamed() ? "module " + m.getName() : "class " + c.getName();
  }
}
