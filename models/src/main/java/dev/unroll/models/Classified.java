package dev.unroll.models;

import dev.unroll.data.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The class that a {@link Classifier} predicts for a sequence.
 *
 * {@snippet class="snippets.ModelsTest" region="Classified"}
 *
 * @param labels the labels of the classes
 * @param probabilities the probability of each class, in the order of the labels
 */
public record Classified(Labels labels, List<Double> probabilities) {

  /**
   * Checks the number of probabilities.
   *
   * @throws IllegalArgumentException if there is not one for each label, or one is NaN
   */
  public Classified {
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(probabilities, "probabilities")
        .forEach(p -> Objects.requireNonNull(p, "probability"));
    probabilities = List.copyOf(probabilities);
    if (labels.size() == 0 || probabilities.size() != labels.size()) {
      throw new IllegalArgumentException(
          "[classified] expected a probability for each of "
              + labels.names()
              + ", got "
              + probabilities.size());
    }
    if (probabilities.contains(Double.NaN)) {
      throw new IllegalArgumentException(
          "[classified] expected probabilities, got " + probabilities + ": are the inputs finite?");
    }
  }

  /** Returns the classes whose probabilities are the softmax of logits. */
  static Classified of(Labels labels, double... logits) {
    double largest = Arrays.stream(logits).max().orElse(0);
    double[] weights = Arrays.stream(logits).map(l -> Math.exp(l - largest)).toArray();
    double sum = Arrays.stream(weights).sum();
    return new Classified(labels, Arrays.stream(weights).mapToObj(w -> w / sum).toList());
  }

  /** Returns the label of the most probable class; of equally probable ones, the first. */
  public String label() {
    int best = 0;
    for (int i = 1; i < probabilities.size(); i++) {
      best = probabilities.get(i) > probabilities.get(best) ? i : best;
    }
    return labels.name(best);
  }

  /**
   * Returns the probability of a class.
   *
   * @throws IllegalArgumentException if there is no such label
   */
  public double probability(String label) {
    return probabilities.get(labels.id(label));
  }

  @Override
  public String toString() {
    return label() + " " + probability(label());
  }
}
