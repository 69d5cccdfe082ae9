package dev.unroll.examples.serving;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Mode;
import dev.unroll.models.Classified;
import dev.unroll.models.Classifier;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A saved model, opened by Unroll.
 *
 * @param classifier of sequences of features, or of ids if its front is an embedding
 */
record UnrollPredictor(Classifier classifier) implements Predictor {

  @Override
  public Classified predict(Request request) {
    return classifier.model().front() instanceof Embedding
        ? predictText(request.words())
        : classifier.predict(request.features());
  }

  private Classified predictText(int[] ids) {
    Tensor x = Tensor.of(Shape.of(1, ids.length), ids);
    int[] lengths = {ids.length};
    Tensor probabilities =
        Variable.withoutGradient(() ->
            classifier.model().apply(Variable.of(x), lengths, Mode.evaluation()).softmax().value());
    return classified(probabilities.toFloats());
  }

  private Classified classified(float[] probabilities) {
    List<Double> all = new ArrayList<>();
    for (float p : probabilities) {
      all.add((double) p);
    }
    return new Classified(classifier.labels(), all);
  }

  @Override
  public void close() {}
}
