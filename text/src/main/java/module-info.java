import org.jspecify.annotations.NullMarked;

/** Tokenizers, vocabularies and text readers. */
@NullMarked
module dev.unroll.text {
  requires static org.jspecify;
  requires com.carrotsearch.hppc;
  requires de.siegmar.fastcsv;
  requires transitive dev.unroll.data;
  requires dev.unroll.files;
  requires tools.jackson.databind;

  exports dev.unroll.text;
  exports dev.unroll.text.read;
  exports dev.unroll.text.tokenize;

  uses dev.unroll.text.TokenizerProvider;

  provides dev.unroll.text.TokenizerProvider with
      dev.unroll.text.builtin.BuiltInTokenizers;
}
