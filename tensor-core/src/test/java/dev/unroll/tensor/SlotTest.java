package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.spi.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotTest {
  private final Tensor initial = Tensor.of(Shape.of(3), 1f, 2f, 3f);
  private final Slot slot = Slot.of(initial);

  @Test
  void aProgramOverwritesASlotAndNothingElse() {
    Program.Builder p = Program.inputs(2);
    Program sum = p.results(p.add(0, 1));
    Tensor before = slot.snapshot();
    Tensor x = Tensor.of(Shape.of(3), 10f, 20f, 30f);
    assertThat(sum.run("sum", List.of(slot), x)).isEmpty();
    sum.run("sum", List.of(slot), x);
    assertThat(slot.snapshot().toFloats()).containsExactly(21, 42, 63);
    assertThat(before.toFloats()).containsExactly(1, 2, 3);
    assertThat(initial.toFloats()).containsExactly(1, 2, 3);
  }

  @Test
  void whatIsReadAfterwardsIsStillTheOldValue() {
    Program.Builder p = Program.inputs(2);
    int next = p.add(0, 1);
    Program both = p.results(p.apply(Code.SUB, next, 1), next);
    Tensor x = Tensor.of(Shape.of(3), 10f, 20f, 30f);
    assertThat(both.run("both", List.of(slot), x).getFirst().toFloats())
        .containsExactly(10, 20, 30);
    assertThat(slot.snapshot().toFloats()).containsExactly(11, 22, 33);
  }

  @Test
  void aSlotOfAnotherShapeIsAnErrorAndStaysAsItIs() {
    Tensor x = Tensor.zeros(DType.FLOAT32, Shape.of(2, 3));
    assertThatThrownBy(() -> Program.of(Code.ADD).run("add", List.of(slot), x))
        .hasMessage("[add] a slot has shape [3], the results [2, 3]");
    assertThat(slot.snapshot().toFloats()).containsExactly(1, 2, 3);
  }

  @Test
  void aSlotOfAProgramHandsOutItsNumbersOnceAndAtTheEnd() {
    Tensor x = Tensor.of(Shape.of(3), 10f, 20f, 30f);
    Slot sum = Slot.of("add", Program.of(Code.ADD), initial, x);
    Program.of(Code.ADD).run("add", List.of(sum), x);
    Tensor end = sum.end();
    assertThat(end.toFloats()).containsExactly(21, 42, 63);
    assertThat(initial.toFloats()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> Program.of(Code.ADD).run("add", List.of(sum), x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("[slot] has ended: its numbers were handed out");
    assertThatThrownBy(sum::end).isInstanceOf(IllegalStateException.class);
  }
}
