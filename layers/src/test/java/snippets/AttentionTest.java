package snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.attention.AdditiveAttention;
import dev.unroll.layers.sequence.attention.Attending;
import dev.unroll.layers.sequence.attention.Attention;
import dev.unroll.layers.sequence.attention.AttentionCell;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.layers.sequence.attention.DotAttention;
import dev.unroll.layers.sequence.attention.GeneralAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.layers.sequence.attention}. */
class AttentionTest {
  private final Init init = Init.seed(1);
  private final Variable memory = random(2, 5, 8); // [B, S, M], the outputs of an encoder
  private final Variable query = random(2, 8); // [B, H]
  private final Variable x = random(2, 6); // [B, I]
  private final GruCell gru = GruCell.of(6 + 8, 8, init.at("cell"));

  private static Variable random(int... dims) {
    return Variable.of(RandomKey.of(5).normal(DType.FLOAT32, Shape.of(dims), 0, 1));
  }

  @Test
  void additive() {
    // @start region="AdditiveAttention"
    Attention attention = AdditiveAttention.of(8, 8, 16, init);
    Variable scores = attention.scores(query, attention.keys(memory)); // [2, 5]
    // @end
    assertThat(scores.shape().dims()).containsExactly(2, 5);
  }

  @Test
  void dot() {
    // @start region="DotAttention"
    Attention attention = new DotAttention();
    Variable scores = attention.scores(query, attention.keys(memory)); // [2, 5]
    // @end
    assertThat(scores.shape().dims()).containsExactly(2, 5);
  }

  @Test
  void general() {
    // @start region="GeneralAttention"
    Attention attention = GeneralAttention.of(8, 8, init);
    Variable scores = attention.scores(query, attention.keys(memory)); // [2, 5]
    // @end
    assertThat(scores.shape().dims()).containsExactly(2, 5);
  }

  // @start region="Attention"
  /** Dot products, scaled as in Vaswani et al. 2017. */
  record ScaledAttention(int size) implements Attention {
    @Override
    public Variable keys(Variable memory) {
      return memory.mul(1 / Math.sqrt(size));
    }

    @Override
    public Variable scores(Variable query, Variable keys) {
      return new DotAttention().scores(query, keys);
    }

    @Override
    public void describe(Parts parts) {}
  }

  // @end

  @Test
  void attention() {
    Attention scaled = new ScaledAttention(8);
    double expected = new DotAttention().scores(query, memory).value().get(1, 2) / Math.sqrt(8);
    assertThat(scaled.scores(query, scaled.keys(memory)).value().get(1, 2))
        .isCloseTo(expected, within(1e-5));
  }

  @Test
  void attending() {
    AttentionCell<Hidden> cell = new BahdanauCell<>(gru, new DotAttention(), 8);
    // @start region="Attending"
    Hidden start = gru.initialState(2, DType.FLOAT32);
    Attending<Hidden> state = cell.start(start, memory, 5, 3); // lengths of the sources
    Variable weights = cell.step(x, state, Mode.evaluation()).state().weights(); // [2, 5]
    // @end
    assertThat(weights.value().get(1, 3)).isZero();
  }

  @Test
  void attentionCell() {
    // @start region="AttentionCell"
    AttentionCell<Hidden> cell = LuongCell.of(gru, new DotAttention(), 8, init);
    Attending<Hidden> state = cell.start(gru.initialState(2, DType.FLOAT32), memory, 5, 3);
    Step<Attending<Hidden>> step = cell.step(x, state, Mode.evaluation());
    // @end
    assertThat(step.output().shape().dims()).containsExactly(2, 8);
  }

  @Test
  void bahdanauCell() {
    // @start region="BahdanauCell"
    // inputs of size 6, contexts of size 8
    BahdanauCell<Hidden> cell =
        new BahdanauCell<>(
            GruCell.of(6 + 8, 8, init.at("cell")),
            AdditiveAttention.of(8, 8, 16, init.at("attention")),
            8);
    // @end
    assertThat(cell.inputSize()).isEqualTo(6);
    assertThat(cell.outputSize()).isEqualTo(16);
  }

  @Test
  void luongCell() {
    // @start region="LuongCell"
    // inputs of size 6, vectors of size 8
    LuongCell<Hidden> cell =
        LuongCell.of(
            GruCell.of(6 + 8, 8, init.at("cell")),
            GeneralAttention.of(8, 8, init.at("attention")),
            8,
            init);
    // @end
    assertThat(cell.inputSize()).isEqualTo(6);
    assertThat(cell.outputSize()).isEqualTo(8);
  }
}
