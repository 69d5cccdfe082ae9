package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Layout;

/** Rows whose elements are anywhere in the same row of the buffer, or repeated. */
record Spread(Location location, Layout layout) implements Aligned {}
