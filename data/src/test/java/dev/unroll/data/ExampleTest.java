package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleTest {
  private static final float[][] LONG = {{1, 2}, {3, 4}, {5, 6}};
  private static final float[][] SHORT = {{7, 8}};

  @Test
  void sequencesOfArraysAreBatchedInOneLine() {
    Batch b =
        ExampleBatches.sequential(Example.ofSequences(List.of(LONG, SHORT), new int[] {0, 1}), 2)
            .next();
    assertThat(b.inputs().toDoubles()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0);
    assertThat(b.inputs().type()).isEqualTo(DType.FLOAT32);
    assertThat(b.lengths().toInts()).containsExactly(3, 1);
    assertThat(b.targets().toInts()).containsExactly(0, 1);
    List<Example> values =
        Example.ofSequences(List.of(LONG, SHORT), new float[][] {{1, 2}, {3, 4}});
    assertThat(ExampleBatches.batch(values).targets().shape()).isEqualTo(Shape.of(2, 2));
  }

  @Test
  void seriesOfOneVariableAndRowsOfFeaturesDiffer() {
    List<Example> series =
        Example.ofSeries(List.of(new float[] {1, 2, 3}, new float[] {4}), new int[] {0, 1});
    assertThat(ExampleBatches.batch(series).inputs().shape()).isEqualTo(Shape.of(2, 3, 1));
    List<Example> forecast = Example.ofSeries(List.of(new float[] {1, 2, 3}), new float[][] {{4}});
    assertThat(ExampleBatches.batch(forecast).targets().shape()).isEqualTo(Shape.of(1, 1));
    Batch rows = ExampleBatches.batch(Example.ofRows(LONG, new int[] {0, 1, 0}));
    assertThat(rows.inputs().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(ExampleBatches.batch(Example.ofRows(SHORT, SHORT)).targets().toDoubles())
        .containsExactly(7, 8);
  }

  @Test
  void idsHaveAClassOrTags() {
    int[][] ids = {{3, 1}, {4, 1, 5}};
    assertThat(ExampleBatches.batch(Example.ofIds(ids, new int[] {1, 0})).targets().toInts())
        .containsExactly(1, 0);
    assertThat(ExampleBatches.batch(Example.ofIds(ids, ids)).targets().toInts())
        .containsExactly(3, 1, -1, 4, 1, 5);
  }

  @Test
  void stepsHaveTargetsOfTheirOwn() {
    assertThat(Example.of(LONG, new int[] {0, 1, 0}).target().shape()).isEqualTo(Shape.of(3));
    assertThat(Example.of(LONG, LONG).target().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(Example.of(LONG, new float[] {1}).target().shape()).isEqualTo(Shape.of(1));
    assertThat(Windows.of(LONG, 1, 1, 1, 1).get(0).target().toDoubles()).containsExactly(4);
  }

  @Test
  void arraysThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Example.of(new float[][] {{1, 2}, {3}}, 0))
        .hasMessage("[example] expected steps of 2 values each, got 1 at step 1");
    assertThatThrownBy(() -> Example.of(new float[0][], 0))
        .hasMessage("[example] expected at least one step, got none");
    assertThatThrownBy(() -> Example.ofSequences(List.<float[][]>of(LONG), new int[2]))
        .hasMessage("[example] expected as many targets as inputs, 1, got 2");
    assertThatThrownBy(() -> Example.of(new float[][] {{1}, null}, 0))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("step 1");
    assertThatThrownBy(() -> ExampleBatches.shuffled(List.of(), 2, 1))
        .hasMessage("[order] examples and batch must be at least 1, not 0 and 2");
  }

  @Test
  void bucketsPadLittle() {
    List<Example> examples =
        Example.ofIds(new int[][] {{1}, {1, 2, 3}, {2}, {4, 5, 6}}, new int[] {0, 1, 0, 1});
    ExampleBatches batches = ExampleBatches.bucketed(examples, 2, 1);
    for (int i = 0; i < 4; i++) {
      assertThat(batches.next().lengths().toInts())
          .satisfiesAnyOf(l -> assertThat(l).containsOnly(1), l -> assertThat(l).containsOnly(3));
    }
  }
}
