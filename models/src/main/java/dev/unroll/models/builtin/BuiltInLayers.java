package dev.unroll.models.builtin;

import dev.unroll.layers.Activation;
import dev.unroll.layers.Block;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.EmbeddingDropout;
import dev.unroll.layers.Flatten;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.LayerNorm;
import dev.unroll.layers.Linear;
import dev.unroll.layers.LockedDropout;
import dev.unroll.layers.RmsNorm;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.TiedLinear;
import dev.unroll.layers.Unflatten;
import dev.unroll.layers.conv.Conv1d;
import dev.unroll.layers.conv.Conv2d;
import dev.unroll.layers.conv.MaxPool1d;
import dev.unroll.layers.conv.MaxPool2d;
import dev.unroll.layers.conv.MeanPool1d;
import dev.unroll.layers.conv.MeanPool2d;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Unroll;
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
import dev.unroll.layers.sequence.attention.AdditiveAttention;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.layers.sequence.attention.DotAttention;
import dev.unroll.layers.sequence.attention.GeneralAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.models.LayerProvider;
import dev.unroll.models.LayerType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The layers of the layers module by name: a new one is one line here. */
public final class BuiltInLayers implements LayerProvider {
  /** How a cell is unrolled. */
  private record Unrolled(Cell<?> cell, boolean backward) {
    static Unrolled of(Unroll<?> u) {
      return new Unrolled(u.cell(), u.isBackward());
    }

    Unroll<?> unroll() {
      return backward ? Unroll.backward(cell) : Unroll.of(cell);
    }
  }

  /** The parts of a decoder. */
  private record Decoding(Block embedding, Unroll<?> unroll, Block head) {
    static Decoding of(Decoder<?> d) {
      return new Decoding(d.embedding(), d.unroll(), d.head());
    }

    Decoder<?> decoder() {
      return Decoder.of(embedding, unroll.cell(), head);
    }
  }

  /** One of several constants of a class. */
  private record Named(String name) {}

  /** The only constant of a class. */
  private record Constant() {}

  private static final List<Activation> ACTIVATIONS =
      List.of(Activation.sigmoid(), Activation.tanh(), Activation.relu(), Activation.identity());

  private static final List<Pooling> POOLINGS =
      List.of(Pooling.last(), Pooling.mean(), Pooling.max(), Pooling.sum());

  @Override
  public Map<String, LayerType<?>> byName() {
    Map<String, LayerType<?>> types = new LinkedHashMap<>();
    types.put("linear", LayerType.of(Linear.class));
    types.put("tied-linear", LayerType.of(TiedLinear.class));
    types.put("embedding", LayerType.of(Embedding.class));
    types.put("dropout", LayerType.of(Dropout.class));
    types.put("embedding-dropout", LayerType.of(EmbeddingDropout.class));
    types.put("locked-dropout", LayerType.of(LockedDropout.class));
    types.put("flatten", LayerType.of(Flatten.class));
    types.put("unflatten", LayerType.of(Unflatten.class));
    types.put("layer-norm", LayerType.of(LayerNorm.class));
    types.put("rms-norm", LayerType.of(RmsNorm.class));
    types.put("sequential", LayerType.of(Sequential.class));
    types.put("conv-1d", LayerType.of(Conv1d.class));
    types.put("conv-2d", LayerType.of(Conv2d.class));
    types.put("max-pool-1d", LayerType.of(MaxPool1d.class));
    types.put("max-pool-2d", LayerType.of(MaxPool2d.class));
    types.put("mean-pool-1d", LayerType.of(MeanPool1d.class));
    types.put("mean-pool-2d", LayerType.of(MeanPool2d.class));
    types.put("bidirectional", LayerType.of(Bidirectional.class));
    types.put("recurrent-stack", LayerType.of(RecurrentStack.class));
    types.put("stacked", LayerType.of(Stacked.class));
    types.put("clipped", LayerType.of(Clipped.class));
    types.put("input-dropout", LayerType.of(InputDropout.class));
    types.put("learned-start", LayerType.of(LearnedStart.class));
    types.put("residual", LayerType.of(Residual.class));
    types.put("resettable", LayerType.of(Resettable.class));
    types.put("variational-dropout", LayerType.of(VariationalDropout.class));
    types.put("zoneout", LayerType.of(Zoneout.class));
    types.put("attention-pooling", LayerType.of(AttentionPooling.class));
    types.put("additive-attention", LayerType.of(AdditiveAttention.class));
    types.put("dot-attention", LayerType.of(DotAttention.class));
    types.put("general-attention", LayerType.of(GeneralAttention.class));
    types.put("bahdanau", LayerType.of(BahdanauCell.class));
    types.put("luong", LayerType.of(LuongCell.class));
    types.put("bridge", LayerType.of(Bridge.class));
    types.put("many-to-one", LayerType.of(ManyToOne.class));
    types.put("many-to-many", LayerType.of(ManyToMany.class));
    types.put("one-to-many", LayerType.of(OneToMany.class));
    types.put("encoder-decoder", LayerType.of(EncoderDecoder.class));
    types.put("attention-model", LayerType.of(AttentionModel.class));
    types.put("language-model", LayerType.of(LanguageModel.class));
    types.put("unroll", LayerType.of(Unroll.class, Unrolled.class, Unrolled::of, Unrolled::unroll));
    types.put("decoder", decoder());
    types.put("pooling", pooling());
    for (Activation a : ACTIVATIONS) {
      types.put(a.toString(), constant(a));
    }
    types.put("clipped-activation", record(Activation.relu().clipped(1)));
    return types;
  }

  private static LayerType<?> decoder() {
    Init init = Init.seed(0);
    Decoder<?> sample =
        Decoder.of(
            Embedding.of(1, 1, init.at("embedding")),
            RnnCell.of(1, 1, init.at("cell")),
            Linear.of(1, 1, init.at("head")));
    return type(sample, Decoding.class, d -> Decoding.of((Decoder<?>) d), Decoding::decoder);
  }

  private static LayerType<?> pooling() {
    return type(
        POOLINGS.getFirst(), Named.class, p -> new Named(p.toString()), n -> pooling(n.name()));
  }

  private static Pooling pooling(String name) {
    return POOLINGS.stream()
        .filter(p -> p.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "expected a pooling of " + POOLINGS + ", got \"" + name + "\""));
  }

  private static LayerType<?> constant(Activation a) {
    return type(a, Constant.class, _ -> new Constant(), _ -> a);
  }

  /** Returns the type of a class that is not public, of which there is a sample. */
  @SuppressWarnings("unchecked")
  private static <F extends Record> LayerType<?> type(
      Layer sample, Class<F> form, Function<Layer, F> taken, Function<F, ? extends Layer> made) {
    Class<Layer> type = (Class<Layer>) sample.getClass();
    return LayerType.of(type, form, taken, made::apply);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static LayerType<?> record(Layer sample) {
    return LayerType.of((Class) sample.getClass());
  }
}
