package dev.unroll.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Steps of training by DJL: an embedding, LSTM layers, and a linear layer over all words. */
final class DjlTraining {
  private final NDManager manager;
  private final int words;
  private final float dropout;
  private final NDArray table;
  private final LSTM lstm;
  private final Linear head;
  private final ParameterStore store;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  DjlTraining(NDManager manager, int words, int in, int hidden, int layers, float dropout) {
    this.manager = manager;
    this.words = words;
    this.dropout = dropout;
    table = manager.randomNormal(new Shape(words, in));
    lstm =
        LSTM.builder()
            .setStateSize(hidden)
            .setNumLayers(layers)
            .optDropRate(dropout)
            .optBatchFirst(false)
            .build();
    head = Linear.builder().setUnits(words).build();
    store = new ParameterStore(manager, false);
    lstm.initialize(manager, DataType.FLOAT32, new Shape(1, 1, in));
    head.initialize(manager, DataType.FLOAT32, new Shape(1, hidden));
    parameters.put("table", table);
    lstm.getParameters()
        .forEach(p -> parameters.put("lstm." + p.getKey(), p.getValue().getArray()));
    head.getParameters()
        .forEach(p -> parameters.put("head." + p.getKey(), p.getValue().getArray()));
    parameters.values().forEach(p -> p.setRequiresGradient(true));
  }

  /** A step with Adam. */
  Runnable characters(int batch, int steps) {
    Optimizer adam = Optimizer.adam().build();
    // The moments are created by the first update: here, outside the scope of each step.
    parameters.forEach((n, p) -> adam.update(n, p, p.zerosLike()));
    return step(batch, steps, () -> parameters.forEach((n, p) -> update(adam, n, p, 1)));
  }

  /** A step with SGD, gradients clipped at a global norm of 5. */
  Runnable words(int batch, int steps) {
    Optimizer sgd = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(1)).build();
    return step(
        batch,
        steps,
        () -> {
          double squares = 0;
          for (NDArray p : parameters.values()) {
            squares += p.getGradient().square().sum().getFloat();
          }
          float scale = (float) Math.min(1, 5 / Math.sqrt(squares));
          parameters.forEach((n, p) -> update(sgd, n, p, scale));
        });
  }

  private static void update(Optimizer optimizer, String name, NDArray parameter, float scale) {
    NDArray gradient = parameter.getGradient();
    optimizer.update(name, parameter, scale < 1 ? gradient.mul(scale) : gradient);
  }

  private Runnable step(int batch, int steps, Runnable update) {
    NDArray x = ids(1, new Shape(steps, batch));
    NDArray y = ids(2, new Shape((long) steps * batch, 1));
    return () -> {
      NDArray loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.zeroGradients();
        NDArray e = Embedding.embedding(x, table, SparseFormat.DENSE).head();
        NDArray h = dropped(lstm.forward(store, new NDList(dropped(e)), true).head());
        NDList rows = new NDList(h.reshape(x.size(), h.getShape().get(2)));
        NDArray scores = head.forward(store, rows, true).head().logSoftmax(1);
        loss = scores.gather(y, 1).mean().neg();
        collector.backward(loss);
      }
      update.run();
      loss.getFloat();
    };
  }

  private NDArray dropped(NDArray x) {
    return dropout == 0 ? x : Dropout.dropout(x, dropout, true).head();
  }

  private NDArray ids(long seed, Shape shape) {
    long[] values = new Random(seed).ints(shape.size(), 0, words).asLongStream().toArray();
    return manager.create(values, shape);
  }
}
