package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of a table that a scan gathers itself, where the table is short. */
final class ScanInputTest {
  private static final Variable IDS =
      Variable.of(Tensor.of(Shape.of(2, 3), 0, 1, 2, 2, 1, 0).to(DType.INT32));

  private static Variable table(int rows) {
    double[] values = new double[rows * 2];
    Arrays.setAll(values, i -> i);
    return Variable.of(Tensor.of(Shape.of(rows, 2), values));
  }

  private static void isItself(Variable input) {
    assertThat(ScanInput.of(List.of(input))).containsExactly(new ScanInput(input, null));
  }

  @Test
  void idsInTheOrderOfTimeReplaceTheRowsOfAShortTable() {
    Variable table = table(3);
    ScanInput input = ScanInput.of(List.of(table.gather(IDS).permute(1, 0, 2))).getFirst();
    assertThat(input.table()).isSameAs(table);
    assertThat(input.sequence().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(input.sequence().value().toDoubles()).containsExactly(0, 2, 1, 1, 2, 0);
    Variable step = Variable.of(Tensor.of(Shape.of(2), 2, 0).to(DType.INT32));
    assertThat(input.at(step).value().toDoubles()).containsExactly(4, 5, 0, 1);
  }

  @Test
  void otherInputsAreSequencesThemselves() {
    isItself(table(3));
    isItself(table(3).gather(IDS));
    isItself(table(4).gather(IDS).permute(1, 0, 2)); // Four rows are more than half of six ids.
    isItself(table(3).gather(IDS).permute(0, 2, 1));
    isItself(table(3).gather(IDS).permute(1, 0, 2).permute(1, 0, 2));
    Variable read = table(3).gather(IDS);
    assertThat(read.value().shape()).isEqualTo(Shape.of(2, 3, 2));
    isItself(read.permute(1, 0, 2));
    isItself(Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2, 3, 2))).permute(1, 0, 2));
    Variable x = table(3);
    assertThat(new ScanInput(x, null).at(x)).isSameAs(x);
  }
}
