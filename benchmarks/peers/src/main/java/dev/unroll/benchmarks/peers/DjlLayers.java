package dev.unroll.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;

/** Layers and products by DJL, time first. */
final class DjlLayers {
  private static final int STEPS = 100;

  private DjlLayers() {}

  static Runnable pass(NDManager manager, RecurrentBlock block, int size) {
    NDArray x = manager.randomNormal(new Shape(50, 64, size));
    NDArray seed = manager.randomNormal(new Shape(50, 64, size));
    block.initialize(manager, DataType.FLOAT32, x.getShape());
    block.getParameters().values().forEach(p -> p.getArray().setRequiresGradient(true));
    x.setRequiresGradient(true);
    ParameterStore store = new ParameterStore(manager, false);
    return () -> {
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray y = block.forward(store, new NDList(x), true).head();
        collector.backward(y.mul(seed).sum());
      }
    };
  }

  static Runnable inference(NDManager manager, RecurrentBlock block, int size) {
    NDArray x = manager.randomNormal(new Shape(STEPS, 1, size));
    block.initialize(manager, DataType.FLOAT32, x.getShape());
    ParameterStore store = new ParameterStore(manager, false);
    return () -> block.forward(store, new NDList(x), false).head().getFloat(STEPS - 1, 0, 0);
  }

  static Runnable product(NDManager manager, int m, int k, int n) {
    NDArray a = manager.randomNormal(new Shape(m, k));
    NDArray b = manager.randomNormal(new Shape(k, n));
    return () -> a.matMul(b);
  }
}
