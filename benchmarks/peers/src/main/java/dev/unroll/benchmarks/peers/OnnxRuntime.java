package dev.unroll.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.unroll.benchmarks.Library;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** ONNX Runtime: the LSTM node, all graph optimizations, inputs in native memory. */
public final class OnnxRuntime implements Library {
  /** Called by the service loader. */
  public OnnxRuntime() {}

  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public String kernels() {
    return "MLAS of version " + OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public Set<String> workloads() {
    return Set.of("W5-128", "W5-512", "W5-stream");
  }

  @Override
  public Supplier<Object> prepare(String workload, int threads) {
    int steps = workload.equals("W5-stream") ? 1 : 100;
    int size = workload.equals("W5-512") ? 512 : 128;
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(threads);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      OrtSession session = environment.createSession(OnnxModel.lstm(steps, size), options);
      Map<String, OnnxTensor> in =
          Map.of(
              "X", zeros(environment, steps, 1, size),
              "h", zeros(environment, 1, 1, size),
              "c", zeros(environment, 1, 1, size));
      return () -> run(session, in);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object run(OrtSession session, Map<String, OnnxTensor> in) {
    try (OrtSession.Result result = session.run(in)) {
      return result.size();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OnnxTensor zeros(OrtEnvironment environment, long... dims) throws OrtException {
    int n = 1;
    for (long d : dims) {
      n *= (int) d;
    }
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(n * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    return OnnxTensor.createTensor(environment, buffer, dims);
  }
}
