package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.files.AtomicFolder;
import dev.unroll.testing.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checkpoint of the best weights, which a training ends with, when it is damaged or gone. */
class BestCheckpointTest {
  @TempDir Path home;

  private Line training(Double... script) {
    Line line = new Line(12);
    List<Double> values = new ArrayList<>(List.of(script));
    Metric scripted = new Sums("scripted", false, o -> new double[1], s -> values.removeFirst());
    line.trainer.patience(2).checkpoints(home, 10).validate(line.source, 10, scripted);
    return line;
  }

  /** The best weights are those of step 10, the last of step 20. */
  @BeforeEach
  void train() throws IOException {
    training(1.0, 2.0).trainer.run(20);
    assertThat(home.resolve("best-10")).isDirectory();
    assertThat(home.resolve("last-20")).isDirectory();
  }

  private void damage(String name) throws IOException {
    Path file = home.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void aDamagedBestCheckpointIsDetectedOnResume() throws IOException {
    damage("best-10/weights.safetensors");
    Line line = training(3.0);
    float[] before = line.layer.weight().value().toFloats();
    assertThatThrownBy(line.trainer::resume)
        .isInstanceOf(IOException.class)
        .hasMessage(
            home.resolve("best-10/weights.safetensors")
                + ": is damaged, or from another checkpoint: its SHA-256 differs from that in"
                + " digest.sha256; delete "
                + home.resolve("best-10")
                + " to continue without the best weights so far");
    assertThat(line.trainer.steps()).isZero();
    assertThat(line.layer.weight().value().toFloats()).isEqualTo(before);
    AtomicFolder.delete(home.resolve("best-10"));
    assertThat(line.trainer.resume()).isTrue();
    assertThat(
            Printed.toError(() -> {
              Trainer.Result r = line.trainer.run(1000);
              assertThat(r.steps()).isEqualTo(30);
              assertThat(r.reason()).isEqualTo(Trainer.Reason.NO_IMPROVEMENT);
            }))
        .contains("WARN", "no best weights in this process or a checkpoint");
  }

  @Test
  void laterDamageIsReportedWithAdviceAtTheEnd() throws IOException {
    Line line = training(3.0);
    assertThat(line.trainer.resume()).isTrue();
    damage("best-10/training.safetensors");
    assertThatThrownBy(() -> line.trainer.run(1000))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(home.resolve("best-10/training.safetensors") + ": is damaged")
        .hasMessageEndingWith(
            "; delete " + home.resolve("best-10") + " to continue without the best weights so far");
  }

  @Test
  void ofTwoDamagedOnesTheNewestIsNamed() throws IOException {
    damage("best-10/weights.safetensors");
    damage("last-20/weights.safetensors");
    assertThatThrownBy(training().trainer::resume)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(home.resolve("last-20/weights.safetensors") + ": is damaged")
        .hasMessageEndingWith("there is no other intact checkpoint");
  }

  @Test
  void aStepThatIsNotThatOfTheFolderIsShownAlone() throws IOException {
    Files.move(home.resolve("last-20"), home.resolve("last-900"));
    assertThatThrownBy(training().trainer::resume)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            home.resolve("last-900/digest.sha256") + ": expected step 900, got step 20; ");
  }
}
