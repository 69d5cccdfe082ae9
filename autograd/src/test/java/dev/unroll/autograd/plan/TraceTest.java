package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.op.Elementwise.Mul;
import dev.unroll.autograd.op.Elementwise.Tanh;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraceTest {
  private static Tensor full(double value, int... dims) {
    return Tensor.full(DType.FLOAT64, Shape.of(dims), value);
  }

  private static String text(Trace trace) {
    StepGraph.Builder graph = new StepGraph.Builder(DType.FLOAT64);
    trace.into(graph, new ArrayList<>());
    return graph.build().toString();
  }

  @Test
  void equalExpressionsAreRecordedOnce() {
    Trace trace = Traces.begin();
    Variable x = Traces.input(trace, true, 2);
    assertThat(Traces.input(trace, true, 2)).isSameAs(x);
    Variable sum = trace.record(new Add(), x, x);
    assertThat(trace.record(new Add(), x, x)).isSameAs(sum);
    Variable product = trace.record(new Mul(), x, sum);
    assertThat(product).isNotSameAs(sum);
    assertThat(trace.size()).isEqualTo(3);
    assertThat(List.of(trace.number(x), trace.number(sum), trace.number(product)))
        .containsExactly(0, 1, 2);
    assertThat(trace.variable(1)).isSameAs(sum);
    assertThat(trace.number(Variable.of(full(1, 2)))).isEqualTo(-1);
    assertThat(Trace.op(product)).isEqualTo(new Mul());
    assertThat(Trace.in(product)).containsExactly(x, sum);
    assertThat(Trace.op(x)).isNull();
    assertThat(Trace.in(x)).isEmpty();
  }

  @Test
  void concreteVariablesBecomeInputsOnce() {
    Trace trace = Traces.begin();
    Variable weight = Variable.input(full(1, 2));
    Variable w = trace.lift(weight);
    assertThat(trace.lift(weight)).isSameAs(w);
    assertThat(trace.lift(w)).isSameAs(w);
    Variable sum = trace.record(new Add(), w, weight);
    assertThat(Trace.in(sum)).containsExactly(w, w);
    assertThat(trace.lifted()).containsExactly(weight);
    assertThat(text(trace)).isEqualTo("float64\n%c0 = invariant : [2]'\n%1 = add %c0 %c0 : [2]'\n");
  }

  @Test
  void scalarConstantsOfEqualValueTypeAndShapeAreOne() {
    Trace trace = Traces.begin();
    Variable two = Variable.of(full(2));
    Variable lifted = trace.lift(two);
    assertThat(trace.lift(Variable.of(full(2)))).isSameAs(lifted);
    List<Variable> others =
        List.of(
            Variable.of(full(3)),
            Variable.of(full(2, 1)),
            Variable.scalar(DType.FLOAT32, 2),
            Variable.input(full(2)),
            Variable.input(full(2)),
            Variable.of(full(2, 2)),
            Variable.of(full(2, 2)));
    List<Variable> inputs = new ArrayList<>(List.of(lifted));
    others.forEach(v -> inputs.add(trace.lift(v)));
    assertThat(inputs).doesNotHaveDuplicates();
    assertThat(trace.lifted()).hasSize(8).startsWith(two).endsWith(others.getLast());
    assertThat(trace.size()).isEqualTo(8);
  }

  @Test
  void tracesOfOneStructureAreEqual() {
    Object structure = tanh(2).structure();
    assertThat(tanh(2).structure()).isEqualTo(structure);
    assertThat(tanh(3).structure()).isNotEqualTo(structure);
    assertThat(Traces.begin().structure()).isNotEqualTo(structure);
  }

  private static Trace tanh(int size) {
    Trace trace = Traces.begin();
    trace.record(new Tanh(), Traces.input(trace, true, size));
    return trace;
  }

  @Test
  void theTraceOfAGraphIsTheGraph() {
    String graph =
        """
        float64
        %x0 = sequence : [2]
        %c0 = invariant : [2]'
        %2 = mul %x0 %c0 : [2]'
        %3 = tanh %2 : [2]
        %4 = add %2 %3 : [2]'
        """;
    assertThat(text(Trace.of(Graphs.parse(graph), (i, v) -> new Role.Invariant(i))))
        .isEqualTo(graph);
  }

  /** Its instructions return the type of the operand. */
  private record Single() implements Pointwise {
    @Override
    public DType type(DType... in) {
      return DType.FLOAT32;
    }

    @Override
    public int emit(Program.Builder p, int... in) {
      return in[0];
    }

    @Override
    public Variable gradient(int i, Variable g, Variable out, Variable... in) {
      return g;
    }
  }

  @Test
  void aPointwiseOperationReturnsTheTypeOfItsOperands() {
    Trace trace = Traces.begin();
    Variable x = Traces.input(trace, false, 2);
    assertThatThrownBy(() -> trace.record(new Single(), x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "[single] forward expected to return float32 [2], as declared, got float64 [2]");
  }
}
