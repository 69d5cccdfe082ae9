package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.SequenceBlock;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.conv.Conv1d;
import dev.unroll.layers.conv.Conv2d;
import dev.unroll.layers.conv.MaxPool1d;
import dev.unroll.layers.conv.MaxPool2d;
import dev.unroll.layers.conv.MeanPool1d;
import dev.unroll.layers.conv.MeanPool2d;
import dev.unroll.layers.conv.Window;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.layers.conv}. */
class ConvTest {
  private final Init init = Init.seed(1);
  private final Variable sequences = random(Shape.of(2, 10, 3));
  private final Variable images = random(Shape.of(2, 12, 8, 3));

  private static Variable random(Shape shape) {
    return Variable.of(RandomKey.of(5).normal(DType.FLOAT32, shape, 0, 1));
  }

  @Test
  void conv1d() {
    // @start region="Conv1d"
    Conv1d conv = Conv1d.of(3, 16, Window.of(5).same(), init);
    Variable y = conv.apply(sequences); // [2, 10, 3] -> [2, 10, 16]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 10, 16);
  }

  @Test
  void conv2d() {
    // @start region="Conv2d"
    Window window = Window.of(3).same();
    Conv2d conv = Conv2d.of(3, 16, window, window, init);
    Variable y = conv.apply(images); // [2, 12, 8, 3] -> [2, 12, 8, 16]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 12, 8, 16);
  }

  @Test
  void maxPool1d() {
    // @start region="MaxPool1d"
    SequenceBlock front =
        Sequential.of(
            Conv1d.of(3, 16, Window.of(3).same(), init),
            Activation.relu(),
            new MaxPool1d(Window.adjacent(2)));
    Variable y = front.apply(sequences, new int[] {10, 7}, Mode.evaluation()); // [2, 5, 16]
    int[] lengths = front.lengths(10, 7); // 5, 3
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 16);
    assertThat(lengths).containsExactly(5, 3);
  }

  @Test
  void maxPool2d() {
    // @start region="MaxPool2d"
    MaxPool2d pool = new MaxPool2d(Window.adjacent(2), Window.adjacent(2));
    Variable y = pool.apply(images); // [2, 12, 8, 3] -> [2, 6, 4, 3]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 6, 4, 3);
  }

  @Test
  void meanPool1d() {
    // @start region="MeanPool1d"
    MeanPool1d smooth = new MeanPool1d(Window.of(5).same()); // a moving average
    Variable y = smooth.apply(sequences); // [2, 10, 3] -> [2, 10, 3]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 10, 3);
  }

  @Test
  void meanPool2d() {
    // @start region="MeanPool2d"
    MeanPool2d global = new MeanPool2d(Window.of(12), Window.of(8)); // over the whole image
    Variable y = global.apply(images); // [2, 12, 8, 3] -> [2, 1, 1, 3]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 1, 1, 3);
  }

  @Test
  void window() {
    // @start region="Window"
    int same = Window.of(3).same().outputLength(100); // 100
    int strided = Window.of(8).stride(4).outputLength(100); // 24
    int causal = Window.of(2).dilation(4).causal().outputLength(100); // 100: sees t - 4 and t
    // @end
    assertThat(same).isEqualTo(100);
    assertThat(strided).isEqualTo(24);
    assertThat(causal).isEqualTo(100);
  }
}
