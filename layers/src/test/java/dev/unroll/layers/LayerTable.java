package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.conv.Conv1d;
import dev.unroll.layers.conv.Conv2d;
import dev.unroll.layers.conv.MaxPool1d;
import dev.unroll.layers.conv.MaxPool2d;
import dev.unroll.layers.conv.MeanPool1d;
import dev.unroll.layers.conv.MeanPool2d;
import dev.unroll.layers.conv.Window;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.sequence.AttentionModel;
import dev.unroll.layers.sequence.AttentionPooling;
import dev.unroll.layers.sequence.Bridge;
import dev.unroll.layers.sequence.EncoderDecoder;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.OneToMany;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.layers.sequence.attention.AdditiveAttention;
import dev.unroll.layers.sequence.attention.Attention;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.layers.sequence.attention.DotAttention;
import dev.unroll.layers.sequence.attention.GeneralAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One line per layer that is not a cell: how it is made, applied, and to what. */
final class LayerTable {
  private static final RandomKey KEY = RandomKey.of(8);
  private static final Mode TRAINING = Mode.training(KEY.fold("mode"));
  private static final int[] LENGTHS = {4, 0, 2};

  private LayerTable() {}

  /**
   * A line.
   *
   * @param make the layer, small
   * @param apply to variables that hold the samples
   * @param samples int32 ones are codes
   */
  record Line<L extends Layer>(
      String name,
      Function<Init, L> make,
      BiFunction<L, List<Variable>, Variable> apply,
      Tensor... samples) {
    /** Returns the layer as a function of its samples. */
    Function<List<Variable>, Variable> function(L layer) {
      return in -> apply.apply(layer, in);
    }
  }

  private static Tensor normal(int... dims) {
    return KEY.fold(dims.length).fold(dims[0]).normal(DType.FLOAT64, Shape.of(dims), 0, 1);
  }

  private static Variable codes(int... values) {
    return Variable.of(Tensor.of(Shape.of(values.length / 3, 3), values));
  }

  private static <L extends Deterministic> Line<L> plain(
      String name, Function<Init, L> make, Tensor x) {
    return new Line<>(name, make, (l, in) -> l.apply(in.getFirst()), x);
  }

  private static Line<Pooling> pooling(String name, Function<Init, Pooling> make) {
    return new Line<>(name, make, (p, in) -> p.apply(in.getFirst(), LENGTHS), normal(3, 4, 2));
  }

  private static Line<Attention> attention(String name, Function<Init, Attention> make, int size) {
    return new Line<>(
        name,
        make,
        (a, in) -> a.scores(in.get(0), a.keys(in.get(1))),
        normal(2, 3),
        normal(2, 4, size));
  }

  private static final Tensor SOURCE = normal(3, 4, 2);
  private static final Variable TOKENS = codes(1, 2, 0, 1, 4, 3, 1, 1, 2);

  private static ManyToOne reader(Init init) {
    return new ManyToOne(
        Linear.of(2, 3, init.at("front")),
        Unroll.of(GruCell.of(3, 3, init.at("reader"))),
        Pooling.last(),
        Linear.of(3, 2, init.at("head")));
  }

  private static OneToMany<LstmState> writer(Init init) {
    LstmCell cell = LstmCell.of(2, 3, init.at("cell"));
    Embedding embedding = Embedding.of(5, 2, init.at("embedding"));
    return new OneToMany<>(
        Bridge.of(2, cell, init.at("bridge")),
        Decoder.of(embedding, cell, Linear.of(3, 5, init.at("head"))));
  }

  private static AttentionModel<Hidden> attentionModel(Init init) {
    return AttentionModel.of(
        Linear.of(2, 3, init.at("front")),
        bidirectional(init),
        new BahdanauCell<>(
            GruCell.of(6, 3, init.at("cell")),
            AdditiveAttention.of(3, 4, 2, init.at("attention")),
            4),
        Embedding.of(5, 2, init.at("embedding")),
        Linear.of(7, 5, init.at("head")),
        init);
  }

  private static Bidirectional<Hidden> bidirectional(Init init) {
    return Bidirectional.of(
        RnnCell.of(3, 2, init.at("forward")), RnnCell.of(3, 2, init.at("backward")));
  }

  private static AttentionModel<LstmState> luongModel(Init init) {
    return AttentionModel.of(
        Linear.of(2, 3, init.at("front")),
        bidirectional(init),
        LuongCell.of(LstmCell.of(5, 3, init.at("cell")), GeneralAttention.of(3, 4, init), 4, init),
        Embedding.of(5, 2, init.at("embedding")),
        Linear.of(3, 5, init.at("head")),
        init);
  }

  static List<Line<?>> lines() {
    List<Line<?>> all = new ArrayList<>();
    all.add(plain("Linear", i -> Linear.of(3, 4, i), normal(2, 5, 3)));
    all.add(
        plain(
            "TiedLinear",
            i -> TiedLinear.of(Embedding.of(4, 3, i), i.at("head")),
            normal(2, 5, 3)));
    all.add(
        new Line<>(
            "Embedding",
            i -> Embedding.of(5, 2, i).padding(1),
            (e, in) -> e.apply(TOKENS).mul(in.getFirst()),
            normal(3, 3, 2)));
    all.add(
        new Line<>(
            "Dropout",
            i -> new Dropout(0.3),
            (d, in) -> d.apply(in.getFirst(), TRAINING),
            normal(4, 5)));
    all.add(
        new Line<>(
            "LockedDropout",
            i -> new LockedDropout(0.3),
            (d, in) -> d.apply(in.getFirst(), TRAINING),
            normal(3, 4, 2)));
    all.add(
        new Line<>(
            "EmbeddingDropout",
            i -> new EmbeddingDropout(Embedding.of(5, 2, i), 0.4),
            (e, in) -> e.apply(TOKENS, TRAINING).mul(in.getFirst()),
            normal(3, 3, 2)));
    all.add(plain("LayerNorm", i -> LayerNorm.of(4, i), normal(2, 3, 4)));
    all.add(plain("RmsNorm", i -> RmsNorm.of(4, i), normal(2, 3, 4)));
    all.add(plain("Flatten", i -> new Flatten(2), normal(2, 3, 4)));
    all.add(plain("Unflatten", i -> Unflatten.of(2, 2), normal(2, 3, 4)));
    all.add(plain("Activation", i -> Activation.tanh().clipped(0.8), normal(3, 4)));
    all.add(
        new Line<>(
            "Sequential",
            i ->
                Sequential.of(
                    Linear.of(3, 4, i.at("a")),
                    Activation.sigmoid(),
                    new Dropout(0.5),
                    Linear.of(4, 2, i.at("b"))),
            (s, in) -> s.apply(in.getFirst(), TRAINING),
            normal(5, 3)));
    Window three = Window.of(3);
    all.add(plain("Conv1d", i -> Conv1d.of(2, 3, three.dilation(2).causal(), i), normal(2, 5, 2)));
    all.add(
        plain(
            "Conv2d",
            i -> Conv2d.of(2, 3, three.same(), Window.adjacent(2), i),
            normal(2, 3, 4, 2)));
    all.add(plain("MaxPool1d", i -> new MaxPool1d(three.padding(1)), normal(2, 5, 2)));
    all.add(
        plain(
            "MaxPool2d", i -> new MaxPool2d(Window.adjacent(2), Window.of(2)), normal(2, 4, 4, 2)));
    all.add(plain("MeanPool1d", i -> new MeanPool1d(three.stride(2)), normal(2, 5, 2)));
    all.add(
        plain(
            "MeanPool2d", i -> new MeanPool2d(Window.adjacent(2), three.same()), normal(4, 3, 2)));
    all.add(pooling("Pooling.last", i -> Pooling.last()));
    all.add(pooling("Pooling.sum", i -> Pooling.sum()));
    all.add(pooling("Pooling.mean", i -> Pooling.mean()));
    all.add(pooling("Pooling.max", i -> Pooling.max()));
    all.add(pooling("AttentionPooling", i -> AttentionPooling.of(2, 3, i)));
    all.add(attention("AdditiveAttention", i -> AdditiveAttention.of(3, 2, 4, i), 2));
    all.add(attention("GeneralAttention", i -> GeneralAttention.of(3, 2, i), 2));
    all.add(attention("DotAttention", i -> new DotAttention(), 3));
    all.add(
        new Line<>(
            "Bridge",
            i -> Bridge.of(2, LstmCell.of(1, 3, i), i),
            (b, in) -> Variable.concat(1, b.apply(in.getFirst()).h(), b.apply(in.getFirst()).c()),
            normal(3, 2)));
    all.add(
        new Line<>(
            "Unroll",
            i -> Unroll.of(LstmCell.of(2, 3, i)),
            (u, in) -> u.apply(in.getFirst(), LENGTHS, TRAINING).outputs(),
            SOURCE));
    all.add(
        new Line<>(
            "Bidirectional",
            LayerTable::bidirectional,
            (r, in) -> r.apply(in.getFirst(), LENGTHS, TRAINING).outputs(),
            normal(3, 4, 3)));
    all.add(
        new Line<>(
            "RecurrentStack",
            i ->
                new RecurrentStack(
                    List.of(bidirectional(i.at("low")), Unroll.of(RnnCell.of(4, 2, i.at("high")))),
                    new Dropout(0.3)),
            (r, in) -> r.apply(in.getFirst(), LENGTHS, TRAINING).outputs(),
            normal(3, 4, 3)));
    all.add(
        new Line<>(
            "ManyToOne",
            LayerTable::reader,
            (m, in) -> m.apply(in.getFirst(), LENGTHS, TRAINING),
            SOURCE));
    all.add(
        new Line<>(
            "ManyToMany",
            i -> new ManyToMany(Linear.of(2, 3, i), bidirectional(i), Linear.of(4, 2, i.at("h"))),
            (m, in) -> m.apply(in.getFirst(), LENGTHS, TRAINING),
            SOURCE));
    all.add(
        new Line<>(
            "OneToMany",
            LayerTable::writer,
            (m, in) -> m.apply(in.getFirst(), TOKENS, TRAINING),
            normal(3, 2)));
    all.add(
        new Line<>(
            "EncoderDecoder",
            i -> new EncoderDecoder<>(reader(i.at("encoder")), writer(i)),
            (m, in) -> m.apply(in.getFirst(), LENGTHS, TOKENS, TRAINING),
            SOURCE));
    all.add(
        new Line<>(
            "AttentionModel",
            LayerTable::attentionModel,
            (m, in) -> m.apply(in.getFirst(), LENGTHS, TOKENS, TRAINING),
            SOURCE));
    all.add(
        new Line<>(
            "AttentionModel, Luong",
            LayerTable::luongModel,
            (m, in) -> m.apply(in.getFirst(), LENGTHS, TOKENS, TRAINING),
            SOURCE));
    all.add(
        new Line<>(
            "LanguageModel",
            i -> LanguageModel.of(new LanguageModel.Config("gru", 5, 2, 3, 2), i),
            (m, in) -> m.apply(TOKENS, m.initialState(3), TRAINING).logits().mul(in.getFirst()),
            normal(3, 3, 5)));
    return all;
  }
}
