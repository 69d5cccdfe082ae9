package dev.unroll.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Labels;
import dev.unroll.data.Scaling;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that earlier versions wrote open with this one. They are never written again. */
class KeptFilesTest {
  @TempDir private Path folder;

  /** Returns the classifier that was written as format 1. */
  static Classifier first() {
    Init init = Init.seed(1);
    ManyToOne model =
        new ManyToOne(
            Sequential.of(Linear.of(2, 3, init.at("front")), Activation.tanh()),
            new RecurrentStack(
                List.of(
                    Unroll.of(LstmCell.of(3, 4, init.at("lstm"))),
                    Unroll.backward(GruCell.of(4, 3, init.at("gru")))),
                new Dropout(0.25)),
            Pooling.max(),
            Linear.of(3, 2, init.at("head")));
    Scaling scaling =
        new Scaling(Tensor.of(Shape.of(2), 0.5, 2.0), Tensor.of(Shape.of(2), 2.0, 4.0));
    return Classifier.of(model, new Labels(List.of("fine", "고장"))).scaled(scaling);
  }

  @Test
  void format1() throws IOException {
    Path path = folder.resolve("format-1.safetensors");
    try (InputStream in = KeptFilesTest.class.getResourceAsStream("format-1.safetensors")) {
      Files.copy(Objects.requireNonNull(in), path);
    }
    Classifier read = Classifier.load(path);
    assertThat(read).hasToString("Classifier[fine, 고장] scaled");
    Classified result = read.predict(new float[] {1, 2}, new float[] {-3, 0.5f});
    assertThat(result.probability("고장")).isCloseTo(EXPECTED, within(1e-6));
    assertThat(first().predict(new float[] {1, 2}, new float[] {-3, 0.5f}).probability("고장"))
        .isCloseTo(EXPECTED, within(1e-6));
  }

  private static final double EXPECTED = 0.4936593174934387;
}
