import org.jspecify.annotations.NullMarked;

/** Reads and writes files of named tensors. */
@NullMarked
module dev.unroll.interop {
  requires static org.jspecify;
  requires dev.unroll.files;
  requires transitive dev.unroll.tensor;
  requires tools.jackson.databind;

  exports dev.unroll.interop;
}
