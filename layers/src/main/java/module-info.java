import dev.unroll.layers.recurrent.builtin.BuiltInCells;
import dev.unroll.layers.recurrent.cells.CellProvider;
import org.jspecify.annotations.NullMarked;

/** Layers, losses and recurrent cells. */
@NullMarked
@SuppressWarnings("module") // The module that reads records is compiled later.
module dev.unroll.layers {
  requires static org.jspecify;
  requires transitive dev.unroll.autograd;

  exports dev.unroll.layers;
  exports dev.unroll.layers.conv;
  exports dev.unroll.layers.loss;
  exports dev.unroll.layers.recurrent;
  exports dev.unroll.layers.recurrent.cells;
  exports dev.unroll.layers.recurrent.check;
  exports dev.unroll.layers.recurrent.diagnostics;
  exports dev.unroll.layers.recurrent.foreign;
  exports dev.unroll.layers.recurrent.wrappers;
  exports dev.unroll.layers.sequence;
  exports dev.unroll.layers.sequence.attention;
  exports dev.unroll.layers.sequence.decoding;

  opens dev.unroll.layers to
      dev.unroll.models; // Model files contain records that are not public.

  uses CellProvider;

  provides CellProvider with
      BuiltInCells;
}
