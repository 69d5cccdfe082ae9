import org.jspecify.annotations.NullMarked;

/** Optimizers and gradient clipping. */
@NullMarked
module dev.unroll.optim {
  requires static org.jspecify;
  requires transitive dev.unroll.autograd;
}
