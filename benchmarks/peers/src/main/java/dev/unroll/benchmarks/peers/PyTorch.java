package dev.unroll.benchmarks.peers;

import dev.unroll.benchmarks.Library;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's native library through the presets of JavaCPP. */
public final class PyTorch implements Library {
  private final Map<String, Supplier<Runnable>> works = new LinkedHashMap<>();

  /** Called by the service loader. */
  public PyTorch() {
    works.put("W1", () -> TorchTraining.characters(TorchTraining.Kind.LAYER));
    works.put("W6", () -> TorchTraining.characters(TorchTraining.Kind.OPERATIONS));
    works.put("W2", () -> TorchTraining.words(200, 20, 0));
    works.put("W3", () -> TorchTraining.words(650, 35, 0.5));
    works.put("W4", () -> TorchLayers.pass("lstm"));
    works.put("W7-gru", () -> TorchLayers.pass("gru"));
    works.put("W7-rnn", () -> TorchLayers.pass("rnn"));
    works.put("W5-128", () -> TorchLayers.inference(128));
    works.put("W5-512", () -> TorchLayers.inference(512));
    works.put("W5-stream", () -> TorchLayers.stream(128));
    works.put("gemm-nn-512", () -> TorchLayers.product(512, 512, 512));
    works.put("gemm-nn-1024", () -> TorchLayers.product(1024, 1024, 1024));
    works.put("gemm-packed-32x128x512", () -> TorchLayers.product(32, 128, 512));
    works.put("gemm-packed-20x650x2600", () -> TorchLayers.product(20, 650, 2600));
    works.put("gemm-packed-64x1024x4096", () -> TorchLayers.product(64, 1024, 4096));
    works.put("softmax-64x10000", TorchLayers::softmax);
    works.put("adam-10m", TorchTraining::adam);
  }

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public String kernels() {
    String capability = torch.get_cpu_capability().getString();
    return capability + ", products by OpenBLAS with " + OpenBlasCore.name() + " kernels";
  }

  @Override
  public Set<String> workloads() {
    return works.keySet();
  }

  @Override
  public Supplier<Object> prepare(String workload, int threads) {
    torch.set_num_threads(threads);
    torch.set_num_interop_threads(1);
    Runnable work = works.get(workload).get();
    return () -> {
      try (PointerScope scope = new PointerScope()) {
        work.run();
        return scope;
      }
    };
  }
}
