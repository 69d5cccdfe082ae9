package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.data.TokenStream;
import dev.unroll.files.AtomicFolder;
import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Plateau;
import dev.unroll.optim.Schedule;
import dev.unroll.optim.Sgd;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  @TempDir Path home;
  private final List<String> told = new ArrayList<>();

  private static int[] text(int n) {
    return IntStream.range(0, n).map(i -> (i * i + i / 7) % 5).toArray();
  }

  /** A reproducible training of a language model, with every stateful part. */
  private Trainer languageModel(LanguageModel m) {
    Plateau plateau = new Plateau(1, 0.5);
    return new Trainer(
            m,
            new LanguageModeling(m),
            Optimizer.of(new Adam(0.01), m.parameters()),
            new TokenStream(text(401), 4, 9))
        .key(RandomKey.of(3))
        .clip(0.5)
        .accumulate(2)
        .average(0.9)
        .schedule(plateau.warmUp(5))
        .validate(new TokenStream(text(101), 2, 10), 4, Metric.perplexity(), Metric.accuracy())
        .checkpoints(home.resolve("checkpoints"), 3)
        .listen(
            new Listener() {
              @Override
              public void onValidation(long step, Map<String, Double> metrics, boolean best) {
                plateau.observe(-step);
                told.add("validation " + step + " " + metrics.keySet());
              }

              @Override
              public void onCheckpoint(long step, Path folder) {
                told.add(folder.getFileName().toString());
              }
            });
  }

  private static LanguageModel model() {
    return LanguageModel.of(new LanguageModel.Config("gru", 5, 4, 6, 2), Init.seed(1));
  }

  @Test
  void aRunThatWasResumedHasTheSameBits() throws IOException {
    LanguageModel whole = model();
    Trainer.Result result = languageModel(whole).run(11);
    assertThat(result.steps()).isEqualTo(11);
    assertThat(result.reason()).isEqualTo(Trainer.Reason.FINISHED);
    assertThat(result.metrics()).containsOnlyKeys("perplexity", "accuracy");
    assertThat(told)
        .contains("last-3", "validation 4 [perplexity, accuracy]", "best-4", "last-9", "last-11");
    Map<String, Tensor> expected = whole.save();
    Path other = home.resolve("other");
    Files.move(home.resolve("checkpoints"), other);

    LanguageModel first = model();
    languageModel(first).run(4);
    LanguageModel second =
        LanguageModel.of(new LanguageModel.Config("gru", 5, 4, 6, 2), Init.seed(9));
    Trainer resumed = languageModel(second);
    assertThat(resumed.resume()).isTrue();
    assertThat(resumed.steps()).isEqualTo(4);
    resumed.run(11);
    second
        .save()
        .forEach((name, t) -> assertThat(t.sameBits(expected.get(name))).as(name).isTrue());
    for (String file : List.of("weights", "average", "training")) {
      Path a = other.resolve("last-11/" + file + ".safetensors");
      Path b = home.resolve("checkpoints/last-11/" + file + ".safetensors");
      assertThat(b).hasSameBinaryContentAs(a);
    }
  }

  @Test
  void aFinalValidationDoesNotChangeAContinuedRun() throws IOException {
    LanguageModel whole = model();
    languageModel(whole).run(11);
    Files.move(home.resolve("checkpoints"), home.resolve("other"));
    LanguageModel parts = model();
    languageModel(parts).run(6); // Validated at 4, and at the end.
    assertThat(told).contains("validation 6 [perplexity, accuracy]");
    Trainer resumed = languageModel(parts);
    assertThat(resumed.resume()).isTrue();
    resumed.run(11);
    assertThat(home.resolve("checkpoints/last-11/training.safetensors"))
        .hasSameBinaryContentAs(home.resolve("other/last-11/training.safetensors"));
  }

  @Test
  void anInterruptDuringASaveIsNoError() throws IOException {
    Line line = new Line(12);
    line.trainer
        .checkpoints(home, 4)
        .schedule(
            new Schedule() {
              @Override
              public double factor(long updates) {
                return 1;
              }

              @Override
              public Map<String, Tensor> state() {
                if (told.isEmpty()) { // The first save is under way.
                  told.add("interrupt");
                  Thread.currentThread().interrupt();
                }
                return Map.of();
              }
            });
    assertThat(line.trainer.run(100).steps()).isEqualTo(4);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(home.resolve("last-4")).isDirectoryContaining("glob:**training.safetensors");
    assertThat(home).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void oneCheckpointOfEachKindIsKept() throws IOException {
    Trainer t = languageModel(model());
    assertThat(t.resume()).isFalse();
    t.run(13);
    Checkpoints kept = new Checkpoints(home.resolve("checkpoints"));
    assertThat(kept.newest().orElseThrow().step()).isEqualTo(13);
    try (var files = Files.list(kept.home())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("last-13", "best-" + kept.best().orElseThrow().step());
    }
    Map<String, String> facts =
        Safetensors.read(kept.home().resolve("last-13/training.safetensors")).metadata();
    assertThat(facts).containsEntry("step", "13").containsEntry("position", "26");
    assertThat(facts).containsKeys("version", "kernels", "vectorBits", "key");
  }

  @Test
  void checkpointsOfAnotherRunAreNotOverwritten() throws IOException {
    languageModel(model()).run(3);
    assertThatThrownBy(() -> languageModel(model()).run(3))
        .hasMessage(
            "[trainer] "
                + home.resolve("checkpoints")
                + " holds checkpoints of another run, the newest of step 3, this one is at step 0: resume() continues it");
  }

  @Test
  void aCheckpointOfAnotherModelIsRefused() throws IOException {
    languageModel(model()).run(3);
    LanguageModel other =
        LanguageModel.of(new LanguageModel.Config("lstm", 5, 4, 6, 1), Init.seed(1));
    assertThatThrownBy(() -> languageModel(other).resume())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            home.resolve("checkpoints/last-3/weights.safetensors")
                + ": [load] the values do not match this model");
  }

  @Test
  void aDamagedCheckpointIsNamed() throws IOException {
    languageModel(model()).run(3);
    Path file = home.resolve("checkpoints/last-3/training.safetensors");
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> languageModel(model()).resume())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void accumulatedBatchesCountAsOne() throws IOException {
    Line whole = new Line(12);
    whole.trainer.run(5);
    Line parts = new Line(5); // 5, 5 and 2: each example counts alike.
    parts.trainer.accumulate(3).run(5);
    assertThat(parts.source.position()).isEqualTo(15);
    assertThat(parts.layer.weight().value().item())
        .isCloseTo(whole.layer.weight().value().item(), within(1e-6));
    assertThat(parts.layer.bias().value().item())
        .isCloseTo(whole.layer.bias().value().item(), within(1e-6));
  }

  @Test
  void aStopEndsTrainingWithACheckpoint() throws IOException {
    Line line = new Line(12);
    Trainer t = line.trainer.checkpoints(home, 1000);
    t.listen(
        new Listener() {
          @Override
          public void onStep(TrainingStep step) {
            if (step.number() == 7) {
              t.stop();
            }
          }
        });
    Trainer.Result r = t.run(100);
    assertThat(r.reason()).isEqualTo(Trainer.Reason.STOPPED);
    assertThat(r.steps()).isEqualTo(7);
    assertThat(home.resolve("last-7")).isDirectory();
  }

  @Test
  void anInterruptEndsTrainingWithACheckpointAndStays() throws IOException {
    Line line = new Line(12);
    line.trainer
        .checkpoints(home, 1000)
        .listen(
            new Listener() {
              @Override
              public void onStep(TrainingStep step) {
                if (step.number() == 3) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    assertThat(line.trainer.run(100).steps()).isEqualTo(3);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(home.resolve("last-3")).isDirectory();
  }

  @Test
  void aNanLossIsReportedWithItsOriginAndTheLastCheckpoint() throws IOException {
    Linear layer = Linear.of(1, 1, Init.seed(4));
    Line line = new Line(12);
    Task task =
        (batch, carried, mode) -> {
          Variable out = layer.apply(Variable.of(batch.inputs()));
          // Of zero once the source has come to its fifth batch.
          double zero = line.source.position() > 4 ? 0 : 1;
          Variable loss = out.mul(out).sum().mul(zero).log();
          return new Outcome(loss, out, batch.targets(), batch.size(), List.of());
        };
    Trainer t =
        new Trainer(layer, task, Optimizer.of(new Sgd(0.1), layer.parameters()), line.source)
            .checkpoints(home, 2);
    assertThatThrownBy(() -> t.run(100))
        .isInstanceOf(DivergedException.class)
        .hasMessageStartingWith("[trainer] step 5: the loss is -Infinity: [anomaly] log returned")
        .hasMessageContaining("TrainerTest.java")
        .hasMessageEndingWith("; the last good checkpoint is " + home.resolve("last-4"));
    assertThat(t.steps()).isEqualTo(4);
    assertThat(line.source.position()).isEqualTo(4);
  }

  @Test
  void aDeletedFolderEndsTraining() throws IOException {
    Line line = new Line(12);
    Path folder = home.resolve("run");
    line.trainer
        .checkpoints(folder, 5)
        .listen(
            new Listener() {
              @Override
              public void onCheckpoint(long step, Path checkpoint) throws IOException {
                AtomicFolder.delete(folder);
              }
            });
    assertThatThrownBy(() -> line.trainer.run(100)).isInstanceOf(IOException.class);
    assertThat(line.trainer.steps()).isEqualTo(10);
  }

  @Test
  void predictionsUseTheAveragedWeights() throws IOException {
    Line line = new Line(12);
    Metric weight =
        new Sums(
            "weight", false, o -> new double[] {line.layer.weight().value().item()}, s -> s[0]);
    line.trainer.average(0.99).validate(line.source, 5, weight);
    double value = line.trainer.run(5).metrics().get("weight");
    assertThat(value).isEqualTo(line.trainer.average().values().get("weight").item());
    assertThat(value).isNotEqualTo(line.layer.weight().value().item());
  }

  @Test
  void whatTrainingLearnsIsWhatItSays() throws IOException {
    Line line = new Line(4);
    double error =
        line.trainer
            .schedule(Schedule.cosine(600))
            .validate(line.source, 1000, Metric.rmse(), Metric.mae())
            .run(600)
            .metrics()
            .get("RMSE");
    assertThat(error).isLessThan(0.01);
    assertThat(line.layer.weight().value().item()).isCloseTo(2, within(0.05));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    Trainer t = new Line(4).trainer;
    assertThatThrownBy(() -> t.clip(0)).hasMessage("[trainer] maxNorm must be above 0, not 0.0");
    assertThatThrownBy(() -> t.accumulate(0))
        .hasMessage("[trainer] batches must be at least 1, not 0");
    assertThatThrownBy(() -> t.validate(new Line(4).source, 5))
        .hasMessage("[trainer] validation needs at least one metric");
    assertThatThrownBy(t::resume).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(t::average).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTaskCombinesAModelAndALoss() {
    Linear head = Linear.of(3, 2, Init.seed(1));
    Tensor x = RandomKey.of(1).normal(DType.FLOAT32, Shape.of(4, 1, 3), 0, 1);
    Batch batch = new Batch(x, Tensor.of(Shape.of(4, 1), 0, 1, -1, 1), false);
    Task task = Task.of((b, mode) -> head.apply(Variable.of(b.inputs())), Loss.crossEntropy());
    Outcome o = task.apply(batch, List.of(), Mode.evaluation());
    assertThat(o.output().value().sameBits(head.apply(Variable.of(x)).value())).isTrue();
    assertThat(o.loss().value().item())
        .isEqualTo(Loss.crossEntropy().of(o.output(), batch.targets()).value().item());
    assertThat(o.weight()).isEqualTo(3);
    assertThat(o.carried()).isEmpty();
  }

  @Test
  void frozenParametersAreUnchanged() throws IOException {
    LanguageModel m = model();
    Map<String, Tensor> before = m.save();
    Optimizer adam =
        Optimizer.of(new Adam(0.01), m.parametersWithout("embedding", "unroll.cell.0"));
    new Trainer(m, new LanguageModeling(m), adam, new TokenStream(text(401), 4, 9)).run(3);
    m.save()
        .forEach((path, value) ->
            assertThat(value.sameBits(before.get(path)))
                .as(path)
                .isEqualTo(path.startsWith("embedding") || path.startsWith("unroll.cell.0")));
  }
}
