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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  void aCheckpointMayReturnOneVariableTwice() {
    List<Variable> twice = Checkpoint.of(() -> Collections.nCopies(2, p.square()));
    Variable loss = twice.getFirst().sum().add(twice.getLast().mul(10).sum());
    assertThat(gradient(loss)).containsExactly(22, 44);
  }

  /** A function of two results; its backward pass sends two gradients, 1 and 2, to its input. */
  private Variable second(boolean possible, List<String> calls) {
    DirectBackward direct =
        new DirectBackward() {
          @Override
          public boolean isFor(Set<Integer> arrived) {
            assertThat(arrived).containsExactly(1);
            return possible;
          }

          @Override
          public List<Variable> again(Set<Integer> arrived) {
            assertThat(arrived).containsExactly(1);
            calls.add("again");
            return List.of(p.exp(), p.affine(4, 0));
          }

          @Override
          public void backward(@Nullable Variable[] arrived, Variable[] in, Sender sender) {
            calls.add("backward " + Arrays.toString(arrived));
            sender.send(0, ones());
            sender.send(0, ones().mul(2));
          }

          @Override
          public void release() {
            calls.add("release");
          }
        };
    Supplier<List<Variable>> replay =
        () -> {
          calls.add("replay");
          return List.of(p.exp(), p.affine(2, 0));
        };
    List<Shape> shapes = List.of(p.shape(), p.shape());
    return Internals.result(p.value(), new ReplayNode("both", shapes, replay, direct, p), 1);
  }

  private Variable ones() {
    return Variable.of(Tensor.full(p.type(), p.shape(), 1));
  }

  @Test
  void aDirectBackwardPassRunsOnceAndIsReleased() {
    List<String> calls = new ArrayList<>();
    Variable loss = second(true, calls).sum();
    assertThat(gradient(loss)).containsExactly(3, 3);
    assertThat(calls).containsExactly("backward [null, constant float64[2]]", "release");
  }

  @Test
  void aDirectBackwardPassForOtherResultsIsThatOfAnotherRun() {
    List<String> calls = new ArrayList<>();
    assertThat(gradient(second(false, calls).sum())).containsExactly(4, 4);
    assertThat(calls).containsExactly("again", "release");
  }

  @Test
  void gradientsThatAreRecordedComeFromTheRepeatedFunction() {
    List<String> calls = new ArrayList<>();
    Variable g = Gradients.of(second(true, calls), ones(), List.of(p)).getFirst();
    assertThat(g.value().toDoubles()).containsExactly(2, 2);
    assertThat(calls).containsExactly("replay");
  }

  private double[] gradient(Variable loss) {
    return Gradients.of(loss, Set.of(p)).get(p).dense().toDoubles();
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
