package dev.unroll.layers.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.sequence.attention.AdditiveAttention;
import dev.unroll.layers.sequence.attention.Attending;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.layers.sequence.attention.DotAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Models refuse parts of different sizes where they are constructed. */
class SizesTest {
  private static final Init INIT = Init.seed(1);
  private static final Cell<LstmState> CELL = LstmCell.of(3, 4, INIT);

  private static void refuses(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void aBridgeHasALayerForEachVariableOfTheState() {
    Linear part = Linear.of(6, 4, INIT);
    refuses(
        "[bridge] expected layers with outputs of sizes [4, 4], got [4]",
        () -> new Bridge<>(CELL, List.of(part)));
    refuses(
        "[bridge] expected layers with outputs of sizes [4, 4], got [4, 5]",
        () -> new Bridge<>(CELL, List.of(part, Linear.of(6, 5, INIT))));
    refuses(
        "[bridge] expected layers with inputs of one size, got sizes [6, 7]",
        () -> new Bridge<>(CELL, List.of(part, Linear.of(7, 4, INIT))));
    assertThat(new Bridge<>(CELL, List.of(part, part)).parts()).hasSize(2);
  }

  @Test
  void aBridgeReturnsAStateOfTheDecoder() {
    Cell<LstmState> wide = LstmCell.of(3, 8, INIT);
    Decoder<LstmState> decoder = Decoder.of(Embedding.of(5, 3, INIT), wide, Linear.of(8, 5, INIT));
    refuses(
        "[bridge] expected a state of variables of sizes [8, 8], as the decoder's cell has, got [4, 4]",
        () -> new OneToMany<>(Bridge.of(6, CELL, INIT), decoder));
    assertThat(new OneToMany<>(Bridge.of(6, wide, INIT), decoder).decoder()).isSameAs(decoder);
  }

  @Test
  void theBridgeOfAnAttentionModelMatchesBothSides() {
    Cell<Hidden> inner = GruCell.of(5, 2, INIT);
    BahdanauCell<Hidden> cell = new BahdanauCell<>(inner, new DotAttention(), 2);
    Decoder<Attending<Hidden>> decoder =
        Decoder.of(Embedding.of(5, 3, INIT), cell, Linear.of(4, 5, INIT));
    Unroll<Hidden> encoder = Unroll.of(GruCell.of(3, 2, INIT));
    Linear front = Linear.of(3, 3, INIT);
    refuses(
        "[bridge] expected layers with inputs of size 2, got 7",
        () -> new AttentionModel<>(front, encoder, Bridge.of(7, inner, INIT), cell, decoder));
    Bridge<Hidden> other = Bridge.of(2, GruCell.of(5, 9, INIT), INIT);
    refuses(
        "[bridge] expected a state of variables of sizes [2], as the decoder's cell has, got [9]",
        () -> new AttentionModel<>(front, encoder, other, cell, decoder));
    assertThat(
            new AttentionModel<>(front, encoder, Bridge.of(2, inner, INIT), cell, decoder).cell())
        .isSameAs(cell);
  }

  @Test
  void weightsOfAttentionMatch() {
    refuses(
        "[attention] expected weights [H, A], [M, A] and [A, 1], got [2, 3], [4, 5] and [3, 1]",
        () -> new AdditiveAttention(INIT.zeros(2, 3), INIT.zeros(4, 5), INIT.zeros(3, 1)));
    refuses(
        "[attention] expected weights [H, A], [M, A] and [A, 1], got [2, 3], [4, 3] and [1, 3]",
        () -> new AdditiveAttention(INIT.zeros(2, 3), INIT.zeros(4, 3), INIT.zeros(1, 3)));
    refuses(
        "[attentionPooling] expected a query [3, 1], got [3]",
        () -> new AttentionPooling(Linear.of(2, 3, INIT), INIT.zeros(3)));
    refuses(
        "[attention] expected a layer that reads a context and an output of size 4, got one that reads 4",
        () -> new LuongCell<>(CELL, new DotAttention(), Linear.of(4, 2, INIT)));
  }

  @Test
  void aDecoderReadsItsEmbedding() {
    Embedding narrow = Embedding.of(5, 2, INIT);
    Linear head = Linear.of(4, 5, INIT);
    refuses(
        "[decoder] expected a cell that reads the embedding's vectors of size 2, got one that reads 3",
        () -> Decoder.of(narrow, CELL, head));
    refuses(
        "[decoder] expected a head that reads the cell's outputs of size 4, got one that reads 6",
        () -> Decoder.of(Embedding.of(5, 3, INIT), CELL, Linear.of(6, 5, INIT)));
    Unroll<Stacked.Levels> cells = Unroll.of(new Stacked(List.of(CELL)));
    refuses(
        "[languageModel] expected cells that read the embedding's vectors of size 2, got cells that"
            + " read 3",
        () -> new LanguageModel(narrow, cells, head));
  }
}
