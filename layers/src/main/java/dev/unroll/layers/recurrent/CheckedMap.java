package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Tensor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Checks that {@link State#map} replaces each variable of a record by its own result. A variable
 * that it forgets would silently keep its value at all steps.
 */
final class CheckedMap {
  /** The components of a record that can be read; those of a module that is not open cannot. */
  private static final ClassValue<List<Method>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return List.of(type.getRecordComponents()).stream()
              .map(RecordComponent::getAccessor)
              .filter(Method::trySetAccessible)
              .toList();
        }
      };

  /** Whether the map of a class has been found right. */
  private static final ClassValue<AtomicBoolean> RIGHT =
      new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
          return new AtomicBoolean();
        }
      };

  private CheckedMap() {}

  /**
   * Checks the map of a state, until it is right once for its class.
   *
   * @throws IllegalArgumentException if a variable remains, or receives the result of another one
   */
  @SuppressWarnings("ReferenceEquality") // Whether it is the same variable.
  static <S extends State<S>> void of(S state) {
    AtomicBoolean right = RIGHT.get(state.getClass());
    if (right.get()) {
      return;
    }
    IdentityHashMap<Variable, Variable> origins = new IdentityHashMap<>();
    // Mapped twice, because a state may have one variable in two places.
    S before = state.map(CheckedMap::other);
    S after =
        before.map(v -> {
          Variable other = other(v);
          origins.put(other, v);
          return other;
        });
    Map<String, Variable> then = variables(before);
    variables(after)
        .forEach((name, v) -> {
          Variable replaced = then.get(name);
          Variable origin = origins.get(v);
          if (v == replaced || (origin != null && origin != replaced)) {
            throw new IllegalArgumentException(
                "[cell] expected map of "
                    + state.getClass().getSimpleName()
                    + " to replace each variable, got "
                    + (v == replaced ? name + " unchanged" : "another variable for " + name));
          }
        });
    right.set(true);
  }

  private static @Nullable Variable other(@Nullable Variable v) {
    return v == null ? null : Variable.of(Tensor.full(v.type(), v.shape(), 0));
  }

  /** Returns the variables of a record by name, and of the states in it. */
  private static Map<String, Variable> variables(State<?> state) {
    Map<String, Variable> all = new LinkedHashMap<>();
    add(all, "", state);
    return all;
  }

  private static void add(Map<String, Variable> all, String name, @Nullable Object value) {
    switch (value) {
      case Variable v -> all.put(name, v);
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          add(all, name + "[" + i + "]", list.get(i));
        }
      }
      case State<?> state when state instanceof Record -> {
        for (Method component : COMPONENTS.get(state.getClass())) {
          String inner = (name.isEmpty() ? "" : name + ".") + component.getName();
          add(all, inner, value(component, state));
        }
      }
      case null, default -> {}
    }
  }

  private static @Nullable Object value(Method component, State<?> state) {
    try {
      return component.invoke(state);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("[cell] expected a readable component, got " + component, e);
    }
  }
}
