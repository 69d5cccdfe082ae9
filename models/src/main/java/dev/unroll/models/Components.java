package dev.unroll.models;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The components of records. */
final class Components {
  private Components() {}

  /** Returns the components of a record. */
  static List<RecordComponent> of(Class<?> type) {
    return List.of(type.getRecordComponents());
  }

  /**
   * Returns the value of a component.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static @Nullable Object value(Object of, RecordComponent c) {
    try {
      return open(c.getAccessor(), of.getClass()).invoke(of);
    } catch (IllegalAccessException e) {
      throw closed(of.getClass(), e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "[model] " + of.getClass().getName() + "." + c.getName() + "() throws " + e.getCause(),
          e);
    }
  }

  /**
   * Creates a record.
   *
   * @throws IllegalArgumentException if it cannot be created, or refuses the values
   */
  static Record create(Class<? extends Record> type, List<Object> values) {
    Class<?>[] types = of(type).stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      return open(constructor, type).newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      Throwable why = Objects.requireNonNullElse(e.getCause(), e);
      throw new IllegalArgumentException(String.valueOf(why.getMessage()), e);
    } catch (IllegalAccessException e) {
      throw closed(type, e);
    } catch (NoSuchMethodException | InstantiationException e) {
      throw new IllegalStateException("[model] not a record: " + type, e);
    }
  }

  private static <M extends AccessibleObject> M open(M member, Class<?> of) {
    try {
      member.setAccessible(true); // Records need not be public where their package is open.
    } catch (InaccessibleObjectException e) {
      throw closed(of, e);
    }
    return member;
  }

  private static IllegalArgumentException closed(Class<?> type, Exception e) {
    return new IllegalArgumentException(
        "[model] "
            + type.getName()
            + " cannot be accessed: make it public in an exported package, or open "
            + type.getPackageName()
            + " to dev.unroll.models",
        e);
  }

  /** Returns the class of a declared type: of a type variable, that of its bound. */
  static Class<?> raw(Type declared) {
    return switch (declared) {
      case Class<?> c -> c;
      case ParameterizedType p -> raw(p.getRawType());
      case TypeVariable<?> v -> raw(v.getBounds()[0]);
      case WildcardType w -> raw(w.getUpperBounds()[0]);
      default -> Object.class;
    };
  }

  /** Returns the type of the elements of a list. */
  static Type element(Type list) {
    return list instanceof ParameterizedType p
        ? Arrays.asList(p.getActualTypeArguments()).getFirst()
        : Object.class;
  }
}
