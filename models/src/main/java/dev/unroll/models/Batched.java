package dev.unroll.models;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.layers.Layer;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Applies a model to examples in batches, all with one version of the weights. */
final class Batched {
  /** Sequences that are computed together. */
  private static final int SIZE = 64;

  private Batched() {}

  /** A model in evaluation mode. */
  interface Application {
    Variable apply(Variable x, int... lengths);
  }

  /** Returns the output for each example, without the axis of the batch. */
  static List<Tensor> outputs(Layer model, List<Example> examples, Application application) {
    return Variable.withoutGradient(
        () -> model.snapshot().call(() -> outputs(examples, Live.type(model), application)));
  }

  private static List<Tensor> outputs(List<Example> examples, DType type, Application application) {
    List<Tensor> all = new ArrayList<>();
    for (int at = 0; at < examples.size(); at += SIZE) {
      List<Example> some = examples.subList(at, Math.min(examples.size(), at + SIZE));
      Batch batch = ExampleBatches.batch(some);
      Tensor x = batch.inputs();
      Variable read = Variable.of(x.type().isFloating() ? x.to(type) : x);
      Tensor y = application.apply(read, batch.lengths().toInts()).value();
      for (int b = 0; b < some.size(); b++) {
        all.add(y.select(0, b));
      }
    }
    return all;
  }
}
