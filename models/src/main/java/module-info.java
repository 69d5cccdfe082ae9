import dev.unroll.layers.recurrent.cells.CellProvider;
import dev.unroll.models.LayerProvider;
import dev.unroll.models.builtin.BuiltInLayers;
import org.jspecify.annotations.NullMarked;

/** Whole models in one file, which opens without the code that built them. */
@NullMarked
module dev.unroll.models {
  requires static org.jspecify;
  requires dev.unroll.files;
  requires transitive dev.unroll.interop;
  requires transitive dev.unroll.layers;
  requires transitive dev.unroll.text;
  requires tools.jackson.databind;

  exports dev.unroll.models;

  uses CellProvider;
  uses LayerProvider;

  provides LayerProvider with
      BuiltInLayers;
}
