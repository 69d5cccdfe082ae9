package dev.unroll.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Receives events of a training run, on the training thread. An exception ends the run.
 *
 * {@snippet class="snippets.TrainingTest" region="Listener"}
 */
public interface Listener {
  /**
   * Called at the beginning of a run.
   *
   * @param step the number of updates made before, including those before a resume
   * @param steps the total number of updates after which the run ends
   */
  default void onStart(long step, long steps) throws IOException {}

  /** Called after each update. */
  default void onStep(TrainingStep step) throws IOException {}

  /**
   * Called after each validation, before a checkpoint is written.
   *
   * @param metrics the metrics by name
   * @param best whether the first metric is the best so far
   */
  default void onValidation(long step, Map<String, Double> metrics, boolean best)
      throws IOException {}

  /** Called when a checkpoint is complete. */
  default void onCheckpoint(long step, Path folder) throws IOException {}

  /**
   * Called at the end of a run that {@link #onStart} began, also if the run throws: the place to
   * close files.
   *
   * @param step the total number of updates made
   */
  default void onEnd(long step) throws IOException {}
}
