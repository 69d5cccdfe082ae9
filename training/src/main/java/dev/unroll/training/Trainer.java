package dev.unroll.training;

import dev.unroll.data.BatchSource;
import dev.unroll.layers.Layer;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.optim.Clipping;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Schedule;
import dev.unroll.optim.WeightAverage;
import dev.unroll.tensor.RandomKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Trains a model for a number of updates, until it no longer improves, or until it is stopped; and
 * resumes, bit for bit, where an earlier process was stopped or killed.
 *
 * {@snippet class="snippets.TrainingTest" region="Trainer"}
 */
public final class Trainer {
  private final Task task;
  private final Learner learner;
  private final Progress progress;
  private final TrainingLoop loop;
  private final AtomicBoolean running = new AtomicBoolean();

  /** The reason why a run ended. */
  public enum Reason {
    /** All updates were made. */
    FINISHED,
    /** The model no longer improved; it has the best weights: see {@link Trainer#patience}. */
    NO_IMPROVEMENT,
    /** {@link Trainer#stop} was called, or the thread was interrupted. */
    STOPPED
  }

  /**
   * The result of a run.
   *
   * @param steps the total number of updates, including those before a resume
   * @param reason why the run ended
   * @param metrics the metrics of the last validation, by name. After {@link Reason#NO_IMPROVEMENT}
   *     and with {@link Trainer#restoreBest} the model may have the weights of an earlier
   *     validation: use {@link Evaluation} to measure them, or {@link Listener#onValidation} to
   *     learn which validation was the best
   */
  public record Result(long steps, Reason reason, Map<String, Double> metrics) {
    /** Checks for null. */
    public Result {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(metrics, "metrics");
    }
  }

  /**
   * Creates a trainer.
   *
   * <p>Parameters that are not in the optimizer are frozen; the log (SLF4J, {@code
   * dev.unroll.training}) lists them. It also warns of parameters with the same random initial
   * values, because two parts share one {@link dev.unroll.layers.Init}, and, at the first update,
   * of parameters that the loss reads but the model does not describe: these are neither trained
   * nor saved.
   *
   * @param model the model, whose weights are saved
   * @param task applies the model to a batch
   * @param optimizer an optimizer of the model's parameters, or of some of them
   * @param source the training batches, from its current position on
   * @throws IllegalArgumentException if the optimizer has no parameter, or one that is not the
   *     model's, or if the source has no batch
   */
  public Trainer(Layer model, Task task, Optimizer optimizer, BatchSource source) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(source, "source");
    ParameterChecks.check(model, optimizer);
    if (source.batchesPerEpoch() < 1) {
      throw new IllegalArgumentException(
          "[trainer] expected a source of at least 1 batch, got " + source.batchesPerEpoch());
    }
    this.task = task;
    learner = new Learner(model, task, optimizer, source);
    progress = new Progress(model, learner);
    loop = new TrainingLoop(learner, progress);
  }

  /**
   * Creates a trainer of a model with one output per sequence, as {@link Task#of(ManyToOne, Loss)}
   * applies it.
   */
  public Trainer(ManyToOne model, Loss loss, Optimizer optimizer, BatchSource source) {
    this(model, Task.of(model, loss), optimizer, source);
  }

  /**
   * Creates a trainer of a model with one output per step, as {@link Task#of(ManyToMany, Loss)}
   * applies it.
   */
  public Trainer(ManyToMany model, Loss loss, Optimizer optimizer, BatchSource source) {
    this(model, Task.of(model, loss), optimizer, source);
  }

  /** Sets the key of all random numbers. */
  public Trainer key(RandomKey key) {
    learner.key = Objects.requireNonNull(key, "key");
    progress.givenKey = key;
    return this;
  }

  /** Sets the schedule of the learning rates. */
  public Trainer schedule(Schedule schedule) {
    learner.schedule = Objects.requireNonNull(schedule, "schedule");
    return this;
  }

  /**
   * Clips gradients by their global norm: see {@link Clipping#globalNorm}.
   *
   * @param maxNorm above 0; infinity disables clipping
   */
  public Trainer clip(double maxNorm) {
    if (!(maxNorm > 0)) {
      throw new IllegalArgumentException("[trainer] maxNorm must be above 0, not " + maxNorm);
    }
    return clip(Clipping.byNorm(Math.min(maxNorm, Double.MAX_VALUE)));
  }

  /** Clips gradients by another method, such as {@link Clipping#byValue}. */
  public Trainer clip(Clipping.Method method) {
    learner.clipping = Objects.requireNonNull(method, "method");
    return this;
  }

  /**
   * Makes each update from several batches as if they were one, for batches that do not fit into
   * memory.
   */
  public Trainer accumulate(int batches) {
    learner.parts = (int) atLeastOne("batches", batches);
    return this;
  }

  /**
   * Averages the weights: validation, the best checkpoint and {@link #average} use the average.
   *
   * @param decay see {@link WeightAverage}
   */
  public Trainer average(double decay) {
    progress.average = new WeightAverage(decay, progress.model.parameters());
    return this;
  }

  /**
   * Evaluates the model on held-out data, every {@code interval} updates and at the end. The first
   * metric decides which weights are best. Validation starts at the beginning of the source and
   * restores its position, so that it may be the training source.
   *
   * @throws IllegalArgumentException if there is no metric, two have the same name, or the source
   *     has no batch
   */
  public Trainer validate(BatchSource heldOut, long interval, Metric... metrics) {
    Objects.requireNonNull(heldOut, "heldOut");
    List<Metric> all = Evaluation.copy(Arrays.asList(Objects.requireNonNull(metrics, "metrics")));
    if (all.isEmpty()) {
      throw new IllegalArgumentException("[trainer] validation needs at least one metric");
    }
    Evaluation.check(heldOut, all);
    loop.validation =
        new TrainingLoop.Validation(task, heldOut, atLeastOne("interval", interval), all);
    loop.validatedAt = progress.step;
    progress.metrics = Map.of();
    return this;
  }

  /**
   * Ends a run after the given number of consecutive validations without improvement. The model
   * then has the weights of the best validation: the averages, if weights are averaged. A later run
   * of this trainer continues from the last weights and resets the count of validations, but not
   * the best value. After {@link #resume}, the first run ends as the saved one did.
   */
  public Trainer patience(int validations) {
    loop.patience = (int) atLeastOne("validations", validations);
    return this;
  }

  /**
   * Ends every run with the weights of the best validation so far, those before a resume included:
   * the averages, if weights are averaged. This applies whatever ends the run: all updates made,
   * {@link #patience}, {@link #stop}, or an exception. A later run continues from the last weights,
   * which are those of the checkpoints named {@code last}, bit for bit as without this setting.
   *
   * <p>If there was no validation yet, or neither this process nor a checkpoint has the best
   * weights, the model keeps the last ones and a warning is logged.
   */
  public Trainer restoreBest() {
    loop.restoreBest = true;
    return this;
  }

  /**
   * Saves checkpoints: the last one, every {@code interval} updates and at the end, and the best
   * one.
   *
   * @param home a folder for the checkpoints only, created if necessary
   */
  public Trainer checkpoints(Path home, long interval) {
    Checkpoints checkpoints = new Checkpoints(home);
    loop.interval = atLeastOne("interval", interval);
    loop.checkpoints = checkpoints;
    loop.savedAt = progress.step;
    return this;
  }

  /**
   * Sets metadata of the weights files, such as the model's configuration.
   *
   * @param facts the metadata by name
   */
  public Trainer describe(Map<String, String> facts) {
    Objects.requireNonNull(facts, "facts");
    facts.forEach((name, text) -> {
      Objects.requireNonNull(name, "name of a fact");
      Objects.requireNonNull(text, () -> "facts: \"" + name + "\"");
    });
    progress.description = new LinkedHashMap<>(facts);
    return this;
  }

  /** Adds a listener, called after those added before. */
  public Trainer listen(Listener listener) {
    loop.listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  private static long atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("[trainer] " + name + " must be at least 1, not " + value);
    }
    return value;
  }

  /**
   * Ends the current run after its current update, or if there is none, the next run immediately.
   * Later runs are not affected. May be called from any thread.
   */
  public void stop() {
    loop.stop();
  }

  /**
   * Returns the number of updates that a number of epochs takes: the batches of the source, divided
   * by those of {@link #accumulate} and rounded up. Schedules and intervals are given in updates.
   *
   * @param epochs at least 0
   */
  public long stepsOf(long epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException("[trainer] epochs must be at least 0, not " + epochs);
    }
    long each = learner.source.batchesPerEpoch();
    if (epochs > Long.MAX_VALUE / each) {
      throw new IllegalArgumentException(
          "[trainer] expected fewer than 2^63 batches, got " + epochs + " epochs of " + each);
    }
    return Math.ceilDiv(epochs * each, learner.parts);
  }

  /** Returns the total number of updates, including those before a resume. */
  public long steps() {
    return progress.step;
  }

  /**
   * Returns the average of the weights.
   *
   * @throws IllegalStateException if weights are not averaged
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
   * <p>The checkpoint must match this trainer. Besides the names, types and shapes of all tensors,
   * these are compared with the checkpoint: {@link Optimizer#identity} (the rules and their
   * hyperparameters except learning rates), {@link BatchSource#identity}, the number of batches of
   * {@link #accumulate}, the decay of {@link #average}, and the {@link #key}, if one was set;
   * otherwise the saved key is used. Checkpoints of earlier versions, which did not record these,
   * are rejected.
   *
   * <p>Learning rates, the schedule, {@link #clip}, validation, patience and intervals may differ:
   * the training continues with those given here. The saved best value is kept if the first metric
   * has the same name, and discarded otherwise.
   *
   * @return whether there was a checkpoint
   * @throws IOException if the checkpoint cannot be read, is damaged, or does not match this
   *     trainer, if the best checkpoint is damaged, or if another run uses the folder: nothing has
   *     changed then. The message names the file and the newest intact checkpoint
   */
  public boolean resume() throws IOException {
    Checkpoints checkpoints = loop.checkpoints;
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
        checkpoints.checkBest(newest.get());
        restore(checkpoints, newest.get());
        loop.resumed();
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
   * Trains until {@code steps} updates have been made in total, including those of earlier runs and
   * before a resume: {@code run(100)} after {@code run(60)} makes 40. Interrupting the thread ends
   * the run as {@link #stop} does, and the interrupt status remains set. If a run throws, the next
   * one continues with the batch, validation or save that failed.
   *
   * @param steps the total number of updates, at least 0. If that many have been made already, the
   *     model is not trained further
   * @throws DivergedException if the loss or its gradients are NaN or infinite
   * @throws IllegalStateException if {@link #patience} or {@link #restoreBest} was set without
   *     {@link #validate}, or if a run of this trainer is in progress, on another thread or around
   *     a listener
   * @throws IOException if a checkpoint cannot be written, in which case the previous ones are
   *     untouched; or if another run uses the folder
   */
  public Result run(long steps) throws IOException {
    if (steps < 0) {
      throw new IllegalArgumentException("[trainer] steps must be at least 0, not " + steps);
    }
    if (loop.needsBest() && loop.validation == null) {
      throw new IllegalStateException(
          "[trainer] "
              + (loop.restoreBest ? "restoreBest" : "patience")
              + " needs validate(source, interval, metrics)");
    }
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException("[trainer] expected no run in progress, got a second one");
    }
    try {
      if (loop.checkpoints == null) {
        return loop.run(steps);
      }
      try (RunLock _ = loop.checkpoints.lock(progress.step)) {
        return loop.run(steps);
      }
    } finally {
      running.set(false);
    }
  }

  /**
   * Trains until as many updates have been made in total as {@code epochs} epochs take, including
   * those of earlier runs and before a resume: {@code runEpochs(20)} is {@code run(stepsOf(20))}.
   * With {@link #accumulate}, the last update may include batches of the next epoch.
   *
   * @param epochs the total number of epochs, at least 0
   * @throws DivergedException as {@link #run}
   * @throws IOException as {@link #run}
   */
  public Result runEpochs(long epochs) throws IOException {
    return run(stepsOf(epochs));
  }

  @Override
  public String toString() {
    return "Trainer["
        + progress.step
        + " steps, "
        + learner.optimizer
        + ", "
        + learner.source
        + "]";
  }
}
