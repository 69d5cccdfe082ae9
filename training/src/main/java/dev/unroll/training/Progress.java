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
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that changes during a training, and its form in files. */
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger("dev.unroll.training");
  private static final String WEIGHTS = "weights.safetensors";
  private static final String AVERAGE = "average.safetensors";
  private static final String TRAINING = "training.safetensors";

  final Layer model;
  Map<String, String> description = Map.of();
  @Nullable WeightAverage average;
  long step;
  Map<String, Double> metrics = Map.of();

  /** Validations in a row without a new best one. */
  int waited;

  private double best = Double.NaN;
  private final Learner learner;

  Progress(Layer model, Learner learner) {
    this.model = model;
    this.learner = learner;
  }

  /** Computes something with the weights that predict: the averages, if there are any. */
  <T> T predicting(Supplier<T> work) {
    return average == null ? work.get() : average.during(work);
  }

  /** Takes note of a validation, and returns whether it is the best so far. */
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
    Map<String, Tensor> state = new LinkedHashMap<>();
    put("optimizer/", learner.optimizer.state(), state);
    put("schedule/", learner.schedule.state(), state);
    if (average != null) {
      new Safetensors(average.values(), description).write(folder.resolve(AVERAGE));
      put("average/", average.state(), state);
    }
    for (int i = 0; i < learner.carried.size(); i++) {
      state.put("carried/" + i, learner.carried.get(i));
    }
    new Safetensors(state, facts()).write(folder.resolve(TRAINING));
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
    return facts;
  }

  private static String version() {
    Module m = Progress.class.getModule();
    return m.isNamed() ? m.getDescriptor().rawVersion().orElse("unknown") : "unknown";
  }

  /**
   * Reads everything back.
   *
   * @throws IOException if a file is missing, damaged or of another training
   */
  void restore(Path folder) throws IOException {
    Path path = folder.resolve(TRAINING);
    Safetensors weights = Safetensors.read(folder.resolve(WEIGHTS));
    Safetensors training = Safetensors.read(path);
    Map<String, String> facts = training.metadata();
    try {
      long from = Long.parseLong(fact(facts, "step"));
      long position = Long.parseLong(fact(facts, "position"));
      RandomKey key = new RandomKey(Long.parseLong(fact(facts, "key")));
      double bestThen = Double.parseDouble(fact(facts, "best"));
      int waitedThen = Integer.parseInt(fact(facts, "waited"));
      model.load(weights.tensors()).orThrow();
      learner.optimizer.restore(part("optimizer/", training));
      learner.schedule.restore(part("schedule/", training));
      Map<String, Tensor> averages = part("average/", training);
      if (average != null) {
        average.restore(averages);
      } else if (!averages.isEmpty()) {
        throw new IllegalArgumentException("weights were averaged, call average(decay)");
      }
      Map<String, Tensor> carried = part("carried/", training);
      learner.carried =
          IntStream.range(0, carried.size())
              .mapToObj(i -> Objects.requireNonNull(carried.get(String.valueOf(i))))
              .toList();
      learner.source.seek(position);
      learner.key = key;
      step = from;
      best = bestThen;
      waited = waitedThen;
    } catch (IllegalArgumentException e) {
      throw new IOException(folder + ": " + e.getMessage(), e);
    }
    warn(folder, facts);
  }

  /** Returns the weights of a checkpoint that predict: the averages, if there are any. */
  Map<String, Tensor> predictingWeights(Path folder) throws IOException {
    return Safetensors.read(folder.resolve(average == null ? WEIGHTS : AVERAGE)).tensors();
  }

  private void warn(Path folder, Map<String, String> then) {
    Map<String, String> now = facts();
    for (String name : List.of("version", "kernels", "vectorBits")) {
      if (!Objects.equals(now.get(name), then.get(name))) {
        LOG.warn(
            "{} was made with {} {}, this is {}: the run goes on, but not to the same bits",
            folder,
            name,
            then.get(name),
            now.get(name));
      }
    }
  }

  private static String fact(Map<String, String> facts, String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new IllegalArgumentException("\"" + name + "\" is missing; given " + facts.keySet());
    }
    return value;
  }

  private static void put(String prefix, Map<String, Tensor> from, Map<String, Tensor> to) {
    from.forEach((name, t) -> to.put(prefix + name, t));
  }

  private static Map<String, Tensor> part(String prefix, Safetensors file) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    file.tensors()
        .forEach((name, t) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), t);
          }
        });
    return part;
  }
}
