package example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Seen from outside: a step's operations are shown with the lines of this file. */
class LinesTest {
  private static Variable applied(Variable x) {
    Variable y = x.tanh(); // line 19
    return Stream.<UnaryOperator<Variable>>of(Variable::exp, Variable::sigmoid)
        .reduce(y, (v, f) -> f.apply(v), (a, b) -> b); // line 21
  }

  private static Scan.Result step(List<Variable> in, List<Variable> carried, Variable time) {
    Variable y = applied(in.get(0));
    List<Variable> sums = Stream.of(y).map(carried.get(0)::add).toList(); // line 26
    return new Scan.Result(List.of(), List.of(Buffers.outside(sums.getFirst()::exp))); // line 27
  }

  @Test
  void theTraceNamesTheLineThatAppliesAnOperation() {
    Scan scan = Scan.forward();
    Variable x = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(3, 2)));
    Variable state = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2)));
    scan.run(LinesTest::step, List.of(x), List.of(state), 0);
    assertThat(scan.explain("trace"))
        .isEqualTo(
            """
            float64
            %x0 = sequence : [2]
            %time = time : int32 []
            %s0 = carried : [2]
            %3 = tanh %x0 : [2] # LinesTest.java:19
            %4 = exp %3 : [2] # LinesTest.java:21
            %5 = sigmoid %4 : [2] # LinesTest.java:21
            %6 = add %s0 %5 : [2] # LinesTest.java:26
            %7 = exp %6 : [2] # LinesTest.java:27
            next 0 %7
            """);
  }
}
