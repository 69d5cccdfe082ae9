import org.jspecify.annotations.NullMarked;

/** Korean morphemes by Lucene's Nori. */
@NullMarked
module dev.unroll.text.nori {
  requires static org.jspecify;
  requires transitive dev.unroll.text;
  requires org.apache.lucene.analysis.nori;
  requires org.apache.lucene.core;

  exports dev.unroll.text.nori;

  provides dev.unroll.text.TokenizerProvider with
      dev.unroll.text.nori.MorphemesProvider;
}
