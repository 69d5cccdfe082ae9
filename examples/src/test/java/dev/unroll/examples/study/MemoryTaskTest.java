package dev.unroll.examples.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Batch;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryTaskTest {
  private static final RandomKey KEY = RandomKey.of(4);

  static List<MemoryTask> tasks() {
    return List.of(
        new AddingProblem(40, AddingProblem.Marks.HALVES),
        new AddingProblem(40, AddingProblem.Marks.EARLY),
        new TemporalOrder(30),
        new CopyMemory(5));
  }

  @ParameterizedTest
  @EnumSource
  void twoNumbersAreMarkedAndTheirSumIsAskedFor(AddingProblem.Marks marks) {
    Batch batch = new AddingProblem(41, marks).batch(KEY, 64);
    assertThat(batch.inputs().shape()).isEqualTo(Shape.of(64, 41, 2));
    boolean halves = marks == AddingProblem.Marks.HALVES;
    Set<Integer> firsts = new HashSet<>();
    Set<Integer> seconds = new HashSet<>();
    for (int b = 0; b < 64; b++) {
      double[] x = batch.inputs().select(0, b).toDoubles();
      List<Integer> marked = IntStream.range(0, 41).filter(t -> x[2 * t + 1] == 1).boxed().toList();
      assertThat(marked).hasSize(2);
      firsts.add(marked.getFirst());
      seconds.add(marked.getLast());
      double sum = marked.stream().mapToDouble(t -> x[2 * t]).sum();
      assertThat(batch.targets().toDoubles()[b]).isCloseTo(0.5 + sum / 4, within(1e-6));
    }
    assertThat(firsts).allMatch(t -> t < (halves ? 20 : 10)).hasSizeGreaterThan(8);
    assertThat(seconds).allMatch(t -> halves ? t >= 20 : t >= 10 && t < 20).hasSizeGreaterThan(8);
  }

  @Test
  void theOrderIsThatOfTheTwoSymbols() {
    Batch batch = new TemporalOrder(30).batch(KEY, 20);
    for (int b = 0; b < 20; b++) {
      double[] x = batch.inputs().select(0, b).toDoubles();
      int order = 0;
      int seen = 0;
      for (int t = 0; t < 30; t++) {
        if (x[8 * t + 4] == 1 || x[8 * t + 5] == 1) {
          order = 2 * order + (x[8 * t + 5] == 1 ? 1 : 0);
          seen++;
        }
      }
      assertThat(seen).isEqualTo(2);
      assertThat(batch.targets().toInts()[b]).isEqualTo(order);
    }
    assertThat(batch.targets().toInts()).contains(0, 1, 2, 3);
  }

  @Test
  void theFirstTenSymbolsAreTheLastTenTargets() {
    Batch batch = new CopyMemory(5).batch(KEY, 3);
    assertThat(batch.inputs().shape()).isEqualTo(Shape.of(3, 25, 10));
    int[] targets = batch.targets().select(0, 1).toInts();
    double[] x = batch.inputs().select(0, 1).toDoubles();
    for (int t = 0; t < 10; t++) {
      assertThat(targets[t]).isEqualTo(-1);
      assertThat(x[10 * t + targets[15 + t]]).isEqualTo(1);
    }
    assertThat(x[10 * 14 + 9]).isEqualTo(1); // The sign.
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aTableHasALineForEachCell(MemoryTask task) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Measurement(task, new FitOptions(6, 0.01), 3)
        .print(
            List.of("rnn", "mgu", "lstm-chrono"),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(task.sentence(), "150 sequences for training", "published:\n" + task.published())
        .containsPattern("rnn +[\\d,]+ +\\d+\\.\\d{5} +\\d\\.\\d{4} +\\ds")
        .containsPattern("mgu +[\\d,]+ +\\d+\\.\\d{5} +\\d\\.\\d{4} +\\ds");
  }
}
