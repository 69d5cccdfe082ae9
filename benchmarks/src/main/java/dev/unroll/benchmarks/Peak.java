package dev.unroll.benchmarks;

import dev.unroll.tensor.kernel.Team;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The peak rate of multiply-adds of the hardware: enough independent chains to fill its pipelines,
 * and no memory access.
 */
final class Peak {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 2_000;
  private static final int CHAINS = 12;

  /** Independent of the number of threads, so that the amount of work is the same. */
  private static final int PARTS = 64;

  private Peak() {}

  static Workload workload() {
    double flops = 2.0 * CHAINS * S.length() * ROUNDS * PARTS;
    return new Workload(
        "fma-peak",
        Unit.GFLOPS,
        flops,
        () -> {
          float[] sums = new float[PARTS];
          return () -> {
            Team.run(PARTS, part -> sums[part] = chains(ROUNDS, part + 0.5f));
            return sums;
          };
        });
  }

  private static float chains(int rounds, float start) {
    FloatVector a = FloatVector.broadcast(S, 0.999f);
    FloatVector b = FloatVector.broadcast(S, start);
    FloatVector x0 = b, x1 = b.add(1), x2 = b.add(2), x3 = b.add(3), x4 = b.add(4), x5 = b.add(5);
    FloatVector y0 = b.neg(), y1 = x1.neg(), y2 = x2.neg(), y3 = x3.neg(), y4 = x4.neg();
    FloatVector y5 = x5.neg();
    for (int i = 0; i < rounds; i++) {
      x0 = x0.fma(a, b);
      x1 = x1.fma(a, b);
      x2 = x2.fma(a, b);
      x3 = x3.fma(a, b);
      x4 = x4.fma(a, b);
      x5 = x5.fma(a, b);
      y0 = y0.fma(a, b);
      y1 = y1.fma(a, b);
      y2 = y2.fma(a, b);
      y3 = y3.fma(a, b);
      y4 = y4.fma(a, b);
      y5 = y5.fma(a, b);
    }
    FloatVector x = x0.add(x1).add(x2).add(x3).add(x4).add(x5);
    return x.add(y0).add(y1).add(y2).add(y3).add(y4).add(y5).lane(0);
  }
}
