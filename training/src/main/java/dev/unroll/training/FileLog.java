package dev.unroll.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a row per update and per validation to a file, as CSV or as JSON lines. A row is complete
 * in the file before the next update begins, so that a checkpoint is never ahead of it.
 *
 * <p>A run that begins after update n retains the rows up to n and drops the others, whose updates
 * are repeated: those of a process that was killed after its last checkpoint, and a row that it
 * left incomplete. A run that begins at update 0 begins the file again. A file that does not have
 * the form of these rows is refused and left as it is.
 *
 * {@snippet class="snippets.ListenersTest" region="FileLog"}
 */
public final class FileLog implements Listener {
  private final RowFile file;
  private final RowFormat format;
  private final long interval;

  private FileLog(RowFile file, RowFormat format, long interval) {
    this.file = file;
    this.format = format;
    this.interval = interval;
  }

  /**
   * Returns a log in CSV with the columns {@code step,seconds,predictions,loss,norm,rateFactor}
   * ({@link TrainingStep}; seconds since the training began, those before a resume included), and
   * one per metric; a metric of the name of another column, such as the loss, has the column {@code
   * validation loss}. The row of an update has no metrics, that of a validation nothing else but
   * step and seconds.
   *
   * @param metrics those of {@link Trainer#validate} that the file contains; without any, it has no
   *     rows of validations
   * @throws IllegalArgumentException if two metrics have the same name
   */
  public static FileLog csv(Path file, Metric... metrics) {
    List<String> names =
        Evaluation.copy(Arrays.asList(Objects.requireNonNull(metrics, "metrics"))).stream()
            .map(Metric::name)
            .toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(
          "[fileLog] expected metrics of different names, got " + names);
    }
    return of(file, new RowFormat.Csv(names));
  }

  /**
   * Returns a log of JSON lines: {@code {"step":1,"seconds":0.012,"predictions":32,"loss":0.7,
   * "norm":1.5,"rateFactor":1.0}} for an update, {@code {"step":1,"seconds":0.015,"best":true,
   * "metrics":{"accuracy":0.5}}} for a validation. Numbers that are NaN or infinite are null.
   */
  public static FileLog jsonLines(Path file) {
    return of(file, new RowFormat.JsonLines());
  }

  private static FileLog of(Path file, RowFormat format) {
    return new FileLog(new RowFile(Objects.requireNonNull(file, "file"), format), format, 1);
  }

  /**
   * Returns a log with a row for every n-th update only. Validations are not affected.
   *
   * @param n at least 1
   */
  public FileLog every(long n) {
    if (n < 1) {
      throw new IllegalArgumentException("[fileLog] expected an interval of at least 1, got " + n);
    }
    return new FileLog(file, format, n);
  }

  @Override
  public void onStart(long step, long steps) throws IOException {
    file.open(step);
  }

  @Override
  public void onStep(TrainingStep step) throws IOException {
    if (step.number() % interval == 0) {
      file.append(format.update(step, file.seconds()));
    }
  }

  @Override
  public void onValidation(long step, Map<String, Double> metrics, boolean best)
      throws IOException {
    String row = format.validation(step, file.seconds(), metrics, best);
    if (!row.isEmpty() && file.validated() < step) { // A resumed run may validate again at its end.
      file.append(row);
    }
  }

  @Override
  public void onEnd(long step) throws IOException {
    file.close();
  }

  @Override
  public String toString() {
    return "FileLog[" + file.path() + "]";
  }
}
