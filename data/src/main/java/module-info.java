import org.jspecify.annotations.NullMarked;

/** Batches of examples and the sources that produce them. */
@NullMarked
module dev.unroll.data {
  requires static org.jspecify;
  requires transitive dev.unroll.tensor;

  exports dev.unroll.data;
}
