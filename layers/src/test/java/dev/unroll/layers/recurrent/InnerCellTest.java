package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.Bridge;
import dev.unroll.layers.sequence.attention.Attending;
import dev.unroll.layers.sequence.attention.Attention;
import dev.unroll.layers.sequence.attention.AttentionCell;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.layers.sequence.attention.DotAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Null results of a cell inside a decoder are refused, and sessions have any batch size. */
@SuppressWarnings("NullAway") // Null is what is tested.
class InnerCellTest {
  private static final Init INIT = Init.seed(1);
  private static final int SIZE = 4;

  /** A cell that returns null in place of a step or of the initial state. */
  private record Nothing(boolean starts) implements Cell<Hidden> {
    @Override
    public int inputSize() {
      return 2 * SIZE;
    }

    @Override
    public int outputSize() {
      return SIZE;
    }

    @Override
    public Hidden initialState(int batch, DType type) {
      return starts ? new Hidden(Cell.zeros(type, batch, SIZE)) : null;
    }

    @Override
    public Step<Hidden> step(Variable x, Hidden state, Mode mode) {
      return null;
    }

    @Override
    public void describe(Parts parts) {}
  }

  private static void isNull(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[cell] expected " + name + ", got null");
  }

  private static Variable normal(int... dims) {
    return Variable.of(RandomKey.of(2).normal(DType.FLOAT32, Shape.of(dims), 0, 1));
  }

  @Test
  void aStepThatIsNullIsNamed() {
    Nothing cell = new Nothing(true);
    Attention attention = new DotAttention();
    for (AttentionCell<Hidden> outer :
        List.of(
            new BahdanauCell<>(cell, attention, SIZE), LuongCell.of(cell, attention, SIZE, INIT))) {
      Hidden zero = cell.initialState(2, DType.FLOAT32);
      Attending<Hidden> start = outer.start(zero, normal(2, 3, SIZE), 3, 2);
      isNull(
          "a result of Nothing.step", () -> outer.step(normal(2, SIZE), start, Mode.evaluation()));
    }
    Decoder<Hidden> decoder = decoder(cell);
    isNull(
        "a result of Nothing.step",
        () ->
            decoder.next(
                Variable.of(Tensor.of(Shape.of(2), 0, 1)), cell.initialState(2, DType.FLOAT32)));
  }

  @Test
  void aStateThatIsNullIsNamed() {
    isNull("a result of Nothing.initialState", () -> Bridge.of(SIZE, new Nothing(false), INIT));
    isNull(
        "a result of Nothing.initialState",
        () -> new Bridge<>(new Nothing(false), List.of()).apply(normal(2, SIZE)));
  }

  @Test
  void aSessionIsOfAnyBatch() {
    GruCell cell = GruCell.of(2 * SIZE, SIZE, INIT);
    Decoder<Hidden> decoder = decoder(cell);
    assertThatThrownBy(() -> decoder.open(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("start");
    for (int batch : new int[] {0, 1}) {
      try (Session session = decoder.open(cell.initialState(batch, DType.FLOAT32))) {
        assertThat(session.outputShape().dim(0)).isEqualTo(batch);
      }
    }
  }

  private static Decoder<Hidden> decoder(Cell<Hidden> cell) {
    return Decoder.of(
        Embedding.of(5, 2 * SIZE, INIT.at("embedding")), cell, Linear.of(SIZE, 5, INIT.at("head")));
  }
}
