package example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seen from outside: the lines of a plan are those of this file. */
class PlanLinesTest {
  private static Scan.Result step(List<Variable> in, List<Variable> carried, Variable time) {
    Variable h = in.getFirst().exp(); // the line of exp
    return new Scan.Result(List.of(h), List.of(carried.getFirst().add(h)));
  }

  @Test
  void aTraceNamesTheLineOfEachOperation() {
    Scan scan = Scan.forward();
    Variable start = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2)));
    for (int steps = 2; steps < 4; steps++) {
      Variable x = Variable.input(Tensor.zeros(DType.FLOAT64, Shape.of(steps, 2)));
      scan.run(PlanLinesTest::step, List.of(x), List.of(start), 0);
      assertThat(scan.explain("trace"))
          .contains("%3 = exp %x0 : [2]' # PlanLinesTest.java:16\n")
          .contains("%4 = add %s0 %3 : [2]' # PlanLinesTest.java:17\n");
    }
  }
}
