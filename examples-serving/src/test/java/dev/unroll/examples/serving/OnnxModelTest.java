package dev.unroll.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Activation;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.models.Classifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime answers as we do, with the same weights. */
class OnnxModelTest {
  @TempDir private Path folder;

  private void agree(Classifier classifier, List<Request> requests) throws IOException {
    Path file = folder.resolve("model.onnx");
    OnnxModel.write(classifier.model(), file);
    try (OnnxPredictor onnx = new OnnxPredictor(file, Samples.LABELS, 1)) {
      UnrollPredictor unroll = new UnrollPredictor(classifier);
      for (Request each : requests) {
        List<Double> expected = onnx.predict(each).probabilities();
        List<Double> got = unroll.predict(each).probabilities();
        for (int i = 0; i < expected.size(); i++) {
          assertThat(got.get(i)).isCloseTo(expected.get(i), within(1e-5));
        }
      }
    }
  }

  @Test
  void sensorsAgree() throws IOException {
    agree(Networks.sensors(1), Samples.lengths(8, 50, 1));
  }

  @Test
  void textsAgree() throws IOException {
    agree(Networks.text(1), Samples.texts(4, 100, 1));
  }

  @Test
  void writesNothingButAnLstmAndALinearLayer() {
    ManyToOne model = Networks.sensors(1).model();
    ManyToOne other =
        new ManyToOne(model.front(), model.recurrent(), model.pooling(), Activation.identity());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxModel.write(other, folder.resolve("other.onnx")))
        .withMessageStartingWith("[onnx] expected an LSTM and a linear layer");
  }
}
