package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weights that no core's cache holds: all threads take a step together and divide its columns. A
 * row alone is too little work to be divided.
 */
class WideCellTest {
  private static final int ROWS = 16;
  private static final int HIDDEN = 520;

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", "rnn", "lstm-normalized"})
  void resultsAreBitIdenticalForAnyNumberOfThreads(String name) {
    Cell<?> cell = Cells.named(name, 3, HIDDEN, Init.seed(1));
    Tensor x = RandomKey.of(2).normal(DType.FLOAT32, Shape.of(ROWS, 4, 3), 0, 1);
    List<Tensor> together = outputsAndGradient(cell, x);
    assertThat(together.get(1).toDoubles()).doesNotContain(0);
    for (int row : new int[] {0, 7, ROWS - 1}) {
      List<Tensor> alone = outputsAndGradient(cell, x.slice(0, row, row + 1));
      for (int i = 0; i < 2; i++) {
        assertThat(alone.get(i).toDoubles())
            .containsExactly(together.get(i).slice(0, row, row + 1).toDoubles());
      }
    }
  }

  private static <S extends State<S>> List<Tensor> outputsAndGradient(Cell<S> cell, Tensor input) {
    Variable x = Variable.input(input);
    Variable outputs = Unroll.of(cell).apply(x, Mode.training(RandomKey.of(3))).outputs();
    Variable seed = Variable.of(outputs.value());
    return List.of(outputs.value(), Gradients.of(outputs, seed, List.of(x)).getFirst().value());
  }
}
