package dev.unroll.training;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Sgd;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** y = 2 x - 1, learned from sequences of one step. */
final class Line {
  final Linear layer = Linear.of(1, 1, Init.seed(4));
  final ExampleBatches source;
  final Trainer trainer;

  Line(int batch) {
    List<Example> examples =
        IntStream.range(0, 12)
            .mapToObj(i -> i * 0.1f)
            .map(x ->
                new Example(Tensor.of(Shape.of(1, 1), x), Tensor.of(Shape.of(1, 1), 2 * x - 1)))
            .toList();
    source = new ExampleBatches(examples, Order.sequential(12, batch));
    trainer = new Trainer(layer, Line.this::loss, optimizer(), source);
  }

  Outcome loss(Batch batch, List<Variable> carried, Mode mode) {
    Variable out = layer.apply(Variable.of(batch.inputs()));
    return Outcome.of(Loss.mse(), out, batch);
  }

  Optimizer optimizer() {
    return Optimizer.of(new Sgd(0.1), layer.parameters());
  }
}
