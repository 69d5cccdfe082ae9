import org.jspecify.annotations.NullMarked;

/** Tokenizers, vocabularies and text readers. */
@NullMarked
module dev.unroll.text {
  requires static org.jspecify;
  requires transitive dev.unroll.data;

  exports dev.unroll.text;
  exports dev.unroll.text.spi;

  uses dev.unroll.text.spi.TokenizerProvider;

  provides dev.unroll.text.spi.TokenizerProvider with
      dev.unroll.text.builtin.CharactersProvider;
}
