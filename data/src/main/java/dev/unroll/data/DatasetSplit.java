package dev.unroll.data;

import java.util.Objects;

/** A data set in two parts, of the same features and labels. */
public record DatasetSplit(Dataset training, Dataset heldOut) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if features or labels differ
   */
  public DatasetSplit {
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(heldOut, "heldOut");
    if (!training.features().equals(heldOut.features())
        || !training.labels().equals(heldOut.labels())) {
      throw new IllegalArgumentException(
          "[dataset] expected the same features and labels in both parts, got "
              + training
              + " and "
              + heldOut);
    }
  }

  /** Scales the features of both parts to mean 0 and standard deviation 1 of the training part. */
  public DatasetSplit scaled() {
    Scaling scaling = training.standardScaling();
    return new DatasetSplit(training.scaled(scaling), heldOut.scaled(scaling));
  }
}
