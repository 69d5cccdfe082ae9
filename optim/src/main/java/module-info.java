import org.jspecify.annotations.NullMarked;

/** Optimizers, learning rate schedules, gradient clipping. */
@NullMarked
module dev.unroll.optim {
  requires static org.jspecify;
  requires transitive dev.unroll.autograd;

  exports dev.unroll.optim;
  exports dev.unroll.optim.spi;

  uses dev.unroll.optim.spi.OptimizerProvider;

  provides dev.unroll.optim.spi.OptimizerProvider with
      dev.unroll.optim.builtin.BuiltInOptimizers;
}
