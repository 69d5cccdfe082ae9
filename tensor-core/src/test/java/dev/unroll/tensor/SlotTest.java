package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.spi.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotTest {
  private static final Program ADD = Program.of(Code.ADD);

  private final Tensor initial = Tensor.of(Shape.of(3), 1f, 2f, 3f);
  private final Tensor x = Tensor.of(Shape.of(3), 10f, 20f, 30f);
  private final Slot slot = Slot.of(initial);

  @Test
  void aProgramOverwritesASlotAndNothingElse() {
    Tensor before = slot.keep();
    assertThat(ADD.run("sum", List.of(slot), x)).isEmpty();
    ADD.run("sum", List.of(slot), x);
    assertThat(slot.value().toFloats()).containsExactly(21, 42, 63);
    assertThat(before.toFloats()).containsExactly(1, 2, 3);
    assertThat(initial.toFloats()).containsExactly(1, 2, 3);
  }

  @Test
  void aValueEndsWithTheNextOverwritingAndSoDoItsViews() {
    ADD.run("sum", List.of(slot), x);
    Tensor value = slot.value();
    Tensor view = value.reshape(3, 1);
    assertThat(slot.value()).isSameAs(value);
    ADD.run("sum", List.of(slot), x);
    String message =
        "[tensor] this float32 %s was overwritten by an update: keep() returns values that remain valid, and Layer.snapshot() weights to predict with during training";
    assertThatThrownBy(value::toFloats)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message, "[3]");
    assertThatThrownBy(() -> view.add(x)).hasMessage(message, "[3, 1]");
    assertThat(slot.value().toFloats()).containsExactly(21, 42, 63);
  }

  @Test
  void numbersThatAreKeptStayAndTheNextOnesLieElsewhere() {
    ADD.run("sum", List.of(slot), x);
    Tensor kept = slot.keep();
    ADD.run("sum", List.of(slot), x);
    ADD.run("sum", List.of(slot), x);
    assertThat(kept.toFloats()).containsExactly(11, 22, 33);
    assertThat(slot.value().toFloats()).containsExactly(31, 62, 93);
  }

  @Test
  void overwritingInPlaceTakesNoArray() {
    ADD.run("sum", List.of(slot), x);
    Object array = slot.value().storage();
    ADD.run("sum", List.of(slot), x);
    assertThat(slot.value().storage()).isSameAs(array);
  }

  @Test
  void aSlotOutlivesTheScopeOfItsFirstNumbers() {
    Slot outside;
    try (Buffers.Scope _ = new Buffers().open()) {
      outside = Slot.of(initial.add(x));
      ADD.run("sum", List.of(outside), x);
    }
    assertThat(outside.value().toFloats()).containsExactly(21, 42, 63);
  }

  @Test
  void aSlotOfAProgramEndsWithItsScope() {
    Slot sum;
    Tensor value;
    try (Buffers.Scope _ = new Buffers().open()) {
      sum = Slot.of("add", ADD, initial, x);
      ADD.run("add", List.of(sum), x);
      value = sum.value();
      assertThat(value.toFloats()).containsExactly(21, 42, 63);
    }
    assertThatThrownBy(value::toFloats).hasMessageContaining("was overwritten");
    assertThatThrownBy(() -> sum.keep().toFloats()).hasMessageContaining("scope that has ended");
  }

  @Test
  void whatLiesInASlotCanBeCopiedToLast() {
    ADD.run("sum", List.of(slot), x);
    Tensor lasting = Slot.lasting(slot.value().reshape(1, 3));
    ADD.run("sum", List.of(slot), x);
    assertThat(lasting.shape()).isEqualTo(Shape.of(1, 3));
    assertThat(lasting.toFloats()).containsExactly(11, 22, 33);
    assertThat(Slot.lasting(x)).isSameAs(x);
  }

  @Test
  void whatIsReadAfterwardsIsStillTheOldValue() {
    Program.Builder p = Program.inputs(2);
    int next = p.add(0, 1);
    Program both = p.results(p.apply(Code.SUB, next, 1), next);
    ADD.run("sum", List.of(slot), x);
    assertThat(both.run("both", List.of(slot), x).getFirst().toFloats())
        .containsExactly(10, 20, 30);
    assertThat(slot.value().toFloats()).containsExactly(21, 42, 63);
  }

  @Test
  void aSlotOfAnotherShapeIsAnErrorAndStaysAsItIs() {
    Tensor other = Tensor.zeros(DType.FLOAT32, Shape.of(2, 3));
    Tensor before = slot.value();
    assertThatThrownBy(() -> ADD.run("add", List.of(slot), other))
        .hasMessage("[add] a slot has shape [3], the results [2, 3]");
    assertThat(before.toFloats()).containsExactly(1, 2, 3);
  }

  @Test
  void someRowsAreOverwrittenAndTheOthersStay() {
    Slot table = Slot.of(Tensor.of(Shape.of(4, 2), 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f));
    Tensor first = table.value();
    Tensor rows = Tensor.of(Shape.of(2, 2), 10f, 20f, 30f, 40f);
    Tensor ids = Tensor.of(Shape.of(2), 3, 1);
    Rows.update("add", ADD, List.of(table), ids, rows);
    assertThat(table.value().toFloats()).containsExactly(1, 2, 33, 44, 5, 6, 17, 28);
    assertThat(first.get(1, 0)).isEqualTo(3);
    Object array = table.value().storage();
    Rows.update("add", ADD, List.of(table), ids, rows);
    assertThat(table.value().toFloats()).containsExactly(1, 2, 63, 84, 5, 6, 27, 48);
    assertThat(table.value().storage()).isSameAs(array);
  }

  @Test
  void rowsThatDoNotFitAreAnErrorAndNothingChanges() {
    Slot table = Slot.of(Tensor.zeros(DType.FLOAT32, Shape.of(4, 2)));
    Tensor rows = Tensor.zeros(DType.FLOAT32, Shape.of(2, 3));
    Tensor ids = Tensor.of(Shape.of(2), 3, 1);
    assertThatThrownBy(() -> Rows.update("add", ADD, List.of(table), ids, rows))
        .hasMessageContaining("[add]")
        .hasMessageContaining("[2, 3]")
        .hasMessageContaining("[2, 2]");
    Tensor outside = Tensor.of(Shape.of(2), 3, 4);
    assertThatThrownBy(() -> Rows.update("add", ADD, List.of(table), outside, rows.slice(1, 0, 2)))
        .hasMessage("[update] id 4 is outside 0 to 3, the rows of the table");
    Tensor twice = Tensor.of(Shape.of(2), 3, 3);
    assertThatThrownBy(() -> Rows.update("add", ADD, List.of(table), twice, rows.slice(1, 0, 2)))
        .hasMessage("[update] row 3 occurs twice");
    assertThat(table.value().toFloats()).containsOnly(0);
  }
}
