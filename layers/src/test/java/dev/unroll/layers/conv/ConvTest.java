package dev.unroll.layers.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** Convolutions and pooling against loops over every place. */
class ConvTest {
  private static final RandomKey KEY = RandomKey.of(6);
  private static final Init INIT = new Init(DType.FLOAT64, KEY);
  private static final List<Window> WINDOWS =
      List.of(
          Window.of(1),
          Window.of(3),
          Window.of(2).stride(2),
          Window.of(3).padding(1).stride(2),
          Window.of(2).dilation(3).same(),
          Window.of(3).dilation(2).causal());

  private static Tensor image(int batch, int height, int width, int channels) {
    return KEY.normal(DType.FLOAT64, Shape.of(batch, height, width, channels), 0, 1);
  }

  private static double at(Tensor x, int b, int r, int c, int channel, double outside) {
    boolean inside = r >= 0 && c >= 0 && r < x.shape().dim(1) && c < x.shape().dim(2);
    return inside ? x.get(b, r, c, channel) : outside;
  }

  @Test
  void aConvolutionIsTheSumOverWhatIsSeen() {
    Tensor x = image(2, 7, 8, 2);
    for (Window rows : WINDOWS) {
      for (Window columns : WINDOWS) {
        Conv2d conv = Conv2d.of(2, 3, rows, columns, INIT);
        Tensor w = conv.weight().value().reshape(rows.size(), columns.size(), 2, 3);
        Tensor y = conv.apply(Variable.of(x)).value();
        assertThat(y.shape())
            .isEqualTo(Shape.of(2, rows.outputLength(7), columns.outputLength(8), 3));
        for (int r = 0; r < y.shape().dim(1); r++) {
          for (int c = 0; c < y.shape().dim(2); c++) {
            double sum = 0;
            for (int i = 0; i < rows.size(); i++) {
              for (int j = 0; j < columns.size(); j++) {
                int row = r * rows.stride() + i * rows.dilation() - rows.before();
                int column = c * columns.stride() + j * columns.dilation() - columns.before();
                for (int k = 0; k < 2; k++) {
                  sum += at(x, 1, row, column, k, 0) * w.get(i, j, k, 2);
                }
              }
            }
            assertThat(y.get(1, r, c, 2)).isCloseTo(sum, within(1e-12));
          }
        }
      }
    }
  }

  private static double pooled(Tensor x, Window w, int r, int c, DoubleBinaryOperator f, double z) {
    double all = f.applyAsDouble(z, z);
    for (int i = 0; i < w.size(); i++) {
      for (int j = 0; j < 2; j++) {
        int row = r * w.stride() + i * w.dilation() - w.before();
        all = f.applyAsDouble(all, at(x, 0, row, c + j, 1, z));
      }
    }
    return all;
  }

  @Test
  void poolingIsTheLargestOrTheMean() {
    Tensor x = image(1, 7, 5, 2);
    Window two = Window.of(2);
    for (Window rows : WINDOWS) {
      Tensor largest = new MaxPool2d(rows, two).apply(Variable.of(x)).value();
      Tensor mean = new MeanPool2d(rows, two).apply(Variable.of(x)).value();
      assertThat(mean.shape()).isEqualTo(Shape.of(1, rows.outputLength(7), 4, 2));
      for (int r = 0; r < rows.outputLength(7); r++) {
        for (int c = 0; c < 4; c++) {
          double max = pooled(x, rows, r, c, Math::max, Double.NEGATIVE_INFINITY);
          assertThat(largest.get(0, r, c, 1)).isEqualTo(max);
          double sum = pooled(x, rows, r, c, Double::sum, 0);
          assertThat(mean.get(0, r, c, 1)).isCloseTo(sum / (2 * rows.size()), within(1e-12));
        }
      }
    }
  }

  @Test
  void aSequenceIsAnImageOfOneRow() {
    Tensor x = image(3, 1, 9, 2);
    Variable sequence = Variable.of(x.reshape(3, 9, 2));
    Window w = Window.of(3).same();
    Conv1d conv = Conv1d.of(2, 4, w, INIT);
    Conv2d image = new Conv2d(conv.weight(), conv.bias(), Window.of(1), w);
    assertThat(
            conv.apply(sequence)
                .value()
                .sameBits(image.apply(Variable.of(x)).value().reshape(3, 9, 4)))
        .isTrue();
    assertThat(new MaxPool1d(Window.adjacent(3)).apply(sequence).shape())
        .isEqualTo(Shape.of(3, 3, 2));
    assertThat(new MeanPool1d(Window.of(4)).apply(sequence).shape()).isEqualTo(Shape.of(3, 6, 2));
  }

  @Test
  void framesOfAFilmAreABatch() {
    Tensor film = KEY.normal(DType.FLOAT64, Shape.of(2, 3, 5, 5, 1), 0, 1);
    Conv2d conv = Conv2d.of(1, 2, Window.of(3), Window.of(3), INIT);
    Tensor y = conv.apply(Variable.of(film)).value();
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3, 3, 3, 2));
    Tensor frame =
        conv.apply(Variable.of(film.select(0, 1).select(0, 2).reshape(1, 5, 5, 1))).value();
    assertThat(y.select(0, 1).select(0, 2).reshape(1, 3, 3, 2).sameBits(frame)).isTrue();
  }

  @Test
  void aCausalWindowDoesNotSeeWhatComesLater() {
    Conv1d conv = Conv1d.of(1, 1, Window.of(3).dilation(2).causal(), INIT);
    double[] x = new double[10];
    Tensor before = conv.apply(Variable.of(Tensor.of(Shape.of(1, 10, 1), x))).value();
    x[6] = 1;
    Tensor after = conv.apply(Variable.of(Tensor.of(Shape.of(1, 10, 1), x))).value();
    assertThat(after.slice(1, 0, 6).sameBits(before.slice(1, 0, 6))).isTrue();
    assertThat(after.get(0, 6, 0)).isNotEqualTo(before.get(0, 6, 0));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Conv1d conv = Conv1d.of(2, 4, Window.of(3), INIT);
    assertThatThrownBy(() -> conv.apply(Variable.of(image(1, 1, 5, 3).reshape(1, 5, 3))))
        .hasMessage("[conv1d] expected 2 channels, got [1, 1, 5, 3]");
    assertThatThrownBy(() -> conv.apply(Variable.of(image(1, 1, 2, 2).reshape(1, 2, 2))))
        .hasMessage(
            "[window] Window[size=3, stride=1, dilation=1, before=0, after=0] does not fit into 2"
                + " elements");
    assertThatThrownBy(() ->
            new MaxPool2d(Window.of(2), Window.of(2))
                .apply(Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(3, 3)))))
        .hasMessage("[maxPool2d] expected [..., height, width, channels], got [3, 3]");
    assertThatThrownBy(() -> Window.of(0)).hasMessageStartingWith("[window] size, stride and");
  }

  @Test
  void sizesBeyondAnIntAreRefusedByASentence() {
    int most = Integer.MAX_VALUE;
    assertThatThrownBy(() -> Window.of(3).dilation(most))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("[window] expected it to reach over at most 2^31-1 elements");
    assertThatThrownBy(() -> Window.of(3).padding(most))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("[window] expected it to reach over at most 2^31-1 elements");
    assertThatThrownBy(() -> new Window(1, 1, 1, 0, most).outputLength(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("[window] expected at most 2^31-1 elements with padding, got ");
    assertThat(Window.of(1).dilation(most).outputLength(5)).isEqualTo(5);
    assertThat(Window.of(2).stride(most).outputLength(5)).isEqualTo(1);
    Window wide = Window.of(2).dilation(most - 1).causal();
    assertThat(wide.lengths(0, 1)).containsExactly(0, 1);
    Variable x = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(1, 2, 2, 1)));
    Window large = new Window(1, 1, 1, 0, 1 << 20);
    assertThatThrownBy(() -> new MaxPool2d(large, large).apply(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(" has more than 2147483647 elements");
    assertThatThrownBy(() -> Conv1d.of(1 << 16, 1, Window.of(1 << 16), INIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(" has more than 2147483647 elements");
    assertThatThrownBy(() -> Conv2d.of(1, 1, Window.of(1 << 16), Window.of(1 << 16), INIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(" has more than 2147483647 elements");
    assertThatThrownBy(() -> INIT.glorot(1, 1 << 30, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(" has more than 2147483647 elements");
  }

  @Test
  void aWindowThatSeesPaddingAloneGivesZero() {
    Variable x = Variable.input(Tensor.of(Shape.of(1, 2, 1), new double[] {-3, -2}));
    Variable y = new MaxPool1d(Window.of(2).dilation(3).same()).apply(x);
    assertThat(y.value().toDoubles()).containsExactly(0, -3);
    Variable g = Gradients.of(y.sum(), Variable.scalar(DType.FLOAT64, 1), List.of(x)).getFirst();
    assertThat(g.value().toDoubles()).containsExactly(1, 0);
    Variable wide = new MaxPool1d(Window.of(1).padding(2)).apply(x);
    assertThat(wide.value().toDoubles()).containsExactly(0, 0, -3, -2, 0, 0);
    Variable image = Variable.of(Tensor.of(Shape.of(2, 2, 1), new double[] {-1, -2, -3, -4}));
    Window one = Window.of(1).padding(1);
    assertThat(new MaxPool2d(one, Window.of(2)).apply(image).value().toDoubles())
        .containsExactly(0, -1, -3, 0);
    // What is minus infinity by itself stays so.
    Variable least =
        Variable.of(Tensor.full(DType.FLOAT64, Shape.of(1, 1, 1), Double.NEGATIVE_INFINITY));
    assertThat(new MaxPool1d(Window.of(1)).apply(least).value().item())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void ofEqualElementsTheFirstReceivesTheGradient() {
    for (int n = 1; n <= 9; n++) {
      for (int first = 0; first < n; first++) {
        double[] values = new double[n];
        for (int i = first; i < n; i++) {
          values[i] = (i - first) % 2 == 0 || i == n - 1 ? 1 : -1;
        }
        Variable x = Variable.input(Tensor.of(Shape.of(1, n, 1), values));
        Variable y = new MaxPool1d(Window.of(n)).apply(x);
        double[] expected = new double[n];
        expected[first] = 1;
        Variable g =
            Gradients.of(y.sum(), Variable.scalar(DType.FLOAT64, 1), List.of(x)).getFirst();
        assertThat(y.value().item()).isEqualTo(1);
        assertThat(g.value().toDoubles()).containsExactly(expected);
      }
    }
  }
}
