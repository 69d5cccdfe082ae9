package dev.unroll.examples.study;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.training.Outcome;
import dev.unroll.training.Task;
import java.util.List;

/** A cell and a linear layer, on a task. */
record MemoryModel(MemoryTask task, Unroll<?> unroll, Linear head) implements Layer, Task {

  /** An LSTM with forget gate biases for the length of the task: {@link Init#chronoBias}. */
  static final String CHRONO = "lstm-chrono";

  static MemoryModel of(MemoryTask task, String cell, int hidden, Init init) {
    return new MemoryModel(
        task,
        Unroll.of(cell(task, cell, hidden, init.at("cell"))),
        Linear.of(hidden, task.outputSize(), init.at("head")));
  }

  private static Cell<?> cell(MemoryTask task, String name, int hidden, Init init) {
    if (!name.equals(CHRONO)) {
      return Cells.named(name, task.inputSize(), hidden, init);
    }
    LstmCell lstm = LstmCell.of(task.inputSize(), hidden, init);
    return new LstmCell(
        lstm.weightInput(), lstm.weightRecurrent(), init.chronoBias(hidden, task.steps()));
  }

  @Override
  public Outcome apply(Batch batch, List<Variable> carried, Mode mode) {
    Variable outputs = unroll.apply(Variable.of(batch.inputs()), mode).outputs();
    Variable answer = task.answer(head.apply(outputs));
    return Outcome.of(task.loss(), answer, batch);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("unroll", unroll).layer("head", head);
  }
}
