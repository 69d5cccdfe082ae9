package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.layers.sequence.decoding.Decoding;
import dev.unroll.layers.sequence.decoding.Hypothesis;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.layers.sequence.decoding}. */
class DecodingTest {
  private static final int BEGIN = 0;
  private static final int END = 1;

  private final Init init = Init.seed(1);
  private final GruCell cell = GruCell.of(6, 8, init.at("cell"));
  private final Decoder<Hidden> decoder =
      Decoder.of(
          Embedding.of(12, 6, init.at("embedding")), cell, Linear.of(8, 12, init.at("head")));
  private final Hidden start = cell.initialState(2, DType.FLOAT32);

  @Test
  void decoder() {
    // @start region="Decoder"
    GruCell cell = GruCell.of(6, 8, init.at("cell"));
    Decoder<Hidden> decoder =
        Decoder.of(
            Embedding.of(12, 6, init.at("embedding")), cell, Linear.of(8, 12, init.at("head")));
    Variable tokens = Variable.of(Tensor.of(Shape.of(2), new int[] {BEGIN, BEGIN}));
    Variable logits = decoder.next(tokens, start).logits(); // [2, 12]
    // @end
    assertThat(logits.shape().dims()).containsExactly(2, 12);
  }

  @Test
  void decoding() {
    // @start region="Decoding"
    Decoding decoding = new Decoding(BEGIN, END, 50);
    List<Hypothesis> greedy = decoding.greedy(decoder, start); // one per row
    List<List<Hypothesis>> beam = decoding.beam(decoder, start, 4, 0.6); // the best one first
    // @end
    assertThat(greedy).hasSize(2);
    assertThat(beam.getFirst()).hasSizeBetween(1, 4);
  }

  @Test
  void sampling() {
    // @start region="Sampling"
    Sampling sampling = new Sampling(0.8, 5); // of the 5 most probable tokens
    List<Hypothesis> texts =
        new Decoding(BEGIN, END, 50).sample(decoder, start, sampling, RandomKey.of(1));
    // @end
    assertThat(texts).hasSize(2);
  }
}
