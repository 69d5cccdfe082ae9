/** A user's module: Unroll is one line of it. */
module consumer {
  requires dev.unroll.layers;
}
