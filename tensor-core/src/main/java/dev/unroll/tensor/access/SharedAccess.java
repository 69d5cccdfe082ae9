package dev.unroll.tensor.access;

import dev.unroll.tensor.Tensor;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Holds the {@link TensorAccess} that {@link Tensor} registers, like the JDK's SharedSecrets. */
public final class SharedAccess {
  private static final AtomicReference<@Nullable TensorAccess> TENSOR = new AtomicReference<>();

  private SharedAccess() {}

  /** Returns access to tensors; callers store it in a constant. */
  public static TensorAccess tensor() {
    try {
      MethodHandles.lookup().ensureInitialized(Tensor.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    TensorAccess access = TENSOR.get();
    if (access == null) {
      throw new IllegalStateException("[tensor] no access was left");
    }
    return access;
  }

  /** Sets it; called once, when the class of tensors is initialized. */
  public static void set(TensorAccess access) {
    TENSOR.set(access);
  }
}
