package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static final double NAN = Double.NaN;

  /** Machines b and a, their rows mixed and unsorted. */
  private static Table table() {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    numbers.put("time", new double[] {2, 5, 1, 4, 9});
    numbers.put("x", new double[] {20, 50, 10, 40, 90});
    return Table.of(numbers)
        .withTexts("machine", List.of("b", "a", "b", "a", "b"))
        .withTexts("state", List.of("ok", "worn", "ok", "worn", "ok"));
  }

  @Test
  void rowsAreGroupedAndSorted() {
    Series series = table().series("machine", "time");
    assertThat(series.keys()).containsExactly("b", "a");
    assertThat(series.size()).isEqualTo(2);
    assertThat(series.table("b").numbers("x").toDoubles()).containsExactly(10, 20, 90);
    Dataset data = series.labels("state");
    assertThat(data.features()).containsExactly("x");
    assertThat(data.labels().names()).containsExactly("ok", "worn");
    assertThat(data.examples().get(1).input().toDoubles()).containsExactly(40, 50);
    assertThat(data.examples().get(1).target().shape()).isEqualTo(Shape.of());
    assertThat(data.examples().get(1).target().type()).isEqualTo(DType.INT32);
    assertThat(data.examples().get(1).target().item()).isEqualTo(1);
    assertThat(series.features("x", "time").labels("state").examples().get(1).input().toDoubles())
        .containsExactly(40, 4, 50, 5);
    assertThat(series)
        .hasToString("2 series by machine and time: 5 rows of [time, x, machine, state]");
  }

  @Test
  void labelsThatDifferWithinASeriesAreNamed() {
    Table t = table().withTexts("state", List.of("ok", "worn", "ok", "worn", "worn"));
    assertThatThrownBy(() -> t.series("machine", "time").labels("state"))
        .hasMessage(
            "[table] expected one label per series, \"ok\" in column \"state\" at row 4, got \"worn\"");
    Table none = table().withTexts("state", Arrays.asList("ok", "worn", "ok", "worn", null));
    assertThatThrownBy(() -> none.series("machine", "time").labels("state"))
        .hasMessageStartingWith(
            "[table] expected a label in column \"state\" at row 4, got a missing");
    Dataset steps = none.series("machine", "time").stepLabels("state");
    assertThat(steps.examples().getFirst().target().toInts()).containsExactly(0, 0, -1);
  }

  @Test
  void valuesAreTargetsPerStepOrSeries() {
    Table t = table().drop("state").withNumbers("y", 1, 2, 3, 4, 5);
    Series series = t.series("machine", "time");
    Example steps = series.stepTargets("y").examples().getFirst();
    assertThat(steps.target().shape()).isEqualTo(Shape.of(3, 1));
    assertThat(steps.target().toDoubles()).containsExactly(3, 1, 5);
    Example last = series.targets("y").examples().getFirst();
    assertThat(last.target().shape()).isEqualTo(Shape.of(1));
    assertThat(last.target().item()).isEqualTo(5);
    assertThat(series.targets("y").labels().size()).isZero();
  }

  @Test
  void aTargetIsNoFeature() {
    Series series = table().series("machine", "time");
    assertThatThrownBy(() -> series.features("x", "time").targets("x"))
        .hasMessage(
            "[series] expected features and other columns as targets, got [x, time] and [x]");
    assertThatThrownBy(() -> series.targets())
        .hasMessage("[series] expected at least one target, got none");
    assertThatThrownBy(() -> series.features())
        .hasMessage("[series] expected at least one feature, got none");
    assertThatThrownBy(() -> series.features("y")).hasMessageContaining("got \"y\"");
    assertThatThrownBy(() -> series.targets("x"))
        .hasMessage("[table] expected numbers in column \"state\", got text such as \"ok\"");
    assertThatThrownBy(() -> series.table("c"))
        .hasMessage("[series] expected a key of column \"machine\", got \"c\"");
  }

  @Test
  void keysAndTimesAreNeeded() {
    Table t = table().withNumbers("time", 1, NAN, 3, 4, 5);
    assertThatThrownBy(() -> t.series("machine", "time"))
        .hasMessageStartingWith(
            "[table] expected a time in column \"time\" at row 1, got a missing");
    Table k = table().withTexts("machine", Arrays.asList("b", null, "b", "a", "b"));
    assertThatThrownBy(() -> k.series("machine", "time"))
        .hasMessageStartingWith("[table] expected a key in column \"machine\" at row 1");
    assertThatThrownBy(() -> table().series("machine", "state"))
        .hasMessageStartingWith("[table] expected numbers in column \"state\"");
    assertThatThrownBy(() -> table().series("none", "time")).hasMessageContaining("got \"none\"");
    assertThatThrownBy(() -> table().rows(0, 0).series("none", "time"))
        .hasMessageContaining("got \"none\"");
  }

  @Test
  void gapsAreThoseOfEachSeries() {
    Table t = table().withNumbers("x", 20, 50, NAN, NAN, NAN); // b: NaN, 20, NaN; a: NaN, 50.
    Series series =
        t.series("machine", "time")
            .features("x")
            .withMask("x")
            .withTimeSince("x")
            .fill(Fill.previous(), "x")
            .fill(Fill.constant(-1), "x");
    Dataset data = series.labels("state");
    assertThat(data.features()).containsExactly("x", "x known", "x since");
    assertThat(data.examples().get(0).input().toDoubles())
        .containsExactly(-1, 0, 0, 20, 1, 1, 20, 0, 7);
    assertThat(data.examples().get(1).input().toDoubles()).containsExactly(-1, 0, 0, 50, 1, 1);
  }

  @Test
  void timeAccumulatesOverMissingValues() {
    LocalDateTime start = LocalDateTime.of(2026, 11, 30, 0, 0);
    Table t =
        Table.of(Map.of("x", new double[] {1, NAN, NAN, 4, 5}))
            .withTexts("k", List.of("a", "a", "a", "a", "a"))
            .withTimes(
                "t",
                Arrays.asList(
                    start,
                    start.plusSeconds(10),
                    start.plusSeconds(30),
                    start.plusMinutes(1),
                    start.plusNanos(60_500_000_000L)));
    Table since = t.series("k", "t").withTimeSince("x").table("a");
    assertThat(since.numbers("x since").toDoubles()).containsExactly(0, 10, 30, 60, 0.5);
  }

  @Test
  void aSplitIsBySeriesStratifiedAndSeeded() {
    int n = 400;
    double[] time = new double[n];
    double[] x = new double[n];
    String[] key = new String[n];
    String[] state = new String[n];
    for (int i = 0; i < n; i++) {
      time[i] = i;
      key[i] = "m" + i % 100;
      x[i] = i % 100;
      state[i] = i % 100 < 10 ? "worn" : "ok";
    }
    Table t =
        Table.of(Map.of("time", time, "x", x))
            .withTexts("key", List.of(key))
            .withTexts("state", List.of(state));
    Dataset data = t.series("key", "time").labels("state");
    DatasetSplit split = data.split(0.8, 1);
    assertThat(split.training().size()).isEqualTo(80);
    assertThat(split.heldOut().examples()).hasSize(20);
    assertThat(split.heldOut().examples().stream().filter(e -> e.target().item() == 1)).hasSize(2);
    assertThat(data.split(0.8, 1)).isEqualTo(split);
    assertThat(data.split(0.8, 2)).isNotEqualTo(split);
    DatasetSplit scaled = split.scaled();
    double[] all =
        scaled.training().examples().stream()
            .flatMapToDouble(e -> Arrays.stream(e.input().toDoubles()))
            .toArray();
    assertThat(Arrays.stream(all).average().orElseThrow()).isCloseTo(0, within(1e-6));
    assertThat(scaled.heldOut().examples().getFirst().target())
        .isSameAs(split.heldOut().examples().getFirst().target());
    assertThat(split.training().shuffled(16, 1).next().inputs().shape())
        .isEqualTo(Shape.of(16, 4, 1));
    assertThat(split.heldOut().sequential(20).batchesPerEpoch()).isEqualTo(1);
    assertThatThrownBy(() -> data.split(1, 1))
        .hasMessageStartingWith("[split] expected a fraction");
  }

  @Test
  void aDatasetChecksItsFeatures() {
    Example e = Example.of(new float[][] {{1, 2}}, 0);
    Labels none = new Labels(List.of());
    assertThatThrownBy(() -> new Dataset(List.of(e), List.of("a"), none))
        .hasMessage("[dataset] expected inputs [T, 1] of features [a], got [1, 2]");
    Dataset a = new Dataset(List.of(e), List.of("a", "b"), none);
    Dataset b = new Dataset(List.of(e), List.of("a", "c"), none);
    assertThatThrownBy(() -> new DatasetSplit(a, b))
        .hasMessageStartingWith("[dataset] expected the same features and labels in both parts");
  }

  @Test
  void realMeasurementsBecomeSeriesOfDays() throws IOException {
    Path file = TableTest.real("ett/ETTh1.csv");
    Table ett = Table.read(file).rows(0, 24 * 100);
    String[] days = new String[ett.size()];
    Arrays.setAll(days, i -> String.valueOf(ett.time("date", i)).substring(0, 10));
    Dataset data =
        ett.withTexts("day", List.of(days))
            .withTimeFeatures("date", TimeFeature.HOUR)
            .series("day", "date")
            .targets("OT");
    assertThat(data.size()).isEqualTo(100);
    assertThat(data.features())
        .containsExactly(
            "HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "date hour sine", "date hour cosine");
    assertThat(data.split(0.8, 1).scaled().training().shuffled(8, 1).next().inputs().shape())
        .isEqualTo(Shape.of(8, 24, 8));
  }

  @Test
  void seriesWithoutLabelsAreExamplesToPredict() {
    Table table =
        Table.of(Map.of("t", new double[] {0, 1, 0}, "x", new double[] {5, 6, 7}))
            .withTexts("id", List.of("a", "a", "b"));
    Dataset data = table.series("id", "t").unlabelled();
    assertThat(data.features()).containsExactly("x");
    assertThat(data.size()).isEqualTo(2);
    assertThat(data.examples().getFirst().target().item()).isEqualTo(-1);
  }

  @Test
  void categoriesThatAreMissingOrUnknownAreZeroInAllColumns() {
    Table table =
        Table.of(Map.of("x", new double[3])).withTexts("kind", Arrays.asList("fan", null, "pump"));
    Table hot = table.oneHot("kind", new Categories(new Labels(List.of("fan"))));
    assertThat(hot.columns()).containsExactly("x", "kind=fan");
    assertThat(hot.numbers("kind=fan").toFloats()).containsExactly(1, 0, 0);
  }

  @Test
  void dataIsScaledOnce() {
    Table table =
        Table.of(Map.of("t", new double[] {0, 1}, "x", new double[] {5, 6}))
            .withTexts("id", List.of("a", "a"));
    Dataset data = table.series("id", "t").unlabelled();
    Dataset scaled = data.scaled(data.standardScaling());
    assertThat(scaled.scaling()).isPresent();
    assertThat(scaled.toString()).endsWith(", scaled]");
    assertThatThrownBy(() -> scaled.scaled(data.standardScaling()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("[dataset] expected data that is not scaled, got Dataset[");
  }

  @Test
  void namesOfFeaturesAndCategoriesAreDifferent() {
    assertThatThrownBy(() -> new Dataset(List.of(), List.of("a", "a"), new Labels(List.of())))
        .hasMessage("[dataset] expected features of different names, got [a, a]");
    Table table = Table.of(Map.of("kind=fan", new double[] {7})).withTexts("kind", List.of("fan"));
    assertThatThrownBy(() -> table.oneHot("kind", new Labels(List.of("fan"))))
        .hasMessageStartingWith("[table] expected no column \"kind=fan\"");
  }

  @Test
  void aScalingOfOtherVariablesIsRefused() {
    Scaling one = Scaling.standard(Tensor.of(Shape.of(2, 1), 1f, 2f));
    Tensor two = Tensor.of(Shape.of(2, 2), 1f, 2, 3, 4);
    assertThatThrownBy(() -> one.apply(two))
        .hasMessage("[scaling] expected values [..., 1], got [2, 2]");
    assertThatThrownBy(() -> one.invert(two))
        .hasMessage("[scaling] expected values [..., 1], got [2, 2]");
  }
}
