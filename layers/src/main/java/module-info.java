import dev.unroll.layers.recurrent.builtin.GruProvider;
import dev.unroll.layers.recurrent.builtin.LstmProvider;
import dev.unroll.layers.recurrent.builtin.RnnProvider;
import dev.unroll.layers.recurrent.spi.CellProvider;
import org.jspecify.annotations.NullMarked;

/** Layers, losses and recurrent cells. */
@NullMarked
module dev.unroll.layers {
  requires static org.jspecify;
  requires transitive dev.unroll.autograd;

  exports dev.unroll.layers;
  exports dev.unroll.layers.recurrent;
  exports dev.unroll.layers.recurrent.spi;

  uses CellProvider;

  provides CellProvider with
      GruProvider,
      LstmProvider,
      RnnProvider;
}
