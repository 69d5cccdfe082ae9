package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The buffer of a value of a loop. Until the loop is built, a buffer can move into a region of
 * another (a part of a concatenation is written directly into the whole), so its readers hold the
 * buffer and ask for the location at the end.
 */
final class Buffer {
  /** The number of steps that a buffer holds. */
  enum Lifetime {
    /** The same for all steps. */
    ONCE,
    /** One step: it is read where it was written. */
    STEP,
    /** The steps of a block, and one more for carried values. */
    BLOCK,
    /** All steps: it is an output, or the backward pass reads it. */
    ALL
  }

  /** What writes to it. */
  enum Kind {
    BOUND,
    COMPUTED,
    CARRIED,
    ACCUMULATOR
  }

  final Kind kind;
  final int[] dims;

  /** The group of the task that computes it: tasks of one group run step by step. */
  final int group;

  final int sweep;
  Lifetime lifetime;
  int index = -1;
  boolean handedOut;

  /** Whether parts of it have readers of their own, or remain zero. */
  boolean concatenated;

  private boolean pinned;
  private final int size;
  private @Nullable Buffer inside;
  private UnaryOperator<Layout> region = Value.AS_COMPUTED;
  private TimeSlot slot = TimeSlot.THIS;

  Buffer(Kind kind, Lifetime lifetime, int sweep, int group, int... dims) {
    this.kind = kind;
    this.lifetime = lifetime;
    this.sweep = sweep;
    this.group = group;
    this.dims = dims;
    size = Arrays.stream(dims).reduce(1, Math::multiplyExact);
  }

  int size() {
    return size;
  }

  /** Records where this is read: it must be retained until then. */
  void readIn(int sweep, int group) {
    if (lifetime == Lifetime.ONCE) {
      return;
    }
    Lifetime needed =
        sweep != this.sweep
            ? Lifetime.ALL
            : group == this.group && kind == Kind.COMPUTED ? Lifetime.STEP : Lifetime.BLOCK;
    lengthen(needed);
  }

  void lengthen(Lifetime needed) {
    lifetime = Collections.max(List.of(needed, lifetime));
    if (inside != null) {
      inside.lengthen(lifetime);
    }
  }

  /** Fixes the location: neither this nor its container moves any more. */
  void pin() {
    pinned = true;
    if (inside != null) {
      inside.pin();
    }
  }

  /** Returns whether the only reader of this value may overwrite it with its result. */
  boolean canTurnInto() {
    return kind == Kind.COMPUTED && lifetime != Lifetime.ONCE && !concatenated;
  }

  /** Returns whether it may move into another. */
  boolean canMove() {
    return kind == Kind.COMPUTED && inside == null && !pinned && lifetime != Lifetime.ONCE;
  }

  /**
   * Moves into a region of another.
   *
   * @param in the slot of the other buffer
   */
  void moveInto(Buffer other, TimeSlot in, UnaryOperator<Layout> to) {
    inside = other;
    slot = in;
    region = to;
    other.lengthen(lifetime);
  }

  /** Returns the buffer that has an array of its own. */
  Buffer root() {
    return inside == null ? this : inside.root();
  }

  /** Returns the slot in the root. */
  TimeSlot slot() {
    return inside == null || slot != TimeSlot.THIS ? slot : inside.slot();
  }

  /** Returns the layout in one slot of the root. */
  Layout layout() {
    List<UnaryOperator<Layout>> steps = new ArrayList<>();
    Buffer h = this;
    while (h.inside != null) {
      steps.addFirst(h.region);
      h = h.inside;
    }
    Layout l = Layout.of(h.dims);
    for (UnaryOperator<Layout> s : steps) {
      l = s.apply(l);
    }
    return l;
  }
}
