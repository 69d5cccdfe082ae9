/** Writes the documentation as a site. */
module dev.unroll.site {
  requires org.commonmark;
  requires org.commonmark.ext.gfm.tables;
  requires static org.jspecify;
}
