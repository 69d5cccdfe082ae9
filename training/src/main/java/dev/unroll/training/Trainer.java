package dev.unroll.training;

import dev.unroll.data.BatchSource;
import dev.unroll.layers.Layer;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Schedule;
import dev.unroll.optim.WeightAverage;
import dev.unroll.tensor.RandomKey;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model until it has made so many updates, no longer improves, or is asked to stop; and
 * goes on to the bit where an earlier process was stopped or killed.
 *
 * <pre>{@code
 * Trainer trainer =
 *     new Trainer(model, task, Optimizer.of(new Adam(), model.parameters()), batches)
 *         .key(RandomKey.of(1))
 *         .clip(1)
 *         .validate(heldOut, 500, Metric.accuracy())
 *         .patience(5)
 *         .checkpoints(Path.of("runs/first"), 500);
 * trainer.resume(); // does nothing where there is no checkpoint
 * Trainer.Result result = trainer.run(10_000);
 * }</pre>
 */
public final class Trainer {
  private final Learner learner;
  private final Progress progress;
  private final List<Listener> listeners = new ArrayList<>();
  private @Nullable Validation validation;
  private int patience = Integer.MAX_VALUE;
  private @Nullable Checkpoints checkpoints;
  private long interval = Long.MAX_VALUE;
  private volatile boolean stopped;

  /** Whether the thread that trains was interrupted: the flag itself would close files. */
  private boolean interrupted;

  private record Validation(Task task, BatchSource source, long interval, List<Metric> metrics) {}

  private final Task task;

  /** Why a training ended. */
  public enum Reason {
    /** It has made all the updates. */
    FINISHED,
    /** It no longer improved. */
    NO_IMPROVEMENT,
    /** {@link Trainer#stop} was called, or the thread was interrupted. */
    STOPPED
  }

  /**
   * How a training ended.
   *
   * @param steps updates made, those before a resume among them
   * @param metrics of the last validation, by name
   */
  public record Result(long steps, Reason reason, Map<String, Double> metrics) {}

  /**
   * Returns a training that has made no update yet.
   *
   * @param model whose weights are saved
   * @param task how it reads a batch
   * @param optimizer of its parameters
   * @param source of batches, from its position on
   */
  public Trainer(Layer model, Task task, Optimizer optimizer, BatchSource source) {
    this.task = task;
    learner = new Learner(task, optimizer, source);
    progress = new Progress(model, learner);
  }

  /** Sets the key of all randomness. */
  public Trainer key(RandomKey key) {
    learner.key = key;
    return this;
  }

  /** Sets how learning rates change. */
  public Trainer schedule(Schedule schedule) {
    learner.schedule = schedule;
    return this;
  }

  /** Shortens gradients to a longest norm: see {@link dev.unroll.optim.Clipping#globalNorm}. */
  public Trainer clip(double maxNorm) {
    if (!(maxNorm > 0)) {
      throw new IllegalArgumentException("[trainer] maxNorm must be above 0, not " + maxNorm);
    }
    learner.maxNorm = maxNorm;
    return this;
  }

  /**
   * Makes one update of so many batches, as if they were one: for batches that do not fit into
   * memory.
   */
  public Trainer accumulate(int batches) {
    learner.parts = (int) atLeastOne("batches", batches);
    return this;
  }

  /**
   * Averages the weights: validation, the best checkpoint and {@link #average} see the average.
   *
   * @param decay see {@link WeightAverage}
   */
  public Trainer average(double decay) {
    progress.average = new WeightAverage(decay, progress.model.parameters());
    return this;
  }

  /**
   * Measures the model on data held out, every so many updates and at the end. The first metric
   * decides what is best.
   */
  public Trainer validate(BatchSource heldOut, long interval, Metric... metrics) {
    if (metrics.length == 0) {
      throw new IllegalArgumentException("[trainer] validation needs at least one metric");
    }
    validation = new Validation(task, heldOut, atLeastOne("interval", interval), List.of(metrics));
    return this;
  }

  /** Ends the training after so many validations in a row without a new best one. */
  public Trainer patience(int validations) {
    patience = (int) atLeastOne("validations", validations);
    return this;
  }

  /**
   * Saves checkpoints: the last one every so many updates and at the end, and the best one.
   *
   * @param home a folder for them alone, which is made if need be
   */
  public Trainer checkpoints(Path home, long interval) {
    checkpoints = new Checkpoints(home);
    this.interval = atLeastOne("interval", interval);
    return this;
  }

  /**
   * Says what the weights files are to know about the model, such as its configuration.
   *
   * @param facts by name
   */
  public Trainer describe(Map<String, String> facts) {
    progress.description = new LinkedHashMap<>(facts);
    return this;
  }

  /** Adds somebody to be told what happens, behind those added before. */
  public Trainer listen(Listener listener) {
    listeners.add(listener);
    return this;
  }

  private static long atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("[trainer] " + name + " must be at least 1, not " + value);
    }
    return value;
  }

  /** Asks a training to end after the update that it is at. May be called from any thread. */
  public void stop() {
    stopped = true;
  }

  /** Returns the number of updates made, those before a resume among them. */
  public long steps() {
    return progress.step;
  }

  /**
   * Returns the average of the weights.
   *
   * @throws IllegalStateException if none was asked for
   */
  public WeightAverage average() {
    if (progress.average == null) {
      throw new IllegalStateException("[trainer] average(decay) was not called");
    }
    return progress.average;
  }

  /**
   * Goes back to the newest checkpoint, if there is one.
   *
   * @return whether there was one
   * @throws IOException if it cannot be read, or is of another model or training; the message says
   *     which file
   */
  public boolean resume() throws IOException {
    if (checkpoints == null) {
      throw new IllegalStateException("[trainer] checkpoints(home, interval) was not called");
    }
    var newest = checkpoints.newest();
    if (newest.isPresent()) {
      progress.restore(newest.get().folder());
    }
    return newest.isPresent();
  }

  /**
   * Trains until so many updates are made in all. An interrupt of the thread ends the training as
   * {@link #stop} does, and stays set.
   *
   * @throws DivergedException if the loss or its gradients are no numbers any more
   * @throws IOException if a checkpoint cannot be written; the ones before are untouched
   */
  public Result run(long steps) throws IOException {
    if (checkpoints != null) {
      Files.createDirectories(checkpoints.home());
      if (progress.step == 0 && checkpoints.newest().isPresent()) {
        throw new IllegalArgumentException(
            "[trainer] "
                + checkpoints.home()
                + " holds checkpoints of another run: resume() goes on with it");
      }
    }
    Reason reason = progress.waited >= patience ? Reason.NO_IMPROVEMENT : Reason.FINISHED;
    boolean validated = false;
    while (progress.step < steps && reason == Reason.FINISHED) {
      interrupted |= Thread.interrupted();
      if (stopped || interrupted) {
        reason = Reason.STOPPED;
      } else {
        step();
        validated = validation != null && progress.step % validation.interval() == 0;
        if (validated && validate() >= patience) {
          reason = Reason.NO_IMPROVEMENT;
        }
        if (progress.step % interval == 0) {
          save("last");
        }
      }
    }
    save("last");
    // Behind the checkpoint: had the run been longer, there would be no validation here.
    if (validation != null && !validated && reason == Reason.FINISHED && progress.step > 0) {
      validate();
    }
    if (interrupted) {
      interrupted = false;
      Thread.currentThread().interrupt();
    }
    return new Result(progress.step, reason, progress.metrics);
  }

  private void step() throws IOException {
    Step step;
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

  /** Says which checkpoint is there. */
  private String kept() throws IOException {
    return checkpoints == null
        ? "no checkpoint was kept"
        : checkpoints
            .newest()
            .map(f -> "the last good checkpoint is " + f.folder())
            .orElse("there is no checkpoint");
  }

  /** Returns how many validations in a row were not the best. */
  private int validate() throws IOException {
    Validation v = Objects.requireNonNull(validation);
    Map<String, Double> metrics =
        progress.predicting(() -> Evaluation.of(v.task, v.source, v.metrics));
    boolean best = progress.observe(v.metrics.getFirst(), metrics);
    for (Listener l : listeners) {
      l.onValidation(progress.step, metrics, best);
    }
    if (best) {
      save("best");
    }
    return progress.waited;
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
      for (Listener l : listeners) {
        l.onCheckpoint(progress.step, folder);
      }
    }
  }

  /** Writes a checkpoint, once more if an interrupt closed its files. */
  private Path write(Checkpoints to, String kind) throws IOException {
    try {
      return to.save(kind, progress.step, progress::save);
    } catch (ClosedByInterruptException e) {
      interrupted = Thread.interrupted();
      return to.save(kind, progress.step, progress::save);
    }
  }
}
