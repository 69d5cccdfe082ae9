package dev.unroll.models;

import dev.unroll.layers.Activation;
import dev.unroll.layers.Block;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Flatten;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.LayerNorm;
import dev.unroll.layers.Linear;
import dev.unroll.layers.RmsNorm;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.TiedLinear;
import dev.unroll.layers.conv.Conv1d;
import dev.unroll.layers.conv.Conv2d;
import dev.unroll.layers.conv.MaxPool1d;
import dev.unroll.layers.conv.MaxPool2d;
import dev.unroll.layers.conv.MeanPool1d;
import dev.unroll.layers.conv.MeanPool2d;
import dev.unroll.layers.conv.Window;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Activations;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.recurrent.wrappers.Clipped;
import dev.unroll.layers.recurrent.wrappers.InputDropout;
import dev.unroll.layers.recurrent.wrappers.LearnedStart;
import dev.unroll.layers.recurrent.wrappers.Resettable;
import dev.unroll.layers.recurrent.wrappers.Residual;
import dev.unroll.layers.recurrent.wrappers.VariationalDropout;
import dev.unroll.layers.recurrent.wrappers.Zoneout;
import dev.unroll.layers.sequence.AttentionModel;
import dev.unroll.layers.sequence.AttentionPooling;
import dev.unroll.layers.sequence.Bridge;
import dev.unroll.layers.sequence.EncoderDecoder;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.OneToMany;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.layers.sequence.Regularization;
import dev.unroll.layers.sequence.attention.AdditiveAttention;
import dev.unroll.layers.sequence.attention.AttentionCell;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.layers.sequence.attention.DotAttention;
import dev.unroll.layers.sequence.attention.GeneralAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import java.util.ArrayList;
import java.util.List;

/** A model of each kind of layer. */
final class Models {
  private static final Init INIT = Init.seed(3);

  private Models() {}

  static Init init(String name) {
    return INIT.at(name);
  }

  static ManyToOne classifier() {
    return new ManyToOne(
        Embedding.of(9, 4, init("words")).padding(0),
        Bidirectional.of(LstmCell.of(4, 3, init("fw")), LstmCell.of(4, 3, init("bw"))),
        Pooling.max(),
        Sequential.of(new Dropout(0.5), Linear.of(6, 2, init("classes"))));
  }

  static List<Layer> all() {
    List<Layer> all = new ArrayList<>();
    all.add(classifier());
    for (String cell : Cells.names()) {
      all.add(Unroll.of(Cells.named(cell, 3, 4, init(cell))));
    }
    GruCell gru = GruCell.of(3, 3, init("gru"));
    all.add(Unroll.backward(gru));
    all.add(unroll(new Clipped<>(gru, Double.POSITIVE_INFINITY)));
    all.add(unroll(new InputDropout<>(gru, 0.25)));
    all.add(unroll(LearnedStart.of(gru, init("start"))));
    all.add(unroll(new Residual<>(gru)));
    all.add(unroll(new Resettable<>(gru)));
    all.add(unroll(new VariationalDropout<>(gru, 0.1, 0.2)));
    all.add(unroll(new Zoneout<>(gru, 0.1)));
    all.add(unroll(new Stacked(List.of(gru, LstmCell.of(3, 2, init("lstm"))))));
    all.add(
        new RecurrentStack(
            List.of(Unroll.of(gru), Unroll.backward(RnnCell.of(3, 2, init("rnn")))),
            new Dropout(0.3)));
    LstmCell lstm = LstmCell.of(3, 4, init("own"));
    Activations own =
        new Activations(Activation.sigmoid().clipped(2), Activation.relu(), Activation.identity());
    all.add(Unroll.of(new LstmCell(lstm.weightInput(), lstm.weightRecurrent(), lstm.bias(), own)));
    all.add(blocks());
    for (Pooling pooling : List.of(Pooling.last(), Pooling.mean(), Pooling.sum())) {
      all.add(new ManyToOne(Activation.tanh(), Unroll.of(gru), pooling, Linear.of(3, 2, INIT)));
    }
    all.add(
        new ManyToOne(
            Activation.identity(),
            Unroll.of(gru),
            AttentionPooling.of(3, 5, init("pooling")),
            Linear.of(3, 2, INIT)));
    all.add(film());
    all.add(LanguageModel.of(new LanguageModel.Config("gru", 7, 4, 5, 2), INIT));
    all.add(tied());
    LanguageModel.Config small = new LanguageModel.Config("lstm", 7, 4, 5, 2);
    all.add(LanguageModel.of(small, INIT).with(Regularization.zaremba(0.5)));
    all.add(LanguageModel.tied(small, INIT).with(Regularization.locked(0.1, 0.4, 0.25, 0.4)));
    all.add(caption());
    all.add(
        new EncoderDecoder<>(
            new ManyToOne(
                Embedding.of(9, 4, init("source")),
                Unroll.of(GruCell.of(4, 8, init("encoder"))),
                Pooling.last(),
                Activation.identity()),
            caption()));
    AdditiveAttention additive = AdditiveAttention.of(5, 6, 4, init("additive"));
    all.add(attention(new BahdanauCell<>(GruCell.of(3 + 6, 5, init("cell")), additive, 6)));
    GeneralAttention general = GeneralAttention.of(5, 6, init("general"));
    all.add(attention(LuongCell.of(GruCell.of(3 + 5, 5, init("cell")), general, 6, INIT)));
    GruCell six = GruCell.of(3 + 6, 6, init("cell"));
    all.add(attention(LuongCell.of(six, new DotAttention(), 6, INIT)));
    return all;
  }

  private static Unroll<?> unroll(Cell<?> cell) {
    return Unroll.of(cell);
  }

  private static Block blocks() {
    return Sequential.of(
        Linear.of(4, 4, init("linear")),
        LayerNorm.of(4, INIT),
        RmsNorm.of(4, INIT),
        Activation.relu().clipped(20),
        Activation.sigmoid());
  }

  private static ManyToMany film() {
    Window three = Window.of(3).same();
    Window two = Window.adjacent(2);
    return new ManyToMany(
        Sequential.of(
            Conv2d.of(1, 2, three, three, init("edges")),
            new MaxPool2d(two, two),
            new MeanPool2d(two, two),
            new Flatten(3),
            Conv1d.of(2 * 2 * 2, 4, three, init("steps")),
            new MaxPool1d(three),
            new MeanPool1d(three)),
        Unroll.of(GruCell.of(4, 3, init("film"))),
        Linear.of(3, 5, init("events")));
  }

  private static LanguageModel tied() {
    Embedding embedding = Embedding.of(7, 5, init("tied"));
    Cell<?> cell = GruCell.of(5, 5, init("cell"));
    return new LanguageModel(
        embedding, Unroll.of(new Stacked(List.of(cell))), TiedLinear.of(embedding, INIT));
  }

  private static OneToMany<?> caption() {
    GruCell cell = GruCell.of(4, 5, init("writer"));
    return new OneToMany<>(
        Bridge.of(8, cell, init("bridge")),
        Decoder.of(Embedding.of(6, 4, init("in")), cell, Linear.of(5, 6, init("out"))));
  }

  private static AttentionModel<?> attention(AttentionCell<?> cell) {
    return AttentionModel.of(
        Embedding.of(9, 4, init("source")),
        Bidirectional.of(GruCell.of(4, 3, init("fw")), GruCell.of(4, 3, init("bw"))),
        cell,
        Embedding.of(8, 3, init("target")),
        Linear.of(cell.outputSize(), 8, init("tokens")),
        INIT);
  }
}
