package dev.unroll.training;

import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Layer;
import dev.unroll.optim.WeightAverage;
import dev.unroll.tensor.KernelInfo;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mutable state of a run, and its file format. */
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger("dev.unroll.training");
  private static final String WEIGHTS = "weights.safetensors";
  private static final String AVERAGE = "average.safetensors";
  private static final String TRAINING = "training.safetensors";

  /** The files of every checkpoint. */
  static final List<String> FILES = List.of(WEIGHTS, TRAINING);

  /** The files of a checkpoint with averaged weights. */
  static final List<String> ALL_FILES = List.of(WEIGHTS, TRAINING, AVERAGE);

  private static final String OPTIMIZER = "optimizer";
  private static final String SCHEDULE = "schedule";
  private static final String AVERAGES = "average";
  private static final String CARRIED = "carried";

  final Layer model;
  Map<String, String> description = Map.of();
  @Nullable WeightAverage average;

  /** The configured key, which must equal that of a checkpoint. */
  @Nullable RandomKey givenKey;

  long step;
  Map<String, Double> metrics = Map.of();

  /** The number of consecutive validations without improvement. */
  int waited;

  private double best = Double.NaN;

  /** The name of the metric of {@link #best}; empty if there is none. */
  private String metric = "";

  private final Learner learner;

  Progress(Layer model, Learner learner) {
    this.model = model;
    this.learner = learner;
  }

  /** Runs a task with the weights for prediction: the averages, if any. */
  <T> T predicting(Supplier<T> work) {
    return average == null ? work.get() : average.during(work);
  }

  /**
   * Sets the metric that decides which weights are best, and discards the best value of another
   * one.
   *
   * @return whether the metric is another one
   */
  boolean judgeBy(Metric first) {
    boolean another = !first.name().equals(metric);
    if (another) {
      metric = first.name();
      best = Double.NaN;
      waited = 0;
    }
    return another;
  }

  /** Records a validation, and returns whether it is the best so far. */
  boolean observe(Metric first, Map<String, Double> found) {
    double value = found.getOrDefault(first.name(), Double.NaN);
    boolean better = Double.isNaN(best) ? !Double.isNaN(value) : first.isBetter(value, best);
    metrics = found;
    best = better ? value : best;
    waited = better ? 0 : waited + 1;
    return better;
  }

  /** Writes everything into a folder. */
  void save(Path folder) throws IOException {
    new Safetensors(model.save(), description).write(folder.resolve(WEIGHTS));
    Sections state = Sections.of(Map.of());
    state.put(OPTIMIZER, learner.optimizer.state());
    state.put(SCHEDULE, learner.schedule.state());
    if (average != null) {
      new Safetensors(average.values(), description).write(folder.resolve(AVERAGE));
      state.put(AVERAGES, average.state());
    }
    state.put(CARRIED, learner.carried);
    new Safetensors(state.tensors(), facts()).write(folder.resolve(TRAINING));
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("version", version());
    facts.put("kernels", KernelInfo.current().provider());
    facts.put("vectorBits", String.valueOf(KernelInfo.current().vectorBits()));
    facts.put("step", String.valueOf(step));
    facts.put("position", String.valueOf(learner.source.position()));
    facts.put("key", String.valueOf(learner.key.bits()));
    facts.put("best", String.valueOf(best));
    facts.put("waited", String.valueOf(waited));
    facts.put("metric", metric);
    facts.putAll(Identity.of(learner, average));
    return facts;
  }

  private static String version() {
    Module m = Progress.class.getModule();
    return m.isNamed() ? m.getDescriptor().rawVersion().orElse("unknown") : "unknown";
  }

  /**
   * Reads everything back.
   *
   * @throws IOException if a file is missing, damaged or from another run; nothing has changed then
   */
  void restore(Checkpoints.Found from) throws IOException {
    from.verify();
    Path weightsFile = from.folder().resolve(WEIGHTS);
    Path trainingFile = from.folder().resolve(TRAINING);
    Map<String, Tensor> weights = Safetensors.read(weightsFile).tensors();
    Safetensors training = Safetensors.read(trainingFile);
    Runnable undo = undo();
    boolean restored = false;
    try {
      restore(weightsFile, () -> load(weights));
      restore(trainingFile, () -> restore(from.step(), training));
      restored = true;
    } finally {
      if (!restored) {
        undo.run();
      }
    }
    warn(from.folder(), training.metadata());
  }

  private static void restore(Path file, Runnable what) throws IOException {
    try {
      what.run();
    } catch (RuntimeException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private void load(Map<String, Tensor> weights) {
    checkTypes(weights);
    model.load(weights).orThrow();
  }

  private void restore(long from, Safetensors training) {
    Facts facts = new Facts(training.metadata());
    if (facts.count("step") != from) {
      throw new IllegalArgumentException(
          "expected step " + from + ", got the files of step " + facts.count("step"));
    }
    Identity.check(Identity.of(learner, average), facts);
    RandomKey key = new RandomKey(facts.bits("key"));
    Identity.checkKey(givenKey, key);
    long position = facts.count("position");
    String metricThen = facts.text("metric");
    double bestThen = facts.value("best");
    int waitedThen = (int) Math.min(Integer.MAX_VALUE, facts.count("waited"));
    Sections sections = Sections.of(training.tensors());
    sections.checkOnly(
        average == null
            ? Set.of(OPTIMIZER, SCHEDULE, CARRIED)
            : Set.of(OPTIMIZER, SCHEDULE, AVERAGES, CARRIED));
    restoreSchedule(sections.of(SCHEDULE));
    if (average != null) {
      average.restore(sections.of(AVERAGES));
    }
    learner.carried = sections.list(CARRIED);
    learner.source.seek(position);
    // Restored last, since it cannot be undone: an optimizer may reject its own earlier state.
    learner.optimizer.restore(sections.of(OPTIMIZER));
    learner.key = key;
    step = from;
    best = bestThen;
    waited = waitedThen;
    metric = metricThen;
  }

  /** A schedule restarts if it has a state and the saved one had none, or the reverse. */
  private void restoreSchedule(Map<String, Tensor> saved) {
    if (saved.isEmpty() == learner.schedule.state().isEmpty()) {
      learner.schedule.restore(saved);
    } else {
      LOG.warn("the schedule differs from that of the checkpoint; it restarts here");
    }
  }

  /** A model would silently round values of another type. */
  private void checkTypes(Map<String, Tensor> weights) {
    model
        .parameters()
        .forEach((path, p) -> {
          Tensor value = weights.get(path);
          if (value != null && value.type() != p.type()) {
            throw new IllegalArgumentException(
                "[load] \"" + path + "\" expected " + p.type() + ", got " + value.type());
          }
        });
  }

  /** Returns an action that restores the current state of everything except the optimizer. */
  private Runnable undo() {
    Map<String, Tensor> weights = model.save();
    Map<String, Tensor> schedule = learner.schedule.state();
    Map<String, Tensor> averages = average == null ? Map.of() : average.state();
    List<Tensor> carried = learner.carried;
    long position = learner.source.position();
    return () -> {
      model.load(weights);
      learner.schedule.restore(schedule);
      if (average != null) {
        average.restore(averages);
      }
      learner.carried = carried;
      learner.source.seek(position);
    };
  }

  /** Returns whether the metric that decides which weights are best is that of a checkpoint. */
  boolean isJudgedAlike(Path folder) throws IOException {
    Map<String, String> facts = Safetensors.read(folder.resolve(TRAINING)).metadata();
    return metric.equals(facts.get("metric"));
  }

  /** Returns the weights of a checkpoint for prediction: the averages, if any. */
  Map<String, Tensor> predictingWeights(Path folder) throws IOException {
    return Safetensors.read(folder.resolve(average == null ? WEIGHTS : AVERAGE)).tensors();
  }

  private void warn(Path folder, Map<String, String> then) {
    Map<String, String> now = facts();
    for (String name : List.of("version", "kernels", "vectorBits")) {
      if (!Objects.equals(now.get(name), then.get(name))) {
        LOG.warn(
            "{} was made with {} {}, this is {}: the run continues, but not bit for bit",
            folder,
            name,
            then.get(name),
            now.get(name));
      }
    }
  }
}
