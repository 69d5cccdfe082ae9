package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A value of one step, or a view of it.
 *
 * @param slot the slot of its buffer
 * @param view maps the layout of the buffer to that of the value
 */
record Value(Buffer buffer, TimeSlot slot, UnaryOperator<Layout> view) {
  /** The view that shows all of a buffer. */
  static final UnaryOperator<Layout> AS_COMPUTED = l -> l;

  static Value of(Buffer buffer) {
    return new Value(buffer, TimeSlot.THIS, AS_COMPUTED);
  }

  Value view(UnaryOperator<Layout> f) {
    return new Value(buffer, slot, l -> f.apply(view.apply(l)));
  }

  int[] dims() {
    return layout().dims();
  }

  /** Returns whether this is the whole buffer, as computed, wherever it moves. */
  boolean isWhole() {
    Layout l = view.apply(Layout.of(buffer.dims));
    return l.isContiguous() && Arrays.equals(l.dims(), buffer.dims);
  }

  Layout layout() {
    return view.apply(buffer.layout());
  }
}
