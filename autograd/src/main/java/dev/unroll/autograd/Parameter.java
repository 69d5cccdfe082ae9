package dev.unroll.autograd;

import dev.unroll.autograd.scan.Session;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Rows;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A variable that training updates in place. It has no name: names are paths in the tree of layers,
 * so that a parameter can be shared.
 *
 * <p>A {@link #value} becomes invalid at the next update, unlike one from {@link #keep}. While one
 * thread updates a parameter, no other may read its {@link #value}. Threads that predict during
 * training use a {@link Snapshot}, or a {@link Session}, which takes one when it is opened; both
 * are safe at any time, and so is {@link #keep}.
 */
public final class Parameter extends Variable {
  private static final AtomicLong CREATED = new AtomicLong();

  /** The order in which the locks of several parameters are acquired. */
  private final long order = CREATED.getAndIncrement();

  /** Held during an update and by keep. */
  private final ReentrantLock lock = new ReentrantLock();

  private Slot slot;
  private volatile long version;

  /** Creates a parameter with an initial value. */
  public Parameter(Tensor value) {
    super(Objects.requireNonNull(value, "value").type(), value.shape(), null, 0, true);
    if (!value.type().isFloating()) {
      throw new IllegalArgumentException(
          "[parameter] expected float32 or float64, got " + value.type());
    }
    slot = Slot.of(value);
  }

  /**
   * Returns the value, valid until the next update; within {@link Snapshot#call}, that of the
   * snapshot.
   */
  @Override
  public Tensor value() {
    Tensor read = Snapshot.current(this);
    return read != null ? read : slot.value();
  }

  /**
   * Returns the value, permanently valid; waits for an update in progress. The next update uses
   * another array. Within {@link Snapshot#call}, it is that of the snapshot.
   */
  public Tensor keep() {
    Tensor read = Snapshot.current(this);
    return read != null ? read : kept();
  }

  /** Returns the current value, permanently valid. */
  Tensor kept() {
    lock.lock();
    try {
      return slot.keep();
    } finally {
      lock.unlock();
    }
  }

  /** Returns a consistent set of the values of several parameters, permanently valid. */
  static Map<Parameter, Tensor> keepTogether(Collection<Parameter> parameters) {
    Map<Parameter, Tensor> values = new HashMap<>();
    locked(parameters, () -> parameters.forEach(p -> values.put(p, p.keep())));
    return values;
  }

  /**
   * Makes several updates atomic: a {@link Snapshot} or {@link Session} that another thread creates
   * sees the values of these parameters either all before or all after.
   *
   * @param parameters the parameters to update
   * @param work updates these parameters and no others
   */
  public static void updateTogether(Collection<Parameter> parameters, Runnable work) {
    parameters.forEach(Parameter::checkNotInSnapshot);
    locked(parameters, work);
  }

  private static void locked(Collection<Parameter> parameters, Runnable work) {
    Parameter[] all =
        parameters.stream()
            .sorted(Comparator.comparingLong((Parameter p) -> p.order))
            .toArray(Parameter[]::new);
    int held = 0;
    try {
      for (; held < all.length; held++) {
        all[held].lock.lock();
      }
      work.run();
    } finally {
      while (held > 0) {
        all[--held].lock.unlock();
      }
    }
  }

  private void checkNotInSnapshot() {
    if (Snapshot.current(this) != null) {
      throw new IllegalStateException(
          "[update] expected no snapshot of this parameter in use, got an update within Snapshot.call");
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Written under the lock, read without it.
  private void change(Runnable update) {
    checkNotInSnapshot();
    lock.lock();
    try {
      update.run();
      version++;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of updates so far. */
  public long version() {
    return version;
  }

  /**
   * Replaces the value. A backward pass over an earlier graph fails.
   *
   * @throws IllegalArgumentException if type or shape differ
   */
  public void update(Tensor next) {
    if (next.type() != type() || !next.shape().equals(shape())) {
      throw new IllegalArgumentException(
          "[update] expected "
              + type()
              + " "
              + shape()
              + ", got "
              + next.type()
              + " "
              + next.shape());
    }
    change(() -> slot = Slot.of(next));
  }

  /**
   * Overwrites the value by a program, whose inputs are {@code in}, the value and the memory, and
   * whose results are the next value and memory. A backward pass over an earlier graph fails.
   *
   * @param name the name of the program in messages
   * @param memory the state of each element from update to update
   * @throws IllegalArgumentException as {@link Program#run(String, List, Tensor...)} does
   */
  public void update(String name, Program program, List<Slot> memory, Tensor... in) {
    change(() -> program.run(name, with(memory), in));
  }

  /**
   * Overwrites only some rows by a program.
   *
   * @param rows int32 {@code [n]}, distinct
   * @param in the first inputs of the program {@code [n, ...]}
   * @throws IllegalArgumentException as {@link Rows#update} does
   */
  public void updateRows(
      String name, Program program, List<Slot> memory, Tensor rows, Tensor... in) {
    change(() -> Rows.update(name, program, with(memory), rows, in));
  }

  private List<Slot> with(List<Slot> memory) {
    return Stream.concat(Stream.of(slot), memory.stream()).toList();
  }
}
