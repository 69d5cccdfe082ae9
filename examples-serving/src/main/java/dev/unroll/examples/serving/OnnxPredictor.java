package dev.unroll.examples.serving;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.unroll.data.Labels;
import dev.unroll.models.Classified;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file of {@link OnnxModel}, opened by ONNX Runtime; its session is shared by all threads. */
final class OnnxPredictor implements Predictor {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final Labels labels;

  /**
   * Opens a file.
   *
   * @param threads of one request, 0 for the default of ONNX Runtime
   */
  OnnxPredictor(Path file, Labels labels, int threads) {
    this.labels = labels;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(threads);
      session = environment.createSession(file.toString(), options);
    } catch (OrtException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Classified predict(Request request) {
    try (OnnxTensor input = input(request);
        OrtSession.Result result = session.run(Map.of(OnnxModel.INPUT, input))) {
      float[][] probabilities = (float[][]) result.get(0).getValue();
      List<Double> all = new ArrayList<>();
      for (float p : probabilities[0]) {
        all.add((double) p);
      }
      return new Classified(labels, all);
    } catch (OrtException e) {
      throw new IllegalArgumentException("[onnx] " + e.getMessage(), e);
    }
  }

  private OnnxTensor input(Request request) throws OrtException {
    int[] ids = request.ids();
    if (ids != null) {
      return OnnxTensor.createTensor(environment, IntBuffer.wrap(ids), new long[] {ids.length, 1});
    }
    float[][] steps = request.features();
    int width = steps[0].length;
    float[] flat = new float[steps.length * width];
    for (int t = 0; t < steps.length; t++) {
      System.arraycopy(steps[t], 0, flat, t * width, width);
    }
    return OnnxTensor.createTensor(
        environment, FloatBuffer.wrap(flat), new long[] {steps.length, 1, width});
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
