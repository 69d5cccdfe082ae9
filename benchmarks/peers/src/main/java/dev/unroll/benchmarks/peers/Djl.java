package dev.unroll.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import dev.unroll.benchmarks.Library;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** PyTorch's native library as DJL distributes it: its matrix products are MKL's. */
public final class Djl implements Library {
  private static final int LARGE = 1024;

  private final Map<String, Function<NDManager, Runnable>> works = new LinkedHashMap<>();

  /** Called by the service loader. */
  public Djl() {
    works.put("W1", m -> new DjlTraining(m, 96, 64, 128, 1, 0).characters(32, 64));
    works.put("W2", m -> new DjlTraining(m, 10_000, 200, 200, 2, 0).words(20, 20));
    works.put("W3", m -> new DjlTraining(m, 10_000, 650, 650, 2, 0.5f).words(20, 35));
    works.put("W4", m -> DjlLayers.pass(m, lstm(LARGE), LARGE));
    works.put("W7-gru", m -> DjlLayers.pass(m, gru(LARGE), LARGE));
    works.put("W7-rnn", m -> DjlLayers.pass(m, rnn(LARGE), LARGE));
    works.put("W5-128", m -> DjlLayers.inference(m, lstm(128), 128));
    works.put("W5-512", m -> DjlLayers.inference(m, lstm(512), 512));
    works.put("gemm-nn-512", m -> DjlLayers.product(m, 512, 512, 512));
    works.put("gemm-nn-1024", m -> DjlLayers.product(m, 1024, 1024, 1024));
    works.put("gemm-packed-64x1024x4096", m -> DjlLayers.product(m, 64, 1024, 4096));
  }

  private static RecurrentBlock lstm(int size) {
    return LSTM.builder().setStateSize(size).setNumLayers(1).optBatchFirst(false).build();
  }

  private static RecurrentBlock gru(int size) {
    return GRU.builder().setStateSize(size).setNumLayers(1).optBatchFirst(false).build();
  }

  private static RecurrentBlock rnn(int size) {
    RNN.Builder builder = RNN.builder().setActivation(RNN.Activation.TANH);
    return builder.setStateSize(size).setNumLayers(1).optBatchFirst(false).build();
  }

  @Override
  public String name() {
    return "djl";
  }

  @Override
  public String kernels() {
    return "PyTorch " + Engine.getInstance().getVersion() + ", products by MKL";
  }

  @Override
  public Set<String> workloads() {
    return works.keySet();
  }

  @Override
  public Supplier<Object> prepare(String workload, int threads) {
    System.setProperty("OPT_OUT_TRACKING", "true"); // Otherwise it sends usage statistics.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "" + threads);
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Runnable work = works.get(workload).apply(NDManager.newBaseManager());
    return () -> {
      try (NDScope scope = new NDScope()) {
        work.run();
        return scope;
      }
    };
  }
}
