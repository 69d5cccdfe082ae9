package dev.unroll.examples.study;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cells;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.training.Outcome;
import dev.unroll.training.Task;
import java.util.List;

/** A cell and a linear layer, on a task. */
record MemoryModel(MemoryTask task, Unroll<?> unroll, Linear head) implements Layer, Task {

  static MemoryModel of(MemoryTask task, String cell, int hidden, Init init) {
    return new MemoryModel(
        task,
        Unroll.of(Cells.named(cell).create(task.inputSize(), hidden, init.at("cell"))),
        Linear.of(hidden, task.outputSize(), init.at("head")));
  }

  @Override
  public Outcome apply(Batch batch, List<Variable> carried, Mode mode) {
    Variable outputs = unroll.apply(Variable.of(batch.inputs()), mode).outputs();
    Variable answer = task.answer(head.apply(outputs));
    return Outcome.of(task.loss(answer, batch), answer, batch);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("unroll", unroll).layer("head", head);
  }
}
