package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowsTest {
  /** Two variables at ten times: t and 100 + t. */
  private static final Tensor SERIES =
      Tensor.of(
          Shape.of(10, 2), IntStream.range(0, 20).mapToDouble(i -> i / 2 + i % 2 * 100).toArray());

  @Test
  void windowsSlideAndSeeNoFuture() {
    Windows windows = new Windows(SERIES, 3, 2, 2);
    assertThat(windows).hasSize(3);
    Example last = windows.get(2);
    assertThat(last.input().toDoubles()).containsExactly(4, 104, 5, 105, 6, 106);
    assertThat(last.target().toDoubles()).containsExactly(7, 107, 8, 108);
    assertThat(new Windows(SERIES, 3, 2, 1)).hasSize(6);
  }

  @Test
  void someVariablesArePredicted() {
    Example e = new Windows(SERIES, 3, 2, 1, 1).get(0);
    assertThat(e.input().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(e.target().shape()).isEqualTo(Shape.of(2, 1));
    assertThat(e.target().toDoubles()).containsExactly(103, 104);
  }

  @Test
  void windowsBeyondAGapShareNoTimes() {
    for (int stride = 1; stride <= 6; stride++) {
      Windows windows = new Windows(SERIES, 2, 2, stride);
      for (int i = 0; i < windows.size(); i++) {
        for (int j = i + 1; j < windows.size(); j++) {
          double lastOfFirst = windows.get(i).target().get(1, 0);
          double firstOfSecond = windows.get(j).input().get(0, 0);
          assertThat(firstOfSecond > lastOfFirst).isEqualTo(j - i > windows.overlap());
        }
      }
    }
    Windows windows = new Windows(SERIES, 2, 1, 1);
    Split<Example> split = Split.last(windows, 0.25, windows.overlap());
    assertThat(split.training()).hasSize(4);
    assertThat(split.heldOut()).hasSize(2);
    assertThat(split.training().getLast().target().get(0, 0)).isEqualTo(5);
    assertThat(split.heldOut().getFirst().input().get(0, 0)).isEqualTo(6);
  }

  @Test
  void windowsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new Windows(SERIES, Integer.MAX_VALUE, 1, 1))
        .hasMessage("[windows] one window needs a series of 2147483648 time steps, got 10");
    assertThat(new Windows(SERIES, 1, 1, Integer.MAX_VALUE)).hasSize(1);
    assertThatThrownBy(() -> new Windows(SERIES, 9, 2, 1))
        .hasMessage("[windows] one window needs a series of 11 time steps, got 10");
    assertThatThrownBy(() -> new Windows(SERIES, 3, 0, 1))
        .hasMessageStartingWith(
            "[windows] expected a series [T, F], and a window, horizon and stride");
    assertThatThrownBy(() -> new Windows(SERIES, 3, 2, 1, 2))
        .hasMessage("[windows] expected variables from 0 to 1, got [2]");
    assertThatThrownBy(() -> new Windows(SERIES, 3, 2, 1).get(6))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void scalingIsFittedOnTheTrainingPartAndComesBack() {
    Tensor training = SERIES.slice(0, 0, 5);
    Scaling standard = Scaling.standard(training);
    assertThat(standard.center().toDoubles()).containsExactly(2, 102);
    assertThat(standard.width().toDoubles()).containsExactly(Math.sqrt(2), Math.sqrt(2));
    double[] scaled = standard.apply(SERIES).toDoubles();
    assertThat(scaled[18]).isCloseTo(7 / Math.sqrt(2), within(1e-12));
    assertThat(standard.invert(standard.apply(SERIES)).toDoubles())
        .containsExactly(SERIES.toDoubles(), within(1e-12));
    assertThat(standard.columns(1).invert(Tensor.of(Shape.of(1, 1), 0.0)).item()).isEqualTo(102);
    assertThat(Scaling.range(training).apply(training).toDoubles())
        .containsExactly(0, 0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1, 1);
  }

  @Test
  void aVariableThatNeverChangesBecomesZero() {
    Tensor constant = Tensor.of(Shape.of(2, 1), 5f, 5f);
    assertThat(Scaling.standard(constant).apply(constant).toDoubles()).containsExactly(0, 0);
    assertThat(Scaling.range(constant).apply(constant).toDoubles()).containsExactly(0, 0);
  }

  @Test
  void aSeriesWithHolesIsRefused() {
    Tensor holes = Tensor.of(Shape.of(2, 1), 5f, Float.NaN);
    assertThatThrownBy(() -> Scaling.standard(holes))
        .hasMessageStartingWith("[scaling] expected finite values [..., F], got");
    Tensor zero = Tensor.of(Shape.of(1), 0f);
    assertThatThrownBy(() -> new Scaling(zero, zero))
        .hasMessageStartingWith("[scaling] expected a finite center [F] and a nonzero width [F]");
  }
}
