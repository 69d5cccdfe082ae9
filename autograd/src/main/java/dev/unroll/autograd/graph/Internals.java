package dev.unroll.autograd.graph;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gives the packages of this module access to members of {@link Variable} that are not public.
 * {@code Variable} implements it and registers its implementation when it is initialized, like the
 * JDK's {@code SharedSecrets}, so that the public API shows no internals.
 */
public final class Internals {
  private static final AtomicReference<@Nullable Access> REGISTERED = new AtomicReference<>();

  /** What {@code Variable} implements. */
  public interface Access {
    /** See {@link #node}. */
    @Nullable Node nodeOf(Variable v);

    /** See {@link #index}. */
    int indexOf(Variable v);

    /** See {@link #deferred}. */
    @Nullable Deferred deferredOf(Variable v);

    /** See {@link #recorder}. */
    @Nullable Recorder recorderOf(Variable v);

    /** See {@link #result}. */
    Variable resultOf(Tensor value, Node node, int index);

    /** See {@link #symbolic}. */
    Variable symbolicOf(
        Recorder recorder, DType type, Shape shape, @Nullable Node node, boolean requiresGradient);

    /** See {@link #readBy}. */
    Set<Parameter> parametersReadBy(Runnable work);
  }

  private static final class Holder {
    static final Access VARIABLES = get();

    private static Access get() {
      try {
        MethodHandles.lookup().ensureInitialized(Variable.class);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
      return Objects.requireNonNull(REGISTERED.get());
    }
  }

  private Internals() {}

  /** Registers the implementation, once. */
  public static void register(Access variables) {
    if (!REGISTERED.compareAndSet(null, variables)) {
      throw new IllegalStateException("[variable] its internals are already registered");
    }
  }

  /** Returns the node that made a variable, or null for a leaf. */
  public static @Nullable Node node(Variable v) {
    return Holder.VARIABLES.nodeOf(v);
  }

  /** Returns the index of a variable among the results of its node. */
  public static int index(Variable v) {
    return Holder.VARIABLES.indexOf(v);
  }

  /** Returns the deferred computation of the value, or null if it has been computed. */
  public static @Nullable Deferred deferred(Variable v) {
    return Holder.VARIABLES.deferredOf(v);
  }

  /** Returns the recorder of a symbolic variable, or null if the variable has a value. */
  public static @Nullable Recorder recorder(Variable v) {
    return Holder.VARIABLES.recorderOf(v);
  }

  /** Returns a result of a node; one that is not floating-point is a constant. */
  public static Variable result(Tensor value, Node node, int index) {
    return Holder.VARIABLES.resultOf(value, node, index);
  }

  /** Returns a symbolic variable. */
  public static Variable symbolic(
      Recorder recorder, DType type, Shape shape, @Nullable Node node, boolean requiresGradient) {
    return Holder.VARIABLES.symbolicOf(recorder, type, shape, node, requiresGradient);
  }

  /** Returns the parameters that a task reads. */
  public static Set<Parameter> readBy(Runnable work) {
    return Holder.VARIABLES.parametersReadBy(work);
  }
}
