import org.jspecify.annotations.NullMarked;

/** Applications, and the command line that runs them. */
@NullMarked
module dev.unroll.examples {
  requires static org.jspecify;
  requires com.carrotsearch.hppc;
  requires com.ibm.icu;
  requires commons.math3;
  requires dev.unroll.files;
  requires dev.unroll.models;
  requires dev.unroll.text;
  requires dev.unroll.training;
  requires info.picocli;
  requires java.desktop;
  requires org.jfree.jfreechart;
  requires org.jfree.svg;
  requires jdk.localedata;
  requires tools.jackson.databind;

  opens dev.unroll.examples to
      info.picocli,
      tools.jackson.databind;
  opens dev.unroll.examples.classify to
      info.picocli;
  opens dev.unroll.examples.fit to
      info.picocli;
  opens dev.unroll.examples.names to
      info.picocli;
  opens dev.unroll.examples.play to
      info.picocli;
  opens dev.unroll.examples.series to
      info.picocli;
  opens dev.unroll.examples.study to
      info.picocli;
  opens dev.unroll.examples.tag to
      info.picocli;
  opens dev.unroll.examples.translate to
      info.picocli;
  opens dev.unroll.examples.vision to
      info.picocli;

  provides dev.unroll.layers.recurrent.cells.CellProvider with
      dev.unroll.examples.UpdateGateProvider;
}
