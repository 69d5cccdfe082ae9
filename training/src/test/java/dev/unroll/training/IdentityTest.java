package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.BatchSource;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.data.TokenStream;
import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Init;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.AdamW;
import dev.unroll.optim.CoupledDecay;
import dev.unroll.optim.Momentum;
import dev.unroll.optim.Nesterov;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Plateau;
import dev.unroll.optim.Rule;
import dev.unroll.optim.Schedule;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints with matching tensors that a training resumes from, or refuses. */
class IdentityTest {
  @TempDir Path home;

  private static List<Example> examples(int n) {
    return IntStream.range(0, n)
        .mapToObj(i ->
            new Example(
                Tensor.of(Shape.of(1, 1), 0.1f * i), Tensor.of(Shape.of(1, 1), 0.2f * i - 1)))
        .toList();
  }

  private static BatchSource source(int n, Order order) {
    return new ExampleBatches(examples(n), order);
  }

  private static Order shuffled(long seed) {
    return Order.shuffled(12, 4, RandomKey.of(seed));
  }

  private Trainer line(Rule rule, BatchSource source) {
    Line line = new Line(4);
    return new Trainer(line.layer, line::loss, Optimizer.of(rule, line.layer.parameters()), source)
        .checkpoints(home, 2);
  }

  private void refused(Trainer t, String what, String saved, String given) {
    assertThatThrownBy(t::resume)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            home.resolve("last-3/training.safetensors")
                + ": expected the "
                + what
                + " of the checkpoint, \""
                + saved
                + "\", got \""
                + given
                + "\"; it is intact");
    assertThat(t.steps()).isZero();
  }

  @Test
  void anotherRuleOrHyperparameterIsRefused() throws IOException {
    line(new Adam(0.01), source(12, shuffled(1))).run(3);
    String saved = new Adam().identity();
    for (Rule rule :
        List.of(
            new AdamW(),
            new CoupledDecay(new Adam(), 0.1),
            new Adam(0.01, 0.8, 0.999, 1e-8),
            new Adam(0.01, 0.9, 0.99, 1e-8),
            new Adam(0.01, 0.9, 0.999, 1e-7),
            new Momentum())) {
      refused(line(rule, source(12, shuffled(1))), "optimizer", saved, rule.identity());
    }
    Trainer same = line(new Adam(0.5), source(12, shuffled(1)));
    same.clip(3).schedule(Schedule.cosine(100));
    assertThat(same.resume()).as("what a user may change").isTrue();
    assertThat(same.steps()).isEqualTo(3);
  }

  @Test
  void nesterovDoesNotResumeFromMomentum() throws IOException {
    line(new Momentum(), source(12, shuffled(1))).run(3);
    refused(
        line(new Nesterov(), source(12, shuffled(1))),
        "optimizer",
        new Momentum().identity(),
        new Nesterov().identity());
  }

  @Test
  void anotherSourceIsRefused() throws IOException {
    line(new Adam(), source(12, shuffled(1))).run(3);
    String saved = source(12, shuffled(1)).identity();
    for (BatchSource other :
        List.of(
            source(12, shuffled(2)),
            source(13, Order.shuffled(13, 4, RandomKey.of(1))),
            source(12, Order.sequential(12, 4)),
            source(12, Order.shuffled(12, 3, RandomKey.of(1))),
            source(12, Order.buckets(new int[12], 4, 2, RandomKey.of(1))))) {
      refused(line(new Adam(), other), "source", saved, other.identity());
    }
    assertThat(line(new Adam(), source(12, shuffled(1))).resume()).isTrue();
  }

  @Test
  void anotherTextBatchOrWindowIsRefused() throws IOException {
    int[] text = IntStream.range(0, 401).map(i -> (i * i + i / 7) % 5).toArray();
    int[] other = text.clone();
    other[399] = 4 - other[399];
    language(new TokenStream(text, 4, 9)).run(3);
    String saved = new TokenStream(text, 4, 9).identity();
    for (TokenStream t :
        List.of(
            new TokenStream(text, 5, 9),
            new TokenStream(text, 4, 10),
            new TokenStream(other, 4, 9))) {
      refused(language(t), "source", saved, t.identity());
    }
    assertThat(language(new TokenStream(text, 4, 9)).resume()).isTrue();
  }

  private Trainer language(TokenStream source) {
    LanguageModel m = LanguageModel.of(new LanguageModel.Config("gru", 5, 4, 6, 1), Init.seed(1));
    return new Trainer(m, new LanguageModeling(m), Optimizer.of(new Adam(), m.parameters()), source)
        .checkpoints(home, 2);
  }

  @Test
  void otherSettingsOfAnUpdateAreCompared() throws IOException {
    RandomKey key = RandomKey.of(7);
    UnaryOperator<Trainer> saved = t -> t.key(key).accumulate(2).average(0.9);
    saved.apply(line(new Adam(), source(12, shuffled(1)))).run(3);
    BatchSource source = source(12, shuffled(1));
    refused(saved.apply(line(new Adam(), source)).accumulate(3), "accumulated batches", "2", "3");
    refused(
        saved.apply(line(new Adam(), source)).average(0.99), "decay of averages", "0.9", "0.99");
    refused(line(new Adam(), source).key(key).accumulate(2), "decay of averages", "0.9", "none");
    refused(
        saved.apply(line(new Adam(), source)).key(RandomKey.of(8)),
        "key",
        String.valueOf(key.bits()),
        String.valueOf(RandomKey.of(8).bits()));
    assertThat(line(new Adam(), source).accumulate(2).average(0.9).resume())
        .as("the key is the saved one if none was set")
        .isTrue();
    assertThat(saved.apply(line(new Adam(), source)).resume()).isTrue();
  }

  @Test
  void theScheduleMayBeAnotherKind() throws IOException {
    Plateau plateau = new Plateau(1, 0.5);
    plateau.observe(1);
    plateau.observe(2);
    line(new Adam(), source(12, shuffled(1))).schedule(plateau).run(3);
    Plateau same = new Plateau(1, 0.5);
    assertThat(line(new Adam(), source(12, shuffled(1))).schedule(same).resume()).isTrue();
    assertThat(same.factor(0)).isEqualTo(0.5);
    Trainer cosine = line(new Adam(), source(12, shuffled(1))).schedule(Schedule.cosine(100));
    String warning = "the schedule differs from that of the checkpoint; it restarts here";
    assertThat(Printed.toError(() -> assertThat(cosine.resume()).isTrue()))
        .contains("WARN", warning);
    cosine.run(4);
    Plateau fresh = new Plateau(1, 0.5);
    Trainer other = line(new Adam(), source(12, shuffled(1))).schedule(fresh);
    assertThat(Printed.toError(() -> assertThat(other.resume()).isTrue()))
        .contains("WARN", warning);
    assertThat(fresh.factor(0)).isEqualTo(1);
  }

  @Test
  void checkpointsOfEarlierVersionsAreRefused() throws IOException {
    line(new Adam(), source(12, shuffled(1))).run(3);
    Path last = home.resolve("last-3");
    Path file = last.resolve("training.safetensors");
    Safetensors read = Safetensors.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(read.metadata());
    metadata.remove("optimizer");
    new Safetensors(read.tensors(), metadata).write(file);
    Files.delete(last.resolve(CheckpointDigest.NAME));
    CheckpointDigest.write(last, 3);
    assertThatThrownBy(() -> line(new Adam(), source(12, shuffled(1))).resume())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            file
                + ": expected the optimizer to be recorded, but an earlier version wrote this checkpoint; ");
  }

  @Test
  void theDefaultIdentityOfASourceIsItsLength() {
    assertThat(EvaluationTest.EMPTY.identity()).isEqualTo("0 batches per epoch");
  }
}
