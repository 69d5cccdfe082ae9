import org.jspecify.annotations.NullMarked;

/** Batches, and where they come from. */
@NullMarked
module dev.unroll.data {
  requires static org.jspecify;
  requires transitive dev.unroll.tensor;

  exports dev.unroll.data;
}
