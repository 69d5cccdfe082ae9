package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {
  private final Parameter w = new Parameter(Tensor.zeros(DType.FLOAT32, Shape.of(3, 2)));
  private final Variable x = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(4, 3)));

  @Test
  void textNamesOperationsShapesAndParameters() {
    Variable y = Checkpoint.of(() -> List.of(x.matmul(w).tanh())).getFirst();
    Variable loss = y.mul(y).sum();
    assertThat(Graph.of(loss, Map.of("weight", w)).text())
        .isEqualTo(
            """
            %1 parameter weight float32[3, 2]
            %2 checkpoint[0](%1) float32[4, 2]
            %3 mul(%2, %2) float32[4, 2]
            %4 sum(%3) float32[]
            """);
    Gradients.of(loss, List.of(w));
    assertThat(Graph.of(loss).text()).isEqualTo("%1 sum (released) float32[]\n");
    assertThat(Graph.of(x).text()).isEqualTo("%1 constant float32[4, 3]\n");
  }

  @Test
  void resultsOfOneNodeAreInTheirOrder() {
    List<Variable> two = Checkpoint.of(() -> List.of(w.exp(), w.tanh()));
    assertThat(Graph.of(two.getLast().sub(two.getFirst())).text())
        .isEqualTo(
            """
            %1 parameter float32[3, 2]
            %2 checkpoint[0](%1) float32[3, 2]
            %3 checkpoint[1](%1) float32[3, 2]
            %4 sub(%3, %2) float32[3, 2]
            """);
  }

  @Test
  void parametersAreThoseOfTheGraph() {
    Parameter unused = new Parameter(w.value());
    Variable y = x.matmul(w);
    assertThat(Graph.of(y.mul(y)).parameters()).containsExactly(w).doesNotContain(unused);
    assertThat(Graph.of(w).parameters()).containsExactly(w);
    assertThat(Graph.of(x).parameters()).isEmpty();
  }

  @Test
  void dotHasABoxForEachVariableAndAnArrowForEachInput() {
    Variable y = x.matmul(w);
    assertThat(Graph.of(y.mul(y)).dot())
        .isEqualTo(
            """
            digraph {
              1 [label="constant\\nfloat32[4, 3]"]
              2 [label="parameter\\nfloat32[3, 2]"]
              3 [label="matmul\\nfloat32[4, 2]"]
              1 -> 3
              2 -> 3
              4 [label="mul\\nfloat32[4, 2]"]
              3 -> 4
            }
            """);
  }

  @Test
  void ofALargeGraphBothEndsAreShown() {
    Variable v = Variable.input(x.value());
    for (int i = 0; i < 100_000; i++) {
      v = v.reshape(Shape.of(i % 2 == 0 ? 3 : 4, i % 2 == 0 ? 4 : 3));
    }
    List<String> lines = Graph.of(v).text().lines().toList();
    assertThat(lines).hasSize(201);
    assertThat(lines.get(0)).isEqualTo("%1 input float32[4, 3]");
    assertThat(lines.get(100)).isEqualTo("... 99,801 more ...");
    assertThat(lines.get(101)).isEqualTo("%99902 reshape(%99901) float32[3, 4]");
    assertThat(Graph.of(v).dot())
        .containsOnlyOnce("  more [shape=plaintext, label=\"99,801 more\"]\n")
        .contains("  more -> 99902\n")
        .doesNotContain("  101 [");
  }
}
