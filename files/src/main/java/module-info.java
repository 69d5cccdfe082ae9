import org.jspecify.annotations.NullMarked;

/** Files and folders that appear whole or not at all. */
@NullMarked
module dev.unroll.files {
  requires static org.jspecify;

  exports dev.unroll.files;
}
