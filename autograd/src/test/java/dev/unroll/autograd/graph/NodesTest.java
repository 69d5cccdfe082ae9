package dev.unroll.autograd.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Checkpoint;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Graph;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nodes that recompute, and what packages of the module see of variables. */
class NodesTest {
  private final Parameter p = new Parameter(Tensor.of(Shape.of(2), 1.0, 2.0));

  @Test
  void aCheckpointIsReleasedWithItsGraph() {
    Variable loss = Checkpoint.of(() -> List.of(p.exp().sum())).getFirst();
    Gradients.of(loss, Set.of(p));
    assertThatThrownBy(() -> Gradients.of(loss, Set.of(p)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the graph of this checkpoint was released");
  }

  @Test
  void aCheckpointDependsOnWhatPrecedesIt() {
    Variable before = p.exp();
    Variable loss = Checkpoint.of(() -> List.of(before.tanh().sum())).getFirst();
    assertThat(Graph.of(loss).text()).contains("checkpoint", "exp").doesNotContain("tanh");
  }

  @Test
  void variablesRegisterTheirInternalsOnce() {
    assertThat(Internals.node(p)).isNull();
    assertThatThrownBy(() -> Internals.register(null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("[variable] its internals are already registered");
  }

  @Test
  void parametersThatATaskReadsAreFound() {
    assertThat(Internals.readBy(() -> p.mul(p).sum())).containsExactly(p);
    assertThat(Internals.readBy(() -> {})).isEmpty();
  }
}
