package dev.unroll.benchmarks;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.DType;
import java.util.Map;

/** One Adam update of a parameter of ten million elements. */
final class Moments {
  private static final int N = 10_000_000;

  private Moments() {}

  static Workload workload() {
    return new Workload(
        "adam-10m",
        Unit.MILLIS,
        N,
        () -> {
          Parameter p = new Parameter(Operands.normal(DType.FLOAT32, 1, N));
          Optimizer adam = Optimizer.of(new Adam(), Map.of("p", p));
          Map<Parameter, Gradient> g =
              Map.of(p, new Gradient.Dense(Operands.normal(DType.FLOAT32, 2, N)));
          return () -> {
            adam.update(g);
            return p.value();
          };
        });
  }
}
