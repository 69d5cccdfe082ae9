package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training for a number of epochs: 12 examples in 3 batches. */
class EpochsTest {
  @TempDir Path home;

  @Test
  void epochsAreTheUpdatesThatReadTheirBatches() throws IOException {
    Line line = new Line(4);
    assertThat(line.trainer.runEpochs(2).steps()).isEqualTo(6);
    assertThat(line.source.position()).isEqualTo(6);
    assertThat(line.trainer.runEpochs(2).steps()).as("in total").isEqualTo(6);
    assertThat(line.trainer.runEpochs(5).steps()).isEqualTo(15);
  }

  @Test
  void epochsCountThoseBeforeAResume() throws IOException {
    new Line(4).trainer.checkpoints(home, 100).runEpochs(2);
    Line second = new Line(4);
    assertThat(second.trainer.checkpoints(home, 100).resume()).isTrue();
    assertThat(second.trainer.runEpochs(3).steps()).isEqualTo(9);
  }

  @Test
  void accumulatedBatchesAreFewerUpdates() throws IOException {
    Line line = new Line(4);
    line.trainer.accumulate(2);
    assertThat(line.trainer.stepsOf(1)).isEqualTo(2);
    assertThat(line.trainer.stepsOf(2)).isEqualTo(3);
    assertThat(line.trainer.runEpochs(4).steps()).isEqualTo(6);
    assertThat(line.source.position()).isEqualTo(12);
  }

  @Test
  void noEpochIsNoUpdate() throws IOException {
    assertThat(new Line(4).trainer.runEpochs(0).steps()).isZero();
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    Trainer t = new Line(4).trainer;
    assertThatThrownBy(() -> t.runEpochs(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[trainer] epochs must be at least 0, not -1");
    assertThatThrownBy(() -> t.stepsOf(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "[trainer] expected fewer than 2^63 batches, got 9223372036854775807 epochs of 3");
  }
}
