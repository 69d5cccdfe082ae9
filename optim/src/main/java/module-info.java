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
      dev.unroll.optim.Adadelta,
      dev.unroll.optim.Adagrad,
      dev.unroll.optim.Adam,
      dev.unroll.optim.AdamW,
      dev.unroll.optim.AmsGrad,
      dev.unroll.optim.CenteredRmsProp,
      dev.unroll.optim.Momentum,
      dev.unroll.optim.Nesterov,
      dev.unroll.optim.RmsProp,
      dev.unroll.optim.Sgd;
}
