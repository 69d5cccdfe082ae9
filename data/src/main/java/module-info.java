import org.jspecify.annotations.NullMarked;

/** Tables, batches of examples and the sources that produce them. */
@NullMarked
module dev.unroll.data {
  requires de.siegmar.fastcsv;
  requires static transitive org.jspecify;
  requires dev.unroll.files;
  requires transitive dev.unroll.tensor;

  exports dev.unroll.data;
}
