package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Layout;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that programs overwrite in place: parameters, and what is remembered from one run to the
 * next, such as the moments of an optimizer. No tensor changes by that: one from {@link #value}
 * ends when the slot is overwritten, one from {@link #keep} stays, since the slot then goes on
 * elsewhere.
 *
 * <pre>{@code
 * Slot sum = Slot.of(Tensor.zeros(DType.FLOAT32, Shape.of(3)));
 * Program.of(Code.ADD).run("add", List.of(sum), x); // x + sum, into the array of sum
 * Tensor now = sum.keep();
 * }</pre>
 */
public final class Slot {
  private Tensor numbers;
  private boolean shared; // With others, who must not see a change.
  private @Nullable Edition edition;

  private Slot(Tensor numbers, boolean shared) {
    this.numbers = numbers;
    this.shared = shared;
  }

  /** The numbers between one overwriting and the next. */
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
      return "was overwritten by an update: keep() returns numbers that stay, and a snapshot"
          + " (Layer.snapshot()) weights to predict with beside a training";
    }
  }

  /** Returns a slot that begins with the numbers of a tensor. */
  public static Slot of(Tensor initial) {
    // The array of a scope is copied: the slot lives longer.
    return initial.lease() == null
        ? new Slot(initial, true)
        : new Slot(copy(Tensor.elements(initial.type()), initial), false);
  }

  /**
   * Returns a slot that begins with the only result of a program, and lives as long as that.
   *
   * @param name what to call it in messages
   * @throws IllegalArgumentException as {@link Program#run(String, Tensor...)} does
   */
  public static Slot of(String name, Program program, Tensor... in) {
    return over(program.run(name, in).getFirst());
  }

  /** Returns a slot over a dense tensor that nobody else has, and lives as long as that. */
  static Slot over(Tensor numbers) {
    return new Slot(numbers, false);
  }

  /** Returns a tensor that no overwriting ends: a copy if it lies in a slot, else itself. */
  public static Tensor lasting(Tensor t) {
    return t.lease() instanceof Edition ? copy(Tensor.elements(t.type()), t) : t;
  }

  /** Returns the type. */
  public DType type() {
    return numbers.type();
  }

  /** Returns the shape. */
  public Shape shape() {
    return numbers.shape();
  }

  /** Returns the numbers until they are overwritten; to read them later is an error. */
  public Tensor value() {
    if (shared) {
      return numbers;
    }
    if (edition == null) {
      edition = new Edition(numbers);
    }
    return edition.tensor;
  }

  /** Returns the numbers for good. Nothing is copied; the next overwriting takes a fresh array. */
  public Tensor keep() {
    shared = true;
    return numbers;
  }

  /** Returns the array that the next numbers go into, all of them: its content may be anything. */
  <A> A room(Elements<A> e) {
    return shared ? Buffers.fresh(e, "slot", shape()) : Tensor.array(e, numbers);
  }

  /** Takes note that {@link #room} holds the next numbers now. */
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

  /** Returns the array that holds the numbers, for some of them to be overwritten. */
  <A> A own(Elements<A> e) {
    A array = Tensor.array(e, shared ? copy(e, numbers) : numbers);
    overwritten(array);
    return array;
  }

  private static <A> Tensor copy(Elements<A> e, Tensor t) {
    A to = Buffers.fresh(e, "slot", t.shape());
    Layout dense = t.shape().dense();
    Copy.run(e, Tensor.array(e, t), t.layout(), to, dense);
    return Tensor.at(t.type(), dense, to);
  }
}
