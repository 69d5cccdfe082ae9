package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A value of one step, or a view of it.
 *
 * @param when which of the steps that its home remembers
 * @param view from the layout of the home to that of the value
 */
record Value(Home home, When when, UnaryOperator<Layout> view) {
  /** The view that shows all of a home. */
  static final UnaryOperator<Layout> AS_COMPUTED = l -> l;

  /** Which step of a carried value is meant. */
  enum When {
    NOW,
    BEFORE,
    AFTER
  }

  static Value of(Home home) {
    return new Value(home, When.NOW, AS_COMPUTED);
  }

  Value view(UnaryOperator<Layout> f) {
    return new Value(home, when, l -> f.apply(view.apply(l)));
  }

  int[] dims() {
    return layout().dims();
  }

  /** Returns whether this is what was computed, and no view of it. */
  boolean isComputed() {
    return view.equals(AS_COMPUTED);
  }

  /** Returns whether this is all of its home, as it was computed, wherever that moves. */
  boolean isWhole() {
    Layout l = view.apply(Layout.of(home.dims));
    return l.isContiguous() && Arrays.equals(l.dims(), home.dims);
  }

  Layout layout() {
    return view.apply(home.layout());
  }
}
