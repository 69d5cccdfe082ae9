import org.jspecify.annotations.NullMarked;

/** Layers, losses and recurrent cells. */
@NullMarked
module dev.unroll.layers {
  requires static org.jspecify;
  requires transitive dev.unroll.autograd;
}
