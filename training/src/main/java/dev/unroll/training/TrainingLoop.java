package dev.unroll.training;

import dev.unroll.data.BatchSource;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders what happens between updates: validations, saves, and the end of a run. */
final class TrainingLoop {
  private static final Logger LOG = LoggerFactory.getLogger("dev.unroll.training");

  final List<Listener> listeners = new ArrayList<>();
  @Nullable Validation validation;
  int patience = Integer.MAX_VALUE;
  boolean restoreBest;
  @Nullable Checkpoints checkpoints;
  long interval = Long.MAX_VALUE;

  /** The steps of the last validation and save that were made or skipped. */
  long validatedAt;

  long savedAt;

  private volatile boolean stopped;

  /** Whether the last validation found better weights that are not saved yet. */
  private boolean bestIsDue;

  /** Whether a run has returned since the last resume: the next one resets the patience. */
  private boolean ended;

  /** Whether the training thread was interrupted; the interrupt status itself would close files. */
  private boolean interrupted;

  private final Learner learner;
  private final Progress progress;
  private final BestWeights bestWeights;

  /**
   * The validation settings.
   *
   * @param interval in updates
   */
  record Validation(Task task, BatchSource source, long interval, List<Metric> metrics) {}

  TrainingLoop(Learner learner, Progress progress) {
    this.learner = learner;
    this.progress = progress;
    bestWeights = new BestWeights(progress.model);
  }

  /** Discards the state of the run before, since progress was restored from a checkpoint. */
  void resumed() {
    bestWeights.forget();
    bestIsDue = false;
    ended = false;
    validatedAt = progress.step;
    savedAt = progress.step;
  }

  void stop() {
    stopped = true;
  }

  /** Returns whether a run may end with the best weights. */
  boolean needsBest() {
    return restoreBest || patience < Integer.MAX_VALUE;
  }

  /** Trains until the total number of updates is {@code steps}. */
  Trainer.Result run(long steps) throws IOException {
    interrupted |= Thread.interrupted();
    try (StartedListeners _ = StartedListeners.of(listeners, progress, steps)) {
      bestWeights.goOn();
      if (validation != null && progress.judgeBy(validation.metrics.getFirst())) {
        bestWeights.forget();
      }
      if (ended && progress.step < steps && progress.waited >= patience) {
        progress.waited = 0;
      }
      Trainer.Reason reason = trainOrRestore(steps);
      if (restoreBest || reason == Trainer.Reason.NO_IMPROVEMENT) {
        useBest();
      }
      ended = true;
      return new Trainer.Result(progress.step, reason, progress.metrics);
    } finally {
      stopped = false;
      if (interrupted) {
        interrupted = false;
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Trains; if anything is thrown, the best weights are restored if that was asked for. */
  private Trainer.Reason trainOrRestore(long steps) throws IOException {
    try {
      return train(steps);
    } catch (IOException | RuntimeException | Error e) {
      if (restoreBest) {
        try {
          useBest();
        } catch (IOException | RuntimeException second) {
          e.addSuppressed(second);
        }
      }
      throw e;
    }
  }

  private Trainer.Reason train(long steps) throws IOException {
    settle();
    Trainer.Reason reason = reason();
    while (progress.step < steps && reason == Trainer.Reason.FINISHED) {
      interrupted |= Thread.interrupted();
      if (stopped || interrupted) {
        reason = Trainer.Reason.STOPPED;
      } else {
        step();
        settle();
        reason = reason();
      }
    }
    save("last");
    // After the checkpoint, since a longer run would not validate here.
    boolean validated = validatedAt == progress.step && !progress.metrics.isEmpty();
    if (validation != null
        && !validated
        && reason == Trainer.Reason.FINISHED
        && progress.step > 0) {
      validate();
      saveBest();
    }
    return reason;
  }

  private Trainer.Reason reason() {
    return progress.waited >= patience ? Trainer.Reason.NO_IMPROVEMENT : Trainer.Reason.FINISHED;
  }

  /** Validates and saves if due after an update and not yet done. */
  private void settle() throws IOException {
    if (validation != null
        && progress.step % validation.interval() == 0
        && validatedAt < progress.step) {
      validate();
    }
    saveBest();
    if (progress.step % interval == 0 && savedAt < progress.step) {
      save("last");
    }
  }

  /** Loads the best weights into the model, from this process or the checkpoint. */
  private void useBest() throws IOException {
    if (!bestWeights.areKnown() && checkpoints != null) {
      var best = checkpoints.best();
      if (best.isPresent()) {
        try {
          best.get().verify();
        } catch (IOException e) {
          throw Checkpoints.withoutBest(best.get(), e);
        }
        if (progress.isJudgedAlike(best.get().folder())) {
          bestWeights.remember(progress.predictingWeights(best.get().folder()));
        }
      }
    }
    if (!bestWeights.areKnown() && progress.step > 0) {
      LOG.warn("no best weights in this process or a checkpoint: the model has the last weights");
    }
    bestWeights.use();
  }

  private void step() throws IOException {
    TrainingStep step;
    try {
      step = learner.step(progress.step + 1);
    } catch (ArithmeticException e) {
      String message =
          "[trainer] step " + (progress.step + 1) + ": " + e.getMessage() + "; " + kept();
      throw new DivergedException(progress.step + 1, message, e);
    }
    progress.step++;
    if (progress.average != null) {
      progress.average.update();
    }
    for (Listener l : listeners) {
      l.onStep(step);
    }
  }

  private String kept() throws IOException {
    return checkpoints == null ? "there is no checkpoint" : checkpoints.kept();
  }

  private void validate() throws IOException {
    Validation v = Objects.requireNonNull(validation);
    bestIsDue =
        progress.predicting(() -> {
          var metrics = Evaluation.of(v.task, v.source, v.metrics);
          boolean better = progress.observe(v.metrics.getFirst(), metrics);
          if (better && needsBest()) {
            bestWeights.remember();
          }
          return better;
        });
    validatedAt = progress.step;
    for (Listener l : listeners) {
      l.onValidation(progress.step, progress.metrics, bestIsDue);
    }
  }

  private void saveBest() throws IOException {
    if (bestIsDue) {
      save("best");
      bestIsDue = false;
    }
  }

  private void save(String kind) throws IOException {
    if (checkpoints != null && progress.step > 0) {
      Path folder;
      try {
        folder = write(checkpoints, kind);
      } catch (IOException e) {
        Path home = checkpoints.home();
        String what = Files.isDirectory(home) ? e.getMessage() : home + " is gone";
        throw new IOException(
            "step " + progress.step + " could not be saved: " + what + "; " + kept(), e);
      }
      savedAt = kind.equals("last") ? progress.step : savedAt;
      for (Listener l : listeners) {
        l.onCheckpoint(progress.step, folder);
      }
    }
  }

  /** Writes a checkpoint, and retries if an interrupt closed its files. */
  private Path write(Checkpoints to, String kind) throws IOException {
    try {
      return to.save(kind, progress.step, progress::save);
    } catch (ClosedByInterruptException e) {
      interrupted = Thread.interrupted();
      return to.save(kind, progress.step, progress::save);
    }
  }
}
