import org.jspecify.annotations.NullMarked;

/** Tokenizers, vocabularies and text readers. */
@NullMarked
module dev.unroll.text {
  requires static org.jspecify;
  requires transitive dev.unroll.data;
}
