package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;

/** Any other view: transposed, broadcast over rows, or of some rows alone. */
record Strided(Location location, Layout layout) implements Operand {}
