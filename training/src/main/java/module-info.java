import org.jspecify.annotations.NullMarked;

/** The training loop, metrics and checkpoints. */
@NullMarked
module dev.unroll.training {
  requires static org.jspecify;
  requires org.slf4j;
  requires dev.unroll.files;
  requires transitive dev.unroll.layers;
  requires transitive dev.unroll.optim;
  requires transitive dev.unroll.data;
  requires transitive dev.unroll.interop;

  exports dev.unroll.training;
}
