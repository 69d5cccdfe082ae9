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
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final BestWeights bestWeights;

  /** The updates after which a validation and a save were made, or were not due. */
  private long validatedAt;

  private long savedAt;

  /** Whether the last validation found better weights, which are not saved yet. */
  private boolean bestIsDue;

  private volatile boolean stopped;
  private final AtomicBoolean running = new AtomicBoolean();

  /** Whether the thread that trains was interrupted: the flag itself would close files. */
  private boolean interrupted;

  private record Validation(Task task, BatchSource source, long interval, List<Metric> metrics) {}

  private final Task task;

  /** Why a training ended. */
  public enum Reason {
    /** It has made all the updates. */
    FINISHED,
    /** It no longer improved; the model has the weights that predicted best. */
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
   * <p>Parameters that the optimizer leaves out are frozen; the log (SLF4J, {@code
   * dev.unroll.training}) says which. It also warns of parameters that begin with the same random
   * numbers, because two parts were given one {@link dev.unroll.layers.Init}.
   *
   * @param model whose weights are saved
   * @param task how it reads a batch
   * @param optimizer of its parameters, or of some of them
   * @param source of batches, from its position on
   * @throws IllegalArgumentException if the optimizer moves nothing, or a parameter that is not of
   *     the model, or if the source has no batch
   */
  public Trainer(Layer model, Task task, Optimizer optimizer, BatchSource source) {
    ParameterChecks.check(model, optimizer);
    if (source.batchesPerEpoch() < 1) {
      throw new IllegalArgumentException(
          "[trainer] expected a source of at least 1 batch, got " + source.batchesPerEpoch());
    }
    this.task = task;
    bestWeights = new BestWeights(model);
    learner = new Learner(task, optimizer, source);
    progress = new Progress(model, learner);
  }

  /** Sets the key of all randomness. */
  public Trainer key(RandomKey key) {
    learner.key = Objects.requireNonNull(key, "key");
    return this;
  }

  /** Sets how learning rates change. */
  public Trainer schedule(Schedule schedule) {
    learner.schedule = Objects.requireNonNull(schedule, "schedule");
    return this;
  }

  /**
   * Shortens gradients to a longest norm: see {@link dev.unroll.optim.Clipping#globalNorm}.
   *
   * @param maxNorm above 0; infinity clips nothing
   */
  public Trainer clip(double maxNorm) {
    if (!(maxNorm > 0)) {
      throw new IllegalArgumentException("[trainer] maxNorm must be above 0, not " + maxNorm);
    }
    learner.maxNorm = Math.min(maxNorm, Double.MAX_VALUE);
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
   * Measures the model on data held out, every {@code interval} updates and at the end. The first
   * metric decides what is best. Validation starts at the beginning of the source and returns it to
   * its position, so that it may be the source that is trained on.
   *
   * @throws IllegalArgumentException if there is no metric, two have one name, or the source has no
   *     batch
   */
  public Trainer validate(BatchSource heldOut, long interval, Metric... metrics) {
    if (metrics.length == 0) {
      throw new IllegalArgumentException("[trainer] validation needs at least one metric");
    }
    Evaluation.check(heldOut, List.of(metrics));
    validatedAt = progress.step;
    progress.metrics = Map.of();
    validation = new Validation(task, heldOut, atLeastOne("interval", interval), List.of(metrics));
    return this;
  }

  /**
   * Ends the training after so many validations in a row without a new best one. The model then has
   * the weights of the best one: the averages, if weights are averaged. A later run goes on from
   * the last weights.
   */
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
    savedAt = progress.step;
    this.interval = atLeastOne("interval", interval);
    return this;
  }

  /**
   * Sets what the weights files say about the model, such as its configuration.
   *
   * @param facts by name
   */
  public Trainer describe(Map<String, String> facts) {
    progress.description = new LinkedHashMap<>(facts);
    return this;
  }

  /** Adds a listener, called after those added before. */
  public Trainer listen(Listener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  private static long atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("[trainer] " + name + " must be at least 1, not " + value);
    }
    return value;
  }

  /**
   * Asks the run under way to end after the update that it is at, or if there is none, the next run
   * to end at once. A run after that one goes on. May be called from any thread.
   */
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
   * Restores the newest checkpoint, if there is one.
   *
   * @return whether there was one
   * @throws IOException if it cannot be read, is damaged, or is of another model or training, or if
   *     another training is using the folder: nothing has changed then. The message names the file
   *     and the newest checkpoint that is intact
   */
  public boolean resume() throws IOException {
    if (checkpoints == null) {
      throw new IllegalStateException("[trainer] checkpoints(home, interval) was not called");
    }
    if (Files.notExists(checkpoints.home())) {
      return false;
    }
    if (!Files.isDirectory(checkpoints.home())) {
      throw new IOException(checkpoints.home() + ": expected a folder of checkpoints, got a file");
    }
    try (RunLock _ = RunLock.of(checkpoints.home())) {
      var newest = checkpoints.newest();
      if (newest.isPresent()) {
        restore(checkpoints, newest.get());
        bestWeights.forget();
        bestIsDue = false;
        validatedAt = progress.step;
        savedAt = progress.step;
      }
      return newest.isPresent();
    }
  }

  private void restore(Checkpoints from, Checkpoints.Found newest) throws IOException {
    try {
      progress.restore(newest);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; " + from.insteadOf(newest), e);
    }
  }

  /**
   * Trains until {@code steps} updates are made in all. An interrupt of the thread ends the
   * training as {@link #stop} does, and stays set. Whatever a run throws, the next one goes on as
   * if nothing had happened: with the batch that failed, or with the validation or save that was
   * due.
   *
   * @param steps at least 0; if so many are made already, nothing is trained
   * @throws DivergedException if the loss or its gradients are NaN or infinite
   * @throws IllegalStateException if {@link #patience} was set without {@link #validate}, or if a
   *     run of this trainer is under way, on another thread or around a listener
   * @throws IOException if a checkpoint cannot be written, the ones before are untouched; or if
   *     another training is using the folder
   */
  public Result run(long steps) throws IOException {
    if (steps < 0) {
      throw new IllegalArgumentException("[trainer] steps must be at least 0, not " + steps);
    }
    if (patience < Integer.MAX_VALUE && validation == null) {
      throw new IllegalStateException(
          "[trainer] patience needs validate(source, interval, metrics)");
    }
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException("[trainer] expected no run under way, got a second one");
    }
    try {
      if (checkpoints == null) {
        return goOn(steps);
      }
      try (RunLock _ = checkpoints.lock(progress.step)) {
        return goOn(steps);
      }
    } finally {
      running.set(false);
    }
  }

  private Result goOn(long steps) throws IOException {
    try {
      bestWeights.goOn();
      Reason reason = train(steps);
      if (reason == Reason.NO_IMPROVEMENT) {
        useBest();
      }
      return new Result(progress.step, reason, progress.metrics);
    } finally {
      stopped = false;
      if (interrupted) {
        interrupted = false;
        Thread.currentThread().interrupt();
      }
    }
  }

  private Reason train(long steps) throws IOException {
    settle();
    Reason reason = progress.waited >= patience ? Reason.NO_IMPROVEMENT : Reason.FINISHED;
    while (progress.step < steps && reason == Reason.FINISHED) {
      interrupted |= Thread.interrupted();
      if (stopped || interrupted) {
        reason = Reason.STOPPED;
      } else {
        step();
        settle();
        reason = progress.waited >= patience ? Reason.NO_IMPROVEMENT : Reason.FINISHED;
      }
    }
    save("last");
    // After the checkpoint: had the run been longer, there would be no validation here.
    boolean validated = validatedAt == progress.step && !progress.metrics.isEmpty();
    if (validation != null && !validated && reason == Reason.FINISHED && progress.step > 0) {
      validate();
      saveBest();
    }
    return reason;
  }

  /** Does what is due after an update, unless it is done. */
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

  /** Puts the best weights into the model: those of this process, or those of the checkpoint. */
  private void useBest() throws IOException {
    if (!bestWeights.areKnown() && checkpoints != null) {
      var best = checkpoints.best();
      if (best.isPresent()) {
        best.get().verify();
        bestWeights.remember(progress.predictingWeights(best.get().folder()));
      }
    }
    bestWeights.use();
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

  private String kept() throws IOException {
    return checkpoints == null ? "no checkpoint was kept" : checkpoints.kept();
  }

  private void validate() throws IOException {
    Validation v = Objects.requireNonNull(validation);
    bestIsDue =
        progress.predicting(() -> {
          var metrics = Evaluation.of(v.task, v.source, v.metrics);
          boolean better = progress.observe(v.metrics.getFirst(), metrics);
          if (better && patience < Integer.MAX_VALUE) {
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
