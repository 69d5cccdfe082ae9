import dev.unroll.layers.recurrent.builtin.BuiltInCells;
import dev.unroll.layers.recurrent.spi.CellProvider;
import org.jspecify.annotations.NullMarked;

/** Layers, losses and recurrent cells. */
@NullMarked
module dev.unroll.layers {
  requires static org.jspecify;
  requires transitive dev.unroll.autograd;

  exports dev.unroll.layers;
  exports dev.unroll.layers.conv;
  exports dev.unroll.layers.loss;
  exports dev.unroll.layers.recurrent;
  exports dev.unroll.layers.recurrent.spi;
  exports dev.unroll.layers.sequence;

  uses CellProvider;

  provides CellProvider with
      BuiltInCells.Rnn,
      BuiltInCells.Irnn,
      BuiltInCells.Lstm,
      BuiltInCells.LstmPeephole,
      BuiltInCells.LstmCoupled,
      BuiltInCells.LstmProjected,
      BuiltInCells.LstmNormalized,
      BuiltInCells.Gru,
      BuiltInCells.GruOriginal,
      BuiltInCells.Mgu;
}
