package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import org.jspecify.annotations.Nullable;

/**
 * Values that programs overwrite in place: parameters, and state from one run to the next, such as
 * the moments of an optimizer. Tensors remain immutable: one from {@link #value} becomes invalid
 * when the slot is overwritten; one from {@link #keep} remains valid, since the slot then continues
 * in another array.
 *
 * {@snippet class="snippets.TensorTest" region="Slot"}
 */
public final class Slot {
  private Tensor numbers;
  private boolean shared; // With others, which must not see a change.
  private @Nullable Edition edition;

  private Slot(Tensor numbers, boolean shared) {
    this.numbers = numbers;
    this.shared = shared;
  }

  /** The values between one update and the next. */
  static final class Edition implements Lease {
    private final Tensor tensor;
    private final @Nullable Lease array;
    private volatile boolean over;

    Edition(Tensor numbers) {
      tensor = numbers.leased(this);
      array = numbers.lease();
    }

    @Override
    public boolean hasEnded() {
      return over || (array != null && array.hasEnded());
    }

    @Override
    public String reason() {
      return "was overwritten by an update: keep() returns values that remain valid, and Layer.snapshot() weights to predict with during training";
    }
  }

  /** Returns a slot with the initial values of a tensor. */
  public static Slot of(Tensor initial) {
    // The array of a scope is copied, since the slot outlives it.
    return initial.lease() == null
        ? new Slot(initial, true)
        : new Slot(copy(ElementTypes.elements(initial.type()), initial), false);
  }

  /**
   * Returns a slot with the only result of a program as its initial values, of the same lifetime.
   *
   * @param name the name in messages
   * @throws IllegalArgumentException as {@link Program#run(String, Tensor...)} does
   */
  public static Slot of(String name, Program program, Tensor... in) {
    return over(program.run(name, in).getFirst());
  }

  /** Returns a slot over a dense, unshared tensor, of the same lifetime. */
  static Slot over(Tensor numbers) {
    return new Slot(numbers, false);
  }

  /**
   * Returns a tensor that remains valid: a copy if {@code t} is the value of a slot, else {@code
   * t}.
   */
  public static Tensor lasting(Tensor t) {
    return t.lease() instanceof Edition ? copy(ElementTypes.elements(t.type()), t) : t;
  }

  /** Returns the type and the shape. */
  @Override
  public String toString() {
    return "Slot[" + type() + shape() + "]";
  }

  /** Returns the type. */
  public DType type() {
    return numbers.type();
  }

  /** Returns the shape. */
  public Shape shape() {
    return numbers.shape();
  }

  /** Returns the current values, valid until they are overwritten. */
  public Tensor value() {
    if (shared) {
      return numbers;
    }
    if (edition == null) {
      edition = new Edition(numbers);
    }
    return edition.tensor;
  }

  /**
   * Returns the current values, permanently valid. Nothing is copied; the next update uses a new
   * array.
   */
  public Tensor keep() {
    shared = true;
    return numbers;
  }

  /** Returns the array for the next values, with arbitrary content. */
  <A> A room(Elements<A> e) {
    return shared ? ArrayScope.fresh(e, "slot", shape()) : Tensor.array(e, numbers);
  }

  /** Records that {@link #room} now contains the next values. */
  <A> void overwritten(A room) {
    if (edition != null) {
      edition.over = true;
      edition = null;
    }
    if (shared) {
      numbers = Tensor.at(type(), Layout.of(shape().dims()), room);
      shared = false;
    }
  }

  /** Returns the array of the values, for partial updates. */
  <A> A own(Elements<A> e) {
    A array = Tensor.array(e, shared ? copy(e, numbers) : numbers);
    overwritten(array);
    return array;
  }

  private static <A> Tensor copy(Elements<A> e, Tensor t) {
    A to = ArrayScope.fresh(e, "slot", t.shape());
    Layout dense = t.shape().dense();
    Copy.run(e, Tensor.array(e, t), t.layout(), to, dense);
    return Tensor.at(t.type(), dense, to);
  }
}
