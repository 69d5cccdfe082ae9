package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a value of a loop will lie. Until the plan is closed a home can move into a region of
 * another (a part of a concatenation is written where the whole lies), so its readers hold on to it
 * and ask for the place at the end.
 */
final class Home {
  /** How many steps a home remembers. */
  enum Span {
    /** The same for all steps. */
    ONCE,
    /** One step: it is read where it was written. */
    STEP,
    /** The steps of a block, and for what is carried one more. */
    BLOCK,
    /** All steps: it is handed out, or the way back reads it. */
    ALL
  }

  /** What fills it. */
  enum Kind {
    BOUND,
    COMPUTED,
    CARRIED,
    TOTAL
  }

  final Kind kind;
  final int[] dims;

  /** The tasks among which it is computed: those that run step by step, one after the other. */
  final int among;

  final int sweep;
  Span span;
  int index = -1;
  boolean handedOut;

  /** Whether values with readers of their own lie inside. */
  boolean holdsParts;

  private boolean pinned;
  private final int size;
  private @Nullable Home inside;
  private UnaryOperator<Layout> region = Value.AS_COMPUTED;
  private Value.When when = Value.When.NOW;

  Home(Kind kind, Span span, int sweep, int among, int... dims) {
    this.kind = kind;
    this.span = span;
    this.sweep = sweep;
    this.among = among;
    this.dims = dims;
    size = Arrays.stream(dims).reduce(1, Math::multiplyExact);
  }

  int size() {
    return size;
  }

  /** Notes where this is read: it must be remembered until then. */
  void readIn(int sweep, int among) {
    if (span == Span.ONCE) {
      return;
    }
    Span needed =
        sweep != this.sweep
            ? Span.ALL
            : among == this.among && kind == Kind.COMPUTED ? Span.STEP : Span.BLOCK;
    lengthen(needed);
  }

  void lengthen(Span needed) {
    span = needed.compareTo(span) > 0 ? needed : span;
    if (inside != null) {
      inside.lengthen(span);
    }
  }

  /** Fixes how this lies: neither it nor what it lies in moves any more. */
  void pin() {
    pinned = true;
    if (inside != null) {
      inside.pin();
    }
  }

  /** Returns whether the only reader of this value may write its result over it. */
  boolean canTurnInto() {
    return kind == Kind.COMPUTED
        && span != Span.ONCE
        && !pinned
        && !holdsParts
        && (inside == null || inside.canTurnInto());
  }

  /** Returns whether it may move into another. */
  boolean canMove() {
    return kind == Kind.COMPUTED && inside == null && !pinned && span != Span.ONCE;
  }

  /**
   * Moves into a region of another.
   *
   * @param slot which of the steps that the other remembers
   */
  void moveInto(Home other, Value.When slot, UnaryOperator<Layout> to) {
    inside = other;
    when = slot;
    region = to;
    other.lengthen(span);
    other.handedOut |= handedOut;
  }

  /** Returns the home that has an array of its own. */
  Home root() {
    return inside == null ? this : inside.root();
  }

  /** Returns which slot of the root this is. */
  Value.When when() {
    return inside == null || when != Value.When.NOW ? when : inside.when();
  }

  /** Returns how this lies in one slot of the root. */
  Layout layout() {
    List<UnaryOperator<Layout>> steps = new ArrayList<>();
    Home h = this;
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
