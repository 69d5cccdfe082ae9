package dev.unroll.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Is told what happens during training, on the thread that trains. What it throws ends the
 * training.
 */
public interface Listener {
  /** Is called after each update. */
  default void onStep(TrainingStep step) throws IOException {}

  /**
   * Is called after each validation, before a checkpoint is written.
   *
   * @param metrics by name
   * @param best whether the first of them is better than ever before
   */
  default void onValidation(long step, Map<String, Double> metrics, boolean best)
      throws IOException {}

  /** Is called when a checkpoint is whole. */
  default void onCheckpoint(long step, Path folder) throws IOException {}
}
