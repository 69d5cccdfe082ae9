import org.jspecify.annotations.NullMarked;

/** Optimizers, learning rate schedules, gradient clipping. */
@NullMarked
module dev.unroll.optim {
  requires static org.jspecify;
  requires transitive dev.unroll.autograd;

  exports dev.unroll.optim;

  uses dev.unroll.optim.OptimizerProvider;

  provides dev.unroll.optim.OptimizerProvider with
      dev.unroll.optim.builtin.BuiltInOptimizers;
}
