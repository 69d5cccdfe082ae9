package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FuseTest {
  private static void fuses(String step, String tasks) {
    assertThat(Fuse.of(Partition.of(Graphs.parse(step)))).hasToString(tasks);
  }

  @Test
  void pointwiseOperationsOfOneShapeAndStageAreOneTask() {
    fuses(
        """
        float64
        %x0 = sequence : [2, 4]
        %s0 = carried : [2, 4]
        %2 = tanh %x0 : [2, 4]
        %3 = mul %2 %s0 : [2, 4]
        %4 = add %3 %x0 : [2, 4]
        output 0 %2
        next 0 %4
        """,
        """
        all steps: %2 = tanh %x0 : [2, 4]
        loop 1: fused %3 %4 : [2, 4]
        """);
  }

  @Test
  void anotherShapeIsAnotherTask() {
    fuses(
        """
        float64
        %x0 = sequence : [2, 4]
        %x1 = sequence : [2, 1]
        %2 = tanh %x0 : [2, 4]
        %3 = tanh %x1 : [2, 1]
        %4 = mul %2 %3 : [2, 4]
        output 0 %4
        """,
        """
        all steps: %2 = tanh %x0 : [2, 4]
        all steps: %3 = tanh %x1 : [2, 1]
        all steps: %4 = mul %2 %3 : [2, 4]
        """);
  }

  @Test
  void operationsThatAreReadyComeBeforePointwiseOnes() {
    fuses(
        """
        float64
        %x0 = sequence : [2, 4]
        %1 = tanh %x0 : [2, 4]
        %2 = softmax %x0 : [2, 4]
        %3 = softmax %1 : [2, 4]
        %4 = add %2 %3 : [2, 4]
        output 0 %4
        """,
        """
        all steps: %2 = softmax %x0 : [2, 4]
        all steps: %1 = tanh %x0 : [2, 4]
        all steps: %3 = softmax %1 : [2, 4]
        all steps: %4 = add %2 %3 : [2, 4]
        """);
  }

  @Test
  void viewsAreNoTasks() {
    fuses(
        """
        float64
        %x0 = sequence : [2, 4]
        %1 = slice[axis=1, from=0, to=2] %x0 : [2, 2]
        %2 = tanh %1 : [2, 2]
        output 0 %2
        """,
        "all steps: %2 = tanh %1 : [2, 2]\n");
  }
}
