package dev.unroll.examples.classify;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Outcome;
import dev.unroll.training.Task;
import java.util.List;

/**
 * Logistic regression on the set of characters and pairs that occur in a text.
 *
 * @param weights {@code [V, C]}
 */
record BagOfGrams(Embedding weights) implements Layer, Task {

  static BagOfGrams of(int vocabulary, int classes) {
    Tensor zeros = Tensor.zeros(DType.FLOAT32, Shape.of(vocabulary, classes));
    return new BagOfGrams(new Embedding(new Parameter(zeros)));
  }

  @Override
  public Outcome apply(Batch batch, List<Variable> carried, Mode mode) {
    Variable each = weights.apply(Variable.of(batch.inputs()));
    Variable logits = Pooling.sum().apply(each, batch.lengths().toInts());
    return Outcome.of(Loss.crossEntropy(), logits, batch);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("weights", weights);
  }
}
