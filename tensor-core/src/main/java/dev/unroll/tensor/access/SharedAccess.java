package dev.unroll.tensor.access;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds the {@link TensorAccess} that the package of tensors registers, as the JDK's SharedSecrets.
 */
public final class SharedAccess {
  /** Registers itself when it is initialized. It is named, so that arrows point one way. */
  private static final String IMPLEMENTATION = "dev.unroll.tensor.Access";

  private static final AtomicReference<@Nullable TensorAccess<?, ?, ?>> TENSOR =
      new AtomicReference<>();

  private SharedAccess() {}

  /** Returns access to tensors; callers store it in a constant. */
  @SuppressWarnings("unchecked") // There is one implementation.
  public static <T, D, S> TensorAccess<T, D, S> tensor() {
    try {
      Class.forName(IMPLEMENTATION, true, SharedAccess.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    TensorAccess<?, ?, ?> access = TENSOR.get();
    if (access == null) {
      throw new IllegalStateException("[tensor] no access was registered");
    }
    return (TensorAccess<T, D, S>) access;
  }

  /** Registers the implementation. */
  public static void set(TensorAccess<?, ?, ?> access) {
    TENSOR.set(access);
  }
}
